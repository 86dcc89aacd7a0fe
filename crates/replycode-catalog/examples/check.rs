//! Checks the catalogue in the given files (the first, then its overlays) and prints the report.
use std::time::Instant;

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let files: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).expect(path)).collect();
    let files: Vec<(&str, &[u8])> =
        paths.iter().zip(&files).map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let start = Instant::now();
    let result = replycode_catalog::check_bytes(&files);
    let took = start.elapsed();
    match result {
        Ok(model) => println!("{} {}", model.version(), model.digest()),
        Err(report) => println!("{report}"),
    }
    eprintln!("{took:?}");
}
