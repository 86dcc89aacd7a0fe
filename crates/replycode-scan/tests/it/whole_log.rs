//! What only a whole log brings: entries that number themselves, the same thing again and again, logs after logs.

use std::collections::BTreeMap;

use log_generator::{Generator, Protocol};
use replycode_scan::find;

fn codes(text: &str) -> Vec<u16> {
    find(text.as_bytes(), None).map(|found| found.code.map_or(0, |code| code.get())).collect()
}

#[test]
fn entries_that_number_themselves() {
    // Time stamp, process id, number of the engine: FileZilla's log.
    let log = "\
2026-11-01 00:24:51 453 1 Command: USER cam
2026-11-01 00:24:51 453 1 Response: 331 Please specify the password.
2026-11-01 00:24:52 453 1 Status: Connection established
2026-11-01 00:24:52 550 1 Error: Connection timed out
";
    assert_eq!(codes(log), [331]);
    // The process has the number of the code.
    let log = "\
2026-11-01 00:24:51 211 1 Command: FEAT
2026-11-01 00:24:51 211 1 Response: 211-Features:
2026-11-01 00:24:51 211 1 Response:  UTF8
2026-11-01 00:24:51 211 1 Response: 211 End
";
    assert_eq!(codes(log), [211]);
    // A server's count is a reply all the same.
    assert_eq!(codes("10:24:51 331 Password?\n10:24:52 230 5 users are logged in\n"), [331, 230]);
}

#[test]
fn counters_at_the_end_of_a_line() {
    assert_eq!(codes("mail rspamd: from: <alice@mx.example.net>, time: 297.839ms, dns req: 523\n"), []);
    assert_eq!(codes("設定を変更しました ユーザーno-reply 項目502\n"), []);
    let page = "<tr><td>メール</td><td>応答：535 5.7.8 No</td></tr>\n<tr><td>動体</td><td>554</td></tr>\n";
    assert_eq!(codes(page), [535]);
}

#[test]
fn the_same_thing_again_is_counted_again() {
    let line = "192.168.250.100 UNKNOWN suzuki.ichiro [01/Nov/2026:03:43:01 +0900] \"PASS (hidden)\" 530 -\n";
    assert_eq!(codes(&line.repeat(3)), [530; 3]);
    let exception = "The server response was: 5.7.0 Must issue a STARTTLS command first.\n   at Mail.Send()\n";
    assert_eq!(codes(&exception.repeat(3)), [0; 3]);
    // A time stamp on the line below is not one of this line.
    let cut = "D (1) ftp: < 421 Timeout.\nD (2) ftp: < 421 Timeout.\n2026-11-01 00:24:52 Status: x\n";
    assert_eq!(codes(cut), [421, 421]);
}

#[test]
fn a_command_of_long_ago_has_no_answer_here() {
    let quiet = "I (1) wifi: nothing to see here\n".repeat(200);
    let log = format!("S: 220 ready\nC: MAIL FROM:<a@b>\nC: RCPT TO:<c@d>\n{quiet}< 550 Access is denied.\n");
    assert_eq!(find(log.as_bytes(), None).last().unwrap().command, None);
}

#[test]
fn a_generated_log_has_the_replies_that_were_put_into_it() {
    let mut generator = Generator::new(11);
    let mut log = Vec::new();
    generator.fill(&mut log, 3_000_000);
    let truth = generator.truth();
    let mut codes = BTreeMap::new();
    let mut negative = 0;
    for found in find(&log, None) {
        let protocol = match found.protocol {
            Some(replycode::Protocol::Smtp) => Protocol::Smtp,
            _ => Protocol::Ftp,
        };
        *codes.entry((protocol, found.code.map_or(0, |code| code.get()))).or_insert(0) += 1;
        negative += u64::from(found.is_negative());
    }
    assert_eq!(codes, truth.codes);
    assert_eq!(negative, truth.negative);
}

#[cfg(feature = "std")]
#[test]
fn a_generated_log_is_scanned_alike_however_it_is_cut() {
    use replycode_scan::{Input, Options, summarize};

    let mut generator = Generator::new(5);
    let mut log = Vec::new();
    generator.fill(&mut log, 2_000_000);
    let truth = generator.truth();
    for cell in [20_000, 50_001, 300_000, 1 << 20] {
        let outcome = summarize([Input::bytes("log", &log[..])], &Options::default().jobs(2).cell(cell));
        let summary = outcome.summary;
        assert_eq!(
            (summary.bytes, summary.lines, summary.replies),
            (truth.bytes, truth.lines, truth.replies),
            "{cell}"
        );
        assert_eq!(summary.problems, truth.negative - truth.probes, "{cell}");
        let causes = summary.causes().iter().map(|cause| (cause.cause.id(), cause.count)).collect::<BTreeMap<_, _>>();
        assert_eq!(causes, truth.causes, "{cell}");
    }
}
