//! One log of hostile lines in every format.

use serde_json::Value;

use crate::run;

const LOG: &[u8] = include_bytes!("../data/hostile.log");

fn scan(arguments: &[&str]) -> String {
    let arguments: Vec<&str> = ["scan", "tests/data/hostile.log"].iter().chain(arguments).copied().collect();
    let found = run(&arguments, b"");
    assert_eq!((found.status, found.errors.as_str()), (0, ""));
    found.output
}

/// Characters that command a terminal, turn the direction of writing, or hide.
fn commands(text: &str) -> Vec<char> {
    let hostile = |character: &char| {
        character.is_control() && !matches!(character, '\n' | '\r')
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
    };
    text.chars().filter(hostile).collect()
}

#[test]
fn the_log_is_hostile() {
    let text = String::from_utf8_lossy(LOG);
    for part in ["<script>", "\x1b[2J", "\u{202e}", "550 =cmd|", ";=HYPERLINK", "</style>", "{{ 7*7 }}"] {
        assert!(text.contains(part), "{part}");
    }
    // All of it is found.
    assert_eq!(scan(&["--format", "jsonl"]).lines().count(), 11);
}

#[test]
fn nothing_commands_the_reader() {
    for format in ["text", "json", "jsonl", "csv", "html"] {
        for lang in ["en", "ja"] {
            let output = scan(&["--format", format, "--lang", lang]);
            assert_eq!(commands(&output), Vec::<char>::new(), "{format}");
            // It is told all the same.
            let told = if format == "html" { "document.title=&#39;owned&#39;" } else { "document.title='owned'" };
            assert!(output.contains(told), "{format}");
        }
    }
}

#[test]
fn json_keeps_what_was_written() {
    let lines = scan(&["--format", "jsonl"]);
    let line: Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    assert!(line["record"].as_str().unwrap().contains("\x1b[2J\x1b]0;owned\x07"), "{line}");
}

#[test]
fn no_cell_is_a_formula() {
    let output = scan(&["--format", "csv"]);
    let begins =
        |cell: &str| cell.trim_start_matches([' ', '"', '\u{3000}']).starts_with(['=', '+', '-', '@', '＝', '＋']);
    let mut cells = 0;
    for separator in [b',', b';', b'\t'] {
        // As spreadsheets of several countries read it.
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(output.as_bytes());
        for record in reader.records() {
            for cell in record.unwrap().iter() {
                assert!(!begins(cell), "{cell}");
                cells += 1;
            }
        }
    }
    assert!(cells > 12 * 23);
    // Nor a part of one, whatever the reader thinks of quotes.
    for piece in output.split([',', ';', '\t', '\n']) {
        assert!(!begins(piece), "{piece}");
    }
    assert!(output.contains("'=cmd|") && output.contains(";'=HYPERLINK") && output.contains("'＝１＋１"));
    assert!(output.contains("'=2+5 S: 559"), "{output}");
}

#[test]
fn the_page_has_no_markup_of_the_log() {
    let page = scan(&["--format", "html"]);
    let count = |part: &str| page.matches(part).count();
    // Its own script and style alone.
    assert_eq!([count("<script"), count("</script"), count("<style"), count("</style")], [1; 4]);
    // What is in the log is text and the value of an attribute in quotes; both have no such marks.
    let body = page.split("<body>").nth(1).unwrap().split("<script>").next().unwrap();
    let tags: std::collections::BTreeSet<&str> = body
        .split('<')
        .skip(1)
        .map(|tag| tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap())
        .collect();
    let own = "a article b bdi button code dd details div dl dt figcaption figure footer h1 h2 h3 h4 header input label \
               li main ol option p pre rect section select small span summary svg table tbody td th thead title tr";
    let own: std::collections::BTreeSet<&str> = own.split_whitespace().collect();
    assert_eq!(tags.difference(&own).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert!(!body.contains("<svg onload") && !body.contains("<title>document"), "{body}");
    assert!(page.contains("{{ 7*7 }} {% raw %}"), "templates of the log are no templates");
}
