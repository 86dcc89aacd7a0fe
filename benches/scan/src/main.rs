use std::collections::BTreeMap;
fn cpu() -> f64 {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut t) };
    t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    if a[1] == "check" { return check(a[2].parse().unwrap(), a[3].parse().unwrap()); }
    let text = std::fs::read(&a[2]).unwrap();
    let start = cpu();
    match a[1].as_str() {
        "search" => {
            for &path in replycode_scan::Path::available() {
                let mut best = f64::MAX; let mut n = 0;
                for _ in 0..5 { let start = cpu(); n = replycode_scan::candidates(&text, path).count(); best = best.min((cpu() - start)); }
                println!("{path:?} {n} {:.2} GB/s", text.len() as f64 / best / 1e9);
            }
        }
        "find" => {
            let mut best = f64::MAX; let mut n = 0;
            for _ in 0..7 { let start = cpu(); n = 0; for f in replycode_scan::find(&text, None) { n += 1; std::hint::black_box(f); } best = best.min(cpu() - start); }
            println!("{n} {:.1} ms {:.3} GB/s", best * 1e3, text.len() as f64 / best / 1e9);
        }
        "diag" => {
            let mut n = 0;
            let mut buffer = [0u8; 1024];
            for f in replycode_scan::find(&text, None) {
                n += 1;
                if f.is_negative() {
                    let w = f.copy_words(&text, &mut buffer);
                    let d = replycode::diagnose(f.protocol.unwrap_or(replycode::Protocol::Smtp), f.code, w, f.context());
                    std::hint::black_box(d.cause());
                }
            }
            println!("{n}");
        }
        "scan" | "scan-sink" => {
            use replycode_scan::{Input, Options, scan, summarize};
            let mut best = f64::MAX; let mut n = 0;
            for _ in 0..7 {
                let start = cpu();
                let options = Options::default().jobs(1);
                let input = [Input::path(&a[2])];
                n = if a[1] == "scan" { summarize(input, &options).summary.replies } else {
                    let mut n = 0; scan(input, &options, |f| { n += 1; std::hint::black_box(f.code); std::ops::ControlFlow::Continue(()) }); n };
                best = best.min(cpu() - start);
            }
            println!("{n} {:.1} ms {:.3} GB/s", best * 1e3, text.len() as f64 / best / 1e9);
        }
        "counts" => {
            let mut codes: BTreeMap<(String, u16), u64> = BTreeMap::new();
            let mut causes: BTreeMap<&str, u64> = BTreeMap::new();
            let mut buffer = [0u8; 1024];
            let mut n = 0; let mut neg = 0;
            for f in replycode_scan::find(&text, None) {
                n += 1;
                *codes.entry((f.protocol.map_or("-".into(), |p| p.id().to_string()), f.code.map_or(0, |c| c.get()))).or_default() += 1;
                if f.is_negative() {
                    neg += 1;
                    let w = f.copy_words(&text, &mut buffer);
                    let d = replycode::diagnose(f.protocol.unwrap_or(replycode::Protocol::Smtp), f.code, w, f.context());
                    *causes.entry(d.cause().id()).or_default() += 1;
                }
            }
            println!("replies\t{n}\nnegative\t{neg}");
            for ((p, c), n) in codes { println!("code\t{p}\t{c}\t{n}"); }
            for (c, n) in causes { println!("cause\t{c}\t{n}"); }
        }
        "list" => {
            for f in replycode_scan::find(&text, None) {
                println!("{f:?}\t{}\t{:?}\t{}\t{:?}\t{}", f.offset, f.protocol, f.code.map_or(0, |c| c.get()), f.form, String::from_utf8_lossy(f.bytes(&text)).replace('\n', "|"));
            }
        }
        _ => {}
    }
    let t = (cpu() - start);
    eprintln!("{:.3} s {:.3} GB/s", t, text.len() as f64 / t / 1e9);
}

fn check(bytes: usize, seed: u64) {
    let mut g = log_generator::Generator::new(seed);
    let mut text = Vec::new();
    let mut recs = Vec::new();
    while text.len() < bytes { let start = text.len(); let r = g.record(&mut text); recs.push((start, text.len(), r)); }
    let mut found = replycode_scan::find(&text, None).peekable();
    let mut bad: BTreeMap<String, (u64, String)> = BTreeMap::new();
    let mut buffer = [0u8; 1024];
    let (mut wrong, mut all) = (0, 0);
    for (start, end, replies) in recs {
        let mut got = Vec::new();
        while let Some(f) = found.next_if(|f| f.offset < end) {
            let w = f.copy_words(&text, &mut buffer);
            let d = replycode::diagnose(f.protocol.unwrap_or(replycode::Protocol::Smtp), f.code, w, f.context());
            got.push((f.protocol.map_or("-".into(), |p| p.id().to_string()), f.code.map_or(0, |c| c.get()), if f.is_negative() { d.cause().id() } else { "" }));
        }
        let want: Vec<_> = replies.iter().map(|r| (r.protocol.to_string(), r.code, if r.cause == "probe" { "ftp_command_unsupported" } else { r.cause })).collect();
        all += 1;
        if got != want {
            wrong += 1;
            let e = bad.entry(format!("want {want:?} got {got:?}")).or_insert((0, format!("{start}: {}", String::from_utf8_lossy(&text[start.saturating_sub(std::env::var("BACK").map_or(0, |b| b.parse().unwrap()))..end]))));
            e.0 += 1;
        }
    }
    println!("{wrong} of {all}");
    let mut v: Vec<_> = bad.into_iter().collect();
    v.sort_by_key(|(_, (n, _))| std::cmp::Reverse(*n));
    for (k, (n, t)) in v.iter().take(40) { println!("{n}\t{k}\n\t{t}"); }
}
