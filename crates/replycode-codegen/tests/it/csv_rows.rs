//! The table says what `catalog.json` says.

use serde_json::Value;

use crate::{artefact, catalog, list};

const HEADER: [&str; 21] = [
    "generated",
    "kind",
    "protocol",
    "code",
    "id",
    "status",
    "verdict",
    "party",
    "cause",
    "rfc",
    "place",
    "commands",
    "enhanced",
    "lang",
    "phrase",
    "title",
    "meaning",
    "action",
    "note",
    "version",
    "digest",
];

/// The header and the rows as any reader of CSV gets them.
fn table() -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(artefact("generated/catalog.csv").as_bytes());
    let row = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = row(reader.headers().expect("a header"));
    let rows = reader.records().map(|record| row(&record.expect("a row as long as the header"))).collect();
    (header, rows)
}

/// An entry of `catalog.json` in one language as a row, without what only the first row says.
fn row(kind: &str, protocol: &str, code: &str, default: &str, entry: &Value, lang: &str) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let joined = |name| list(entry, name).iter().map(text).collect::<Vec<_>>().join(" ");
    let status = entry["status"].as_str().unwrap_or("current");
    let cause = if kind == "cause" { text(&entry["id"]) } else { String::new() };
    // Of a sense an object, of a severity or a number a word.
    let verdict = entry["verdict"]["is"].as_str().or(entry["verdict"].as_str()).unwrap_or(default);
    let source = &entry["source"];
    let place = ["section", "iana", "field"].map(|name| text(&source[name])).concat();
    let mut texts = ["title", "meaning", "action", "note"].map(|name| text(&entry[name][lang]));
    // The action of a cause is a list of steps.
    if kind == "cause" {
        texts[2] = list(entry, "action").iter().map(|step| text(&step[lang])).collect::<Vec<_>>().join("\n");
    }
    let mut cells = vec![kind, protocol, code, entry["id"].as_str().expect("an id"), status, verdict]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    cells.extend([
        text(&entry["party"]),
        cause,
        text(&source["rfc"]),
        place,
        joined("commands"),
        joined("enhanced"),
        lang.to_owned(),
    ]);
    cells.push(text(&entry["phrase"]));
    cells.extend(texts);
    cells
}

/// All rows, from `catalog.json`.
fn expected() -> Vec<Vec<String>> {
    let catalog = catalog();
    let mut entries: Vec<(&str, &str, String, String, &Value)> = Vec::new();
    let digits = |row: &Value, before: &str, after: &str| {
        let digits = list(row, "digits").iter().map(|digit| format!("{before}{digit}{after}"));
        digits.collect::<Vec<_>>().join(" ")
    };
    for protocol in list(&catalog, "protocols") {
        let id = protocol["id"].as_str().expect("an id");
        for row in list(protocol, "severities") {
            entries.push(("severity", id, digits(row, "", "yz"), String::new(), row));
        }
        for row in list(protocol, "categories") {
            entries.push(("category", id, digits(row, "x", "z"), String::new(), row));
        }
        let verdict = |code: u64| {
            let has = |row: &&Value| list(row, "digits").contains(&Value::from(code / 100));
            let row = list(protocol, "severities").iter().find(has).expect("a severity");
            row["verdict"].as_str().expect("a verdict").to_owned()
        };
        let mut senses = Vec::new();
        for (kind, name) in [("sense", "replies"), ("field", "field")] {
            for reply in list(protocol, name) {
                let code = reply["code"].as_u64().expect("a code");
                senses.extend(list(reply, "senses").iter().map(|sense| (code, kind, sense)));
            }
        }
        // Stable: senses stay before what was seen in the field.
        senses.sort_by_key(|(code, ..)| *code);
        entries.extend(senses.into_iter().map(|(code, kind, row)| (kind, id, code.to_string(), verdict(code), row)));
    }
    let enhanced = &catalog["enhanced"];
    for row in list(enhanced, "classes") {
        let verdict = match row["class"].as_u64() {
            Some(2) => "done",
            Some(4) => "retry_later",
            _ => "fix_first",
        };
        entries.push(("enhanced_class", "", format!("{}.X.X", row["class"]), verdict.to_owned(), row));
    }
    for row in list(enhanced, "subjects") {
        entries.push(("enhanced_subject", "", format!("X.{}.X", row["subject"]), String::new(), row));
    }
    for row in list(enhanced, "details") {
        entries.push(("enhanced_detail", "", format!("X.{}.{}", row["subject"], row["detail"]), String::new(), row));
    }
    for row in list(&catalog, "not_replies") {
        entries.push(("not_reply", "", row["number"].to_string(), String::new(), row));
    }
    for (kind, name) in [("note", "notes"), ("malformed", "malformed")] {
        entries.extend(list(&catalog, name).iter().map(|row| (kind, "", String::new(), String::new(), row)));
    }
    for row in list(&catalog, "causes") {
        entries.push(("cause", "", row["number"].to_string(), String::new(), row));
    }
    let languages: Vec<_> = list(&catalog, "languages").iter().filter_map(|of| of["id"].as_str()).collect();
    let rows = entries.iter().flat_map(|(kind, protocol, code, verdict, entry)| {
        languages.iter().map(|lang| row(kind, protocol, code, verdict, entry, lang))
    });
    rows.chain(list(&catalog, "rules").iter().map(rule)).collect()
}

/// A rule as a row, without what only the first row says.
fn rule(rule: &Value) -> Vec<String> {
    let when = &rule["when"];
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let joined = |name, between: &str| list(when, name).iter().map(text).collect::<Vec<_>>().join(between);
    let mut cells = vec!["rule".to_owned(), text(&when["protocol"]), joined("codes", " "), text(&rule["id"])];
    cells.extend([String::new(), text(&rule["verdict"]["is"]), String::new(), text(&rule["cause"]), String::new()]);
    cells.extend([text(&rule["source"]), joined("commands", " "), joined("enhanced", " "), String::new()]);
    cells.push(joined("phrases", " | "));
    cells.resize(18, String::new());
    cells
}

#[test]
fn the_table_says_what_the_json_says() {
    let (header, rows) = table();
    assert_eq!(header, HEADER);
    let expected = expected();
    assert_eq!(rows.len(), expected.len());
    for (row, expected) in rows.iter().zip(&expected) {
        // What would be a formula stands behind an apostrophe.
        let cells: Vec<_> = row[1..19].iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell)).collect();
        assert_eq!(cells, *expected);
    }
}

#[test]
fn the_documentation_names_every_column() {
    let page = std::fs::read_to_string(crate::root().join("docs/catalog-json.md")).expect("the page is there");
    for column in HEADER {
        assert!(page.contains(&format!("`{column}`")), "{column}");
    }
}

#[test]
fn what_concerns_the_whole_file_stands_in_the_first_row() {
    let (_, rows) = table();
    let catalog = catalog();
    let (first, others) = rows.split_first().expect("a row");
    assert!(first[0].starts_with("'@generated by cargo xtask regen from catalog.yaml (digest "));
    assert_eq!(Value::from(first[19].as_str()), catalog["version"]);
    assert_eq!(Value::from(first[20].as_str()), catalog["digest"]);
    assert!(others.iter().all(|row| row[0].is_empty() && row[19].is_empty() && row[20].is_empty()));
}

#[test]
fn no_cell_is_a_formula() {
    let (header, rows) = table();
    for cell in rows.iter().flatten().chain(&header) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell}");
    }
}
