//! Whole logs: the same result however they are cut, compressed and encoded.

use std::io::{self, Cursor, Read, Write};
use std::ops::ControlFlow;

use proptest::prelude::*;
use replycode::{Protocol, Severity, cause};
use replycode_scan::{Encoding, Filter, Input, Options, OwnedFinding, Summary, Time, find, findings, scan, summarize};

use crate::log::{Random, log};

fn options() -> Options {
    Options::default().year(2026)
}

fn all(inputs: impl IntoIterator<Item = Input>, options: &Options) -> All {
    let mut found = Vec::new();
    let outcome = scan(inputs, options, |finding| {
        found.push(finding.to_owned());
        ControlFlow::Continue(())
    });
    assert!(outcome.errors.is_empty(), "{:?}", outcome.errors);
    (found, outcome.summary)
}

type All = (Vec<OwnedFinding>, Summary);

/// That two scans found the same; shows the first difference only.
#[track_caller]
fn same(one: &All, other: &All) {
    let differs = one.0.iter().zip(&other.0).find(|(one, other)| one != other);
    assert_eq!(differs, None);
    assert_eq!(one.0.len(), other.0.len());
    assert_eq!(one.1, other.1);
}

/// A reader that gives as little as it likes.
struct Drops(Cursor<Vec<u8>>, Random);

impl Read for Drops {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.1.below(10) == 0 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let some = (1 + self.1.below(5000) as usize).min(buffer.len());
        self.0.read(&mut buffer[..some])
    }
}

