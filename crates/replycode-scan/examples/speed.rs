//! dev only
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read(&path).unwrap();
        for _ in 0..3 {
            let start = std::time::Instant::now();
            let n = replycode_scan::find(&text, None).count();
            let t = start.elapsed().as_secs_f64();
            println!("{path}: {n} replies, {:.0} MB/s", text.len() as f64 / t / 1e6);
        }
    }
}
