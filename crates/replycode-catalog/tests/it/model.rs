//! What comes out of a catalogue that keeps every rule.

use crate::catalog::{BASE, base, of};

#[test]
fn the_order_of_what_has_numbers_does_not_matter() {
    let plain = base().check().unwrap();
    let swapped = base()
        .with(
            "  - {id: en, number: 0, name: English}\n  - {id: ja, number: 1, name: 日本語}\n",
            "  - {id: ja, number: 1, name: 日本語}\n  - {id: en, number: 0, name: English}\n",
        )
        .with(
            "title: {en: Not a reply code, ja: 応答コードではない番号}",
            "title: {ja: 応答コードではない番号, en: Not a reply code}",
        );
    assert_eq!(swapped.check().unwrap().digest(), plain.digest());

    let smtp = BASE.find("  - id: smtp").unwrap();
    let ftp = BASE.find("  - id: ftp").unwrap();
    let end = BASE.find("enhanced:\n  classes").unwrap();
    let swapped = [&BASE[..smtp], &BASE[ftp..end], &BASE[smtp..ftp], &BASE[end..]].concat();
    assert_eq!(of(swapped).check().unwrap().digest(), plain.digest());
}

#[test]
fn the_digest_is_of_what_the_catalogue_says() {
    let plain = base().check().unwrap();
    assert_eq!(plain.digest().len(), 64);
    let same = ["# A comment\n", "complete: true\n"];
    assert_eq!(of(format!("{}{BASE}", same[0])).check().unwrap().digest(), plain.digest());
    let other = base().with(
        "en: Try again later., ja: 時間をおいて再試行してください。}\n          - id: auth",
        "en: Try again soon., ja: 時間をおいて再試行してください。}\n          - id: auth",
    );
    assert_ne!(other.check().unwrap().digest(), plain.digest());
}

#[test]
fn a_small_catalogue_needs_one_protocol_and_no_lists_beside_its_codes() {
    let ftp = BASE.find("  - id: ftp").unwrap();
    let end = BASE.find("enhanced:\n  classes").unwrap();
    let head = BASE.find("  - id: smtp").unwrap();
    let model = of([&BASE[..head], &BASE[ftp..end]].concat()).check().unwrap();
    assert_eq!(model.protocols().len(), 1);
    assert!(model.enhanced().details.is_empty() && model.not_replies().is_empty());
    assert!(model.protocols()[0].commands.is_empty());
}
