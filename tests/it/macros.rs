//! `catalog!`: the same tables for anybody's YAML.

use replycode::{Catalog, Context, Entry, Lang, Protocol};

mod root {
    replycode_macros::catalog!("../catalog.yaml");
}

/// Everything a catalogue says, as text.
fn say(catalog: &'static Catalog) -> Vec<String> {
    let mut lines = vec![catalog.version().to_owned(), catalog.digest().to_owned()];
    let langs: Vec<Lang> = catalog.languages().map(|language| language.lang).collect();
    lines.extend(catalog.languages().map(|language| format!("{language:?}")));
    let entry = |entry: Entry| {
        let texts = langs
            .iter()
            .flat_map(|&lang| [entry.title(lang), entry.meaning(lang), entry.action(lang), entry.note(lang)]);
        let facts = format!(
            "{entry:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?}",
            entry.phrase(),
            entry.source(),
            entry.since(),
            entry.status(),
            entry.verdict(),
            entry.commands().collect::<Vec<_>>(),
            entry.enhanced(),
            entry.codes(),
        );
        facts + &texts.collect::<Vec<_>>().join("|") + &entry.aliases().collect::<Vec<_>>().join("|")
    };
    for &protocol in Protocol::ALL {
        for code in 0..=1100u16 {
            lines.push(format!("{:?}", catalog.explain(protocol, code)));
            for part in
                catalog.lookup(protocol, code).iter().flat_map(|listing| listing.senses().chain(listing.field()))
            {
                lines.push(entry(part));
            }
        }
        for command in catalog.commands(protocol) {
            let context = Context { command: Some(command), ..Context::default() };
            for code in 100..=660 {
                let explanation = catalog.explain_in(protocol, code, context);
                lines.push(format!("{command:?} {code} {} {:?}", catalog.expected(command, code), explanation.entry()));
            }
        }
        lines.extend(replycode::Severity::ALL.iter().map(|&severity| entry(catalog.severity(protocol, severity))));
        lines.extend(replycode::Category::ALL.iter().map(|&category| entry(catalog.category(protocol, category))));
    }
    lines.extend(
        catalog.enhanced_details().map(|(subject, detail, part)| format!("{subject}.{detail} {}", entry(part))),
    );
    lines.extend(catalog.not_replies().map(|(number, part)| format!("{number} {}", entry(part))));
    lines
}

#[test]
fn on_the_root_catalogue_it_equals_the_checked_in_tables() {
    let (macros, checked_in) = (say(&root::CATALOG), say(&replycode::CATALOG));
    assert!(macros.len() > 20_000, "{}", macros.len());
    for (ours, theirs) in macros.iter().zip(&checked_in) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(macros.len(), checked_in.len());
    assert_eq!(root::smtp::MAILBOX_UNAVAILABLE, replycode::smtp::MAILBOX_UNAVAILABLE);
    assert_eq!(root::lang::JA, Lang::JA);
}

#[test]
fn a_bad_catalogue_stops_the_build_with_its_report() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

#[test]
fn a_change_of_the_yaml_builds_the_user_s_crate_again() {
    let root = xtask::repo::root();
    let folder = tempfile::tempdir().unwrap();
    let path = |file: &str| folder.path().join(file);
    let vendor = std::fs::read_to_string(root.join("crates/replycode-macros/tests/it/vendor.yaml")).unwrap();
    std::fs::create_dir(path("src")).unwrap();
    std::fs::write(
        path("Cargo.toml"),
        format!(
            "[package]\nname = \"vendor-user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
             replycode = {{ path = {:?}, default-features = false }}\nreplycode-macros = {{ path = {:?} }}\n",
            root.join("crates/replycode"),
            root.join("crates/replycode-macros"),
        ),
    )
    .unwrap();
    std::fs::copy(root.join("Cargo.lock"), path("Cargo.lock")).unwrap();
    std::fs::write(
        path("src/main.rs"),
        "replycode_macros::catalog!(\"vendor.yaml\");\n\
         fn main() {\n    print!(\"{}\", CATALOG.explain(replycode::Protocol::Ftp, 550).title(lang::EN));\n}\n",
    )
    .unwrap();
    let run = || {
        let output = std::process::Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", root.join("target"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    std::fs::write(path("vendor.yaml"), &vendor).unwrap();
    assert_eq!(run(), "Folder not on the recorder");
    std::fs::write(path("vendor.yaml"), vendor.replace("Folder not on the recorder", "No such folder")).unwrap();
    assert_eq!(run(), "No such folder");
}
