//! `catalog!`: the same tables for anybody's YAML.

use std::path::PathBuf;
use std::process::Command;

use replycode::{Catalog, Context, Entry, Lang, Protocol, ReplyCode};

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
    lines.extend(replycode::Note::ALL.iter().map(|&note| entry(catalog.note(note))));
    lines.extend(replycode::MalformedReason::ALL.iter().map(|&reason| entry(catalog.malformed(reason))));
    for cause in catalog.causes() {
        let facts = format!("{} {:?} {:?} ", cause.number(), cause.verdict(), cause.party());
        lines.push(facts + &entry(cause.entry()));
    }
    for line in include_str!("../data/wordings.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (protocol, rest) = line.split_once('\t').unwrap();
        let code = rest.get(..3).and_then(|code| ReplyCode::new(code.parse().ok()?));
        let answer = catalog.diagnose(protocol.parse().unwrap(), code, rest.as_bytes(), Context::default());
        lines.push(format!("{answer:?} {:?}", answer.alternatives().collect::<Vec<_>>()));
    }
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

/// A crate of a user's own, with a catalogue in `vendor.yaml`.
struct UserCrate(tempfile::TempDir);

impl UserCrate {
    /// Each has a name of its own: tests run at the same time, and share the folder for programs.
    fn new(name: &str, yaml: &str) -> Self {
        let root = xtask::repo::root();
        let user = UserCrate(tempfile::tempdir().unwrap());
        std::fs::create_dir(user.path("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
             replycode = {{ path = {:?}, default-features = false }}\nreplycode-macros = {{ path = {:?} }}\n",
            root.join("crates/replycode"),
            root.join("crates/replycode-macros"),
        );
        std::fs::write(user.path("Cargo.toml"), manifest).unwrap();
        std::fs::copy(root.join("Cargo.lock"), user.path("Cargo.lock")).unwrap();
        let main = "replycode_macros::catalog!(\"vendor.yaml\");\n\
                    fn main() {\n    print!(\"{}\", CATALOG.explain(replycode::Protocol::Ftp, 550).title(lang::EN));\n}\n";
        std::fs::write(user.path("src/main.rs"), main).unwrap();
        user.write(yaml);
        user
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn write(&self, yaml: &str) {
        std::fs::write(self.path("vendor.yaml"), yaml).unwrap();
    }

    /// What the program prints, or what the compiler says.
    fn run(&self) -> Result<String, String> {
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline"])
            .current_dir(self.0.path())
            .env("CARGO_TARGET_DIR", xtask::repo::target())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }
}

fn vendor() -> String {
    std::fs::read_to_string(xtask::repo::root().join("crates/replycode-macros/tests/it/vendor.yaml")).unwrap()
}

#[test]
fn a_change_of_the_yaml_builds_the_users_crate_again() {
    let user = UserCrate::new("user-of-changed-yaml", &vendor());
    assert_eq!(user.run().unwrap(), "Folder not on the recorder");
    user.write(&vendor().replace("Folder not on the recorder", "No such folder"));
    assert_eq!(user.run().unwrap(), "No such folder");
}

#[test]
fn a_bad_catalogue_stops_the_build_with_its_report() {
    let user = UserCrate::new(
        "user-of-bad-yaml",
        &vendor().replace("code: 550", "code: 0550").replace("version: 1.0.0", "version: one"),
    );
    let said = user.run().unwrap_err();
    assert!(said.starts_with("error: catalog!: the catalogue is not valid\n"), "{said}");
    assert!(said.contains("error[number]: `0550` is not a reply code\n          --> vendor.yaml:132:15\n"), "{said}");
    assert!(said.contains("= help: write a decimal number from 100 to 999, without leading zeros"), "{said}");
    assert!(said.contains("error[version]"), "{said}");
    assert!(said.contains("--> src/main.rs:1:1"), "{said}");
}

#[test]
fn a_missing_file_and_a_wrong_argument_are_told() {
    let user = UserCrate::new("user-of-no-yaml", &vendor());
    std::fs::remove_file(user.path("vendor.yaml")).unwrap();
    let said = user.run().unwrap_err();
    assert!(said.contains("catalog!: cannot read ") && said.contains("vendor.yaml"), "{said}");
    std::fs::write(user.path("src/main.rs"), "replycode_macros::catalog!(vendor);\nfn main() {}\n").unwrap();
    let said = user.run().unwrap_err();
    assert!(said.contains("catalog! takes the paths of YAML files: catalog!(\"vendor.yaml\")"), "{said}");
}
