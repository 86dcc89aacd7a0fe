//! dev only
use replycode_scan::find;
fn seq(text: &[u8], hint: Option<replycode::Protocol>) -> Vec<(Option<u16>, Option<replycode::Protocol>)> {
    let mut v: Vec<_> = find(text, hint).map(|f| (f.code.map(|c| c.get()), f.protocol)).collect();
    if v.iter().any(|e| e.0.is_some()) {
        v.retain(|e| e.0.is_some());
    }
    v.dedup();
    v
}
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let only = std::env::args().nth(2);
    type T = (&'static str, fn(&str) -> String);
    let lines = |t: &str, f: &dyn Fn(&str) -> String| t.lines().map(f).collect::<Vec<_>>().join("\n");
    let _ = lines;
    let ts: Vec<T> = vec![
        ("crlf", |t| t.replace("\r\n", "\n").replace('\n', "\r\n")),
        ("iso", |t| t.lines().map(|l| format!("2026-11-02T08:15:03.550Z {l}\n")).collect()),
        ("syslog", |t| t.lines().map(|l| format!("Nov  2 08:15:03 cam01 uploader[250]: {l}\n")).collect()),
        ("quote", |t| t.lines().map(|l| format!("> {l}\n")).collect()),
        ("indent", |t| t.lines().map(|l| format!("    {l}\n")).collect()),
        ("json", |t| {
            format!(
                "{{\"level\":\"error\",\"log\":\"{}\",\"n\":550}}",
                t.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "\\r").replace('\n', "\\n")
            )
        }),
        ("br", |t| t.lines().collect::<Vec<_>>().join("<br>")),
        ("docker", |t| t.lines().map(|l| format!("mail_1  | {l}\n")).collect()),
        ("prose", |t| {
            format!(
                "Hello, since yesterday my camera has a problem, firmware 2.5.0, 250 pictures are waiting.\n\n{t}\n\nWhat can I do? Thanks, Alice (phone 555-0123)\n"
            )
        }),
        ("fence", |t| format!("```\n{t}\n```\n")),
        ("bracketstamp", |t| t.lines().map(|l| format!("[08:15:03.550] [INFO] {l}\n")).collect()),
        ("ps", |t| t.lines().map(|l| format!("E/Uploader( 2250): {l}\n")).collect()),
    ];
    let mut bad = vec![0; ts.len()];
    let mut n = 0;
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let mut it = line.split('\t');
        let (id, hint, hex) = (it.next().unwrap(), it.next().unwrap(), it.next().unwrap());
        let text: Vec<u8> =
            (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect();
        let Ok(text) = String::from_utf8(text) else { continue };
        let hint = hint.parse().ok();
        let base = seq(text.as_bytes(), hint);
        n += 1;
        for (k, (name, f)) in ts.iter().enumerate() {
            let t = f(&text);
            let got = seq(t.as_bytes(), hint);
            if got != base {
                bad[k] += 1;
                if only.as_deref() == Some(name) {
                    let s = |v: &[(Option<u16>, Option<replycode::Protocol>)]| {
                        v.iter()
                            .map(|(c, p)| format!("{}{}", p.map_or("?", |p| &p.id()[..1]), c.unwrap_or(0)))
                            .collect::<Vec<_>>()
                            .join(" ")
                    };
                    println!("{id:26} base {}\n{:26} now  {}", s(&base), "", s(&got));
                }
            }
        }
    }
    for (k, (name, _)) in ts.iter().enumerate() {
        println!("{name:14} {} of {n} differ", bad[k]);
    }
}
