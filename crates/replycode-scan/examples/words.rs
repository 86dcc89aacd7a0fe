//! dev only
use replycode_scan::incident;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let (id, hex) = line.split_once('\t').unwrap();
        let (hint, hex) = hex.split_once('\t').unwrap();
        let text: Vec<u8> =
            (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect();
        let i = incident(&text, hint.parse().ok());
        let mut buffer = [0; 300];
        if let Some(f) = i.deciding {
            println!(
                "{id:24} {:?} {:?} {:10} {:9} [{}]",
                f.code,
                f.enhanced.map(|e| e.to_string()),
                f.form.id(),
                f.command.unwrap_or("-"),
                String::from_utf8_lossy(f.copy_words(&text, &mut buffer))
            );
        } else {
            println!("{id:24} none {:?}", i.speaker);
        }
    }
}