#[test]
fn every_reply_of_a_log_is_found_once() {
    for seed in 0..4 {
        let (log, replies) = log(seed, 300_000);
        let (found, summary) = all([Input::bytes("log", log.clone())], &options().jobs(1));
        assert_eq!(found.len(), replies, "seed {seed}");
        assert_eq!(summary.replies, replies as u64);
        assert_eq!(summary.bytes, log.len() as u64);
        assert_eq!(summary.lines, log.matches('\n').count() as u64);
        for finding in &found {
            let offset = finding.offset as usize;
            let code = finding.code.unwrap().get().to_string();
            assert!(log[offset..].starts_with(&code), "{finding:?}");
            assert_eq!(finding.line, 1 + log[..offset].matches('\n').count() as u64);
            assert_eq!(log.lines().nth(finding.line as usize - 1).unwrap(), finding.record);
            assert!(finding.time.is_some_and(Time::is_dated), "{finding:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn jobs_cells_and_reads_do_not_matter(
        seed in 0u64..1000,
        jobs in 1usize..5,
        cell in prop_oneof![4_000u64..20_000, 20_000u64..200_000],
    ) {
        let (log, replies) = log(seed, 120_000);
        let whole = all([Input::bytes("log", log.clone())], &options().jobs(1));
        prop_assert_eq!(whole.0.len(), replies);
        let cut = all([Input::bytes("log", log.clone())], &options().jobs(jobs).cell(cell));
        same(&cut, &whole);
        let stream = Input::reader("log", Drops(Cursor::new(log.clone().into_bytes()), Random::new(seed)));
        same(&all([stream], &options().jobs(jobs).cell(cell)), &whole);

        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("log");
        std::fs::write(&path, &log).unwrap();
        let mut file = all([Input::path(&path)], &options().jobs(jobs).cell(cell));
        file.0.iter_mut().for_each(|finding| finding.source = "log".to_owned());
        prop_assert_eq!(&file.0, &whole.0);
        prop_assert_eq!(file.1.problems, whole.1.problems);
        prop_assert_eq!(file.1.timeline(), whole.1.timeline());
    }

    #[test]
    fn what_scan_finds_is_what_find_finds(seed in 0u64..1000) {
        let (log, _) = log(seed, 60_000);
        let offsets: Vec<_> = find(log.as_bytes(), None).map(|found| (found.offset as u64, found.code)).collect();
        let (found, _) = all([Input::bytes("log", log)], &options());
        let scanned: Vec<_> = found.iter().map(|finding| (finding.offset, finding.code)).collect();
        prop_assert_eq!(scanned, offsets);
    }

    #[test]
    fn jobs_do_not_matter_for_any_bytes(
        pieces in proptest::collection::vec(proptest::sample::select(ANYTHING), 0..400),
        cell in 2u64..3000,
        jobs in 2usize..4,
    ) {
        // No byte order mark.
        let text = [b"x", &pieces.concat()[..]].concat();
        let one = all([Input::bytes("log", text.clone())], &options().jobs(1).cell(cell));
        let many = all([Input::bytes("log", text.clone())], &options().jobs(jobs).cell(cell));
        same(&one, &many);
        prop_assert_eq!(one.1.bytes, text.len() as u64);
        let (mut lines, mut last) = (0, 0);
        for (place, byte) in text.iter().enumerate() {
            if *byte == b'\n' || *byte == b'\r' && text.get(place + 1) != Some(&b'\n') {
                lines += 1;
            }
        }
        prop_assert_eq!(one.1.lines, lines);
        for finding in &one.0 {
            prop_assert!(finding.offset >= last);
            last = finding.offset;
        }
    }

    #[test]
    fn summaries_of_parts_make_that_of_the_whole(seed in 0u64..1000, parts in 2usize..6) {
        let logs: Vec<_> = (0..parts as u64).map(|part| log(seed + part, 5_000).0).collect();
        let input = |(number, log): (usize, &String)| Input::bytes(format!("{number}"), log.clone());
        let whole = summarize(logs.iter().enumerate().map(input), &options()).summary;
        let mut merged = Summary::default();
        for part in logs.iter().enumerate().rev() {
            merged.merge(&summarize([input(part)], &options()).summary);
        }
        prop_assert_eq!(merged.bytes, whole.bytes);
        prop_assert_eq!(merged.problems, whole.problems);
        prop_assert_eq!((merged.first, merged.last), (whole.first, whole.last));
        prop_assert_eq!(merged.timeline(), whole.timeline());
        let counts = |summary: &Summary| {
            let causes = summary.causes();
            causes.iter().map(|cause| (cause.cause.id(), cause.count, cause.codes(), cause.first)).collect::<Vec<_>>()
        };
        prop_assert_eq!(counts(&merged), counts(&whole));
    }
}

const ANYTHING: &[&[u8]] = &[
    b"550 5.1.1 User unknown",
    b"S: 530 Login incorrect.",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"250-SIZE\r\n250 DSN\r\n",
    b" ",
    b"\x00zzzzzzzz",
    b"\x1B$B%m%0\x1B(B",
    b"\xFF\xFE",
    b"2026-03-01 10:11:12 ",
    b"\x83\x8D\x83O\x83C\x83\x93",
    "ログイン".as_bytes(),
    b"said: 421 4.7.0 Busy",
    b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

#[test]
fn the_border_of_a_cell_does_not_tear_a_reply() {
    // Replies of several lines, and repeated ones, moved byte by byte over the border at 8192.
    let text = "S: 550-5.7.1 One\r\nS: 550-5.7.1 two\r\nS: 550 5.7.1 three\r\nC: QUIT\r\nS: 221 Bye\r\n";
    for filler in 8192 - text.len() - 2..=8192 {
        let mut log = "x".repeat(filler - 1);
        log.push('\n');
        log.push_str(text);
        let (found, summary) = all([Input::bytes("log", log)], &options().cell(8192));
        let codes: Vec<_> = found.iter().map(|finding| (finding.code.unwrap().get(), finding.offset)).collect();
        assert_eq!(codes, [(550, filler as u64 + 3), (221, (filler + text.find("221").unwrap()) as u64)], "{filler}");
        assert_eq!(found[0].text, "One two three");
        assert_eq!(summary.lines, 6);
    }
}

#[test]
fn lines_without_end() {
    // Replies on one line of five megabytes.
    let piece = "{\"msg\":\"failed: 554 5.7.1 Relay access denied\",\"n\":1},";
    let log = piece.repeat(100_000);
    let (found, summary) = all([Input::bytes("log", log.clone())], &options().jobs(2));
    assert_eq!((found.len(), summary.lines), (100_000, 0));
    assert!(found.iter().all(|finding| finding.line == 1 && finding.record.len() < 5000));
    assert!(found.iter().zip(0..).all(|(finding, n)| finding.offset == n * piece.len() as u64 + 16));
    // One reply of four megabytes.
    let log = format!("{}250 DSN\r\n", "250-SIZE 12345\r\n".repeat(250_000));
    let (found, summary) = all([Input::bytes("log", log)], &options().jobs(2));
    assert_eq!((found.len(), summary.lines), (1, 250_001));
    // Nothing at all.
    let (found, summary) = all([Input::bytes("log", vec![b' '; 3 << 20])], &options().jobs(2));
    assert_eq!((found.len(), summary.lines, summary.bytes), (0, 0, 3 << 20));
    let (found, summary) = all([Input::bytes("log", "")], &options());
    assert_eq!((found.len(), summary.sources, summary.bytes), (0, 1, 0));
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for (end, lines) in [("\n", 3), ("\r\n", 3), ("\r", 3)] {
        let log = format!("a{end}b{end}S: 550 5.1.1 User unknown{end}");
        let (found, summary) = all([Input::bytes("log", log)], &options());
        assert_eq!((found[0].line, summary.lines), (3, lines), "{end:?}");
    }
    let (found, summary) = all([Input::bytes("log", "a\nS: 550 No such user")], &options());
    assert_eq!((found[0].line, summary.lines), (2, 1));
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn bzip2(text: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstandard(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn compressed_logs_of_several_members() {
    let (log, _) = log(7, 200_000);
    let (first, second) = log.as_bytes().split_at(90_000);
    let plain = all([Input::bytes("log", log.clone())], &options());
    for (name, compress) in [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("bzip2", bzip2), ("zstandard", zstandard)] {
        let whole = [compress(first), compress(b""), compress(second)].concat();
        same(&all([Input::bytes("log", whole.clone())], &options()), &plain);
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("log");
        std::fs::write(&path, &whole).unwrap();
        let (found, _) = all([Input::path(&path)], &options());
        assert_eq!(found.len(), plain.0.len(), "{name}");
        assert!(found.iter().zip(&plain.0).all(|(one, other)| one.offset == other.offset && one.line == other.line));

        // Cut off: what can be read is read, and the error is told.
        let outcome = summarize([Input::bytes("torn", &whole[..whole.len() - 9])], &options());
        assert_eq!(outcome.errors.len(), 1, "{name}");
        assert!(outcome.errors[0].to_string().starts_with("torn: "), "{name}: {}", outcome.errors[0]);
        assert!(outcome.summary.replies > plain.1.replies / 4, "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    std::fs::write(path("good"), "S: 550 5.1.1 User unknown\n").unwrap();
    let outcome = summarize([Input::path(path("missing")), Input::path(path("good"))], &options());
    assert_eq!((outcome.errors.len(), outcome.summary.problems, outcome.summary.sources), (1, 1, 1));
    assert_eq!(outcome.errors[0].source, path("missing").display().to_string());
    assert_eq!(outcome.errors[0].error.kind(), io::ErrorKind::NotFound);
    let failing = Input::reader("pipe", Cursor::new("S: 530 Login incorrect.\n").chain(Failing));
    let outcome = summarize([failing, Input::path(path("good"))], &options());
    assert_eq!((outcome.errors.len(), outcome.summary.problems), (1, 2));
    assert_eq!(outcome.errors[0].to_string(), "pipe: the line is dead");
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the line is dead"))
    }
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_say_they_are_empty() {
    let (_, summary) = all([Input::path("/proc/self/status")], &options());
    assert!(summary.lines > 10);
}

#[test]
fn directories_and_rotated_logs() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| {
        let path = directory.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("mail.log", b"S: 503 c\n");
    write("mail.log.1", b"S: 502 b\n");
    write("mail.log.2.gz", &gzip(b"S: 501 a\n"));
    write("mail.log.10.gz", &gzip(b"S: 500 z\n"));
    write("ftp/vsftpd.log-20260201.zst", &zstandard(b"S: 530 d\n"));
    write("ftp/vsftpd.log-20251201.bz2", &bzip2(b"S: 532 y\n"));
    write("ftp/vsftpd.log", b"S: 550 e\n");
    let codes = |inputs: Vec<Input>| {
        let (found, _) = all(inputs, &options());
        found.iter().map(|finding| finding.code.unwrap().get()).collect::<Vec<_>>()
    };
    assert_eq!(codes(vec![Input::path(directory.path())]), [500, 501, 502, 503, 532, 530, 550]);
    // As a shell gives them.
    let names = ["mail.log", "mail.log.1", "mail.log.10.gz", "mail.log.2.gz"];
    let given = names.iter().map(|name| Input::path(directory.path().join(name))).collect();
    assert_eq!(codes(given), [500, 501, 502, 503]);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_within_a_directory_are_passed_over() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("log"), "S: 550 5.1.1 User unknown\n").unwrap();
    std::os::unix::fs::symlink(directory.path(), directory.path().join("loop")).unwrap();
    std::os::unix::fs::symlink(directory.path().join("log"), directory.path().join("again")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(directory.path().join("socket")).unwrap();
    assert_eq!(all([Input::path(directory.path())], &options()).1.problems, 1);
    // Named, a link is followed.
    assert_eq!(all([Input::path(directory.path().join("again"))], &options()).1.problems, 1);
}

fn utf_16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn utf_16_with_and_without_mark() {
    let (log, replies) = log(3, 100_000);
    let log = log.replace("User unknown", "ユーザーはいません 😀");
    for little in [true, false] {
        for mark in ["", "\u{FEFF}"] {
            let bytes = utf_16(&format!("{mark}{log}"), little);
            let (found, summary) = all([Input::bytes("log", bytes.clone())], &options().cell(16_384));
            assert_eq!(found.len(), replies, "{little} {mark:?}");
            assert_eq!(summary.bytes, bytes.len() as u64);
            assert_eq!(summary.lines, log.matches('\n').count() as u64);
            for finding in found {
                let code = utf_16(&finding.code.unwrap().get().to_string(), little);
                assert!(bytes[finding.offset as usize..].starts_with(&code), "{finding:?}");
                assert_eq!(log.lines().nth(finding.line as usize - 1).unwrap(), finding.record);
            }
        }
    }
}

#[test]
fn encodings_change_from_line_to_line() {
    let words = "ユーザー名またはパスワードが違います";
    let encode = |encoding: &'static encoding_rs::Encoding, text: &str| encoding.encode(text).0.into_owned();
    let line = |text: &str| format!("{text} S: 530 {words}\r\n");
    let log = [
        "\u{FEFF}".as_bytes().to_vec(),
        line("UTF-8 日本").into_bytes(),
        encode(encoding_rs::SHIFT_JIS, &line("CP932 日本")),
        encode(encoding_rs::EUC_JP, &line("EUC 日本")),
        encode(encoding_rs::ISO_2022_JP, &line("JIS 日本")),
        encode(encoding_rs::WINDOWS_1252, "S: 530 Accès refusé à l'élève\r\n"),
        b"S: 530 Login incorrect.\r\n".to_vec(),
    ];
    let mut starts = Vec::new();
    let mut bytes = Vec::new();
    for line in &log {
        starts.push(bytes.len());
        bytes.extend_from_slice(line);
    }
    let (found, summary) = all([Input::bytes("log", bytes.clone())], &options());
    let texts: Vec<_> = found.iter().map(|finding| finding.text.as_str()).collect();
    assert_eq!(texts, [words, words, words, words, "Accès refusé à l'élève", "Login incorrect."]);
    assert_eq!(summary.bytes, bytes.len() as u64);
    for (finding, line) in found.iter().zip(1..) {
        assert_eq!(finding.line, line);
        assert!(bytes[finding.offset as usize..].starts_with(b"530 "), "{finding:?}");
    }
    assert_eq!(found[3].record, line("JIS 日本").trim_end());
    // Without the ISO-2022-JP the bytes are searched as they are.
    bytes.drain(starts[4]..starts[5]);
    let (found, _) = all([Input::bytes("log", bytes.clone())], &options());
    assert_eq!(found.len(), 5);
    assert!(found.iter().all(|finding| bytes[finding.offset as usize..].starts_with(b"530 ")));
    // An encoding that is set prevails over the look of a line, not over UTF-16.
    let latin: Encoding = "latin1".parse().unwrap();
    let (found, _) = all([Input::bytes("log", "S: 530 é\n")], &options().encoding(latin));
    assert_eq!(found[0].text, "Ã©");
}

#[test]
fn filters() {
    let log = "2026-03-01 10:00:00 S: 550 5.1.1 User unknown\n2026-03-02 10:00:00 S: 451 4.7.1 Greylisted\n\
               2026-03-03 10:00:00 S: 250 2.0.0 Ok: queued as 1F\n2026-03-04 10:00:00 < 553 Could not create file.\n";
    let codes = |filter: Filter| {
        let (found, summary) = all([Input::bytes("log", log)], &options().filter(filter));
        assert_eq!(summary.replies, found.len() as u64);
        found.iter().map(|finding| finding.code.unwrap().get()).collect::<Vec<_>>()
    };
    let time = |text: &str| text.parse::<Time>().ok();
    assert_eq!(codes(Filter::default()), [550, 451, 250, 553]);
    assert_eq!(codes(Filter { problems: true, ..Filter::default() }), [550, 451, 553]);
    assert_eq!(codes(Filter { since: time("2026-03-02T10:00:00"), ..Filter::default() }), [451, 250, 553]);
    assert_eq!(codes(Filter { until: time("2026-03-02T10:00:00"), ..Filter::default() }), [550]);
    assert_eq!(codes(Filter { protocol: Some(Protocol::Smtp), ..Filter::default() }), [550, 451, 250]);
    assert_eq!(codes(Filter { severities: vec![Severity::Transient], ..Filter::default() }), [451]);
    assert_eq!(codes(Filter { causes: vec![cause::FTP_PERMISSION_DENIED], ..Filter::default() }), [553]);
}

#[test]
fn probes_are_no_problems() {
    let log = "> FEAT\n< 502 Not implemented\n> EPSV\n< 500 'EPSV': command not understood.\n> MKD pics\n\
               < 550 pics: Directory already exists\n> STOR a.jpg\n< 553 Could not create file.\n> QUIT\n< 221 Goodbye.\n";
    let (found, summary) = all([Input::bytes("log", log)], &options());
    let problems: Vec<_> =
        found.iter().filter(|finding| finding.problem).map(|finding| finding.code.unwrap().get()).collect();
    assert_eq!(problems, [553]);
    assert_eq!((summary.replies, summary.problems, summary.causes().len()), (5, 1, 1));
}

#[test]
fn codes_that_the_catalogue_does_not_have() {
    let log = "S: 250 2.0.0 Ok\nS: 599 5.7.1 Odd\nS: 599 5.7.1 Odd\n< 553 Could not create file.\n";
    let (_, summary) = all([Input::bytes("log", log)], &options());
    let unknown: Vec<_> = summary.unknown_codes().map(|count| (count.code.code.unwrap().get(), count.count)).collect();
    assert_eq!(unknown, [(599, 2)]);
    assert_eq!(summary.unknown_codes().next().unwrap().example.line, 2);
    assert_eq!(summary.codes().len(), 3);
}

#[test]
fn a_scan_ends_when_it_is_told_to() {
    let (log, replies) = log(1, 3 << 20);
    for jobs in [1, 3] {
        let mut seen = 0;
        scan([Input::bytes("log", log.clone())], &options().jobs(jobs), |_| {
            seen += 1;
            if seen == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(seen, 5);
    }
    let mut iterator = findings([Input::bytes("log", log.clone())], options());
    assert_eq!(iterator.next().unwrap().source, "log");
    drop(iterator);
    assert_eq!(findings([Input::bytes("log", log)], options()).count(), replies);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000), cell in 2u64..700) {
        let (found, summary) = all([Input::bytes("log", bytes.clone())], &options().jobs(1).cell(cell).attempts(1 << 20));
        prop_assert_eq!(summary.replies, found.len() as u64);
        let compressed = matches!(bytes[..], [0x1F, 0x8B, ..] | [b'B', b'Z', ..] | [0x28, 0xB5, ..]);
        prop_assert!(compressed || summary.bytes == bytes.len() as u64);
    }

    #[test]
    fn arbitrary_utf_16(pieces in proptest::collection::vec(proptest::sample::select(WIDE), 0..300), cell in 2u64..700) {
        let text = format!("\u{FEFF}{}", pieces.concat());
        for little in [true, false] {
            let bytes = utf_16(&text, little);
            let (found, summary) = all([Input::bytes("log", bytes.clone())], &options().jobs(1).cell(cell));
            prop_assert_eq!(summary.bytes, bytes.len() as u64);
            for finding in found {
                prop_assert_eq!(finding.offset % 2, 0);
            }
        }
    }
}

const WIDE: &[&str] = &[
    "S: 550 5.1.1 User unknown",
    "\n",
    "\r\n",
    "\r",
    "ログイン",
    "😀",
    "2026-03-01 10:11:12 ",
    " ",
    "< 421 Busy",
    "x",
];
