//! What is registered: the codes that RFCs define or name, and the enhanced status codes at IANA.
//!
//! The lists are files of their own, each with its source and date at its head, in the crate's folder `registry/`; they
//! are what a catalogue that calls itself complete is compared with.
//!
//! ```
//! use replycode_catalog::registry;
//! use replycode::{Protocol, Status};
//!
//! let busy = registry::codes(Protocol::Smtp).find(|row| row.code == 450).unwrap();
//! assert_eq!((busy.rfc, busy.status), (5321, Status::Current));
//! let full = registry::enhanced().find(|row| (row.subject, row.detail) == (2, 2)).unwrap();
//! assert_eq!((full.codes, full.reference), (vec![552], "3463"));
//! ```

use replycode::{Protocol, Status};

/// A reply code and an RFC that defines or names it. A code of several RFCs has several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub code: u16,
    /// The RFC.
    pub rfc: u16,
    /// How current it is there.
    pub status: Status,
}

/// A registered detail of an enhanced status code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The subject.
    pub subject: u16,
    /// The detail.
    pub detail: u16,
    /// The basic codes that the registry associates with it, ascending; a single digit stands for all codes that
    /// begin with it.
    pub codes: Vec<u16>,
    /// The RFCs, separated by `; `, or the draft that registered it.
    pub reference: &'static str,
}

/// The registered codes of a protocol, ascending.
pub fn codes(protocol: Protocol) -> impl Iterator<Item = Code> {
    let file = match protocol {
        Protocol::Smtp => include_str!("../registry/smtp.tsv"),
        Protocol::Ftp => include_str!("../registry/ftp.tsv"),
    };
    rows(file).map(|[code, rfc, status]| Code { code: number(code), rfc: number(rfc), status: word(status) })
}

/// The registered details, ascending by subject and detail.
pub fn enhanced() -> impl Iterator<Item = Detail> {
    rows(include_str!("../registry/enhanced.tsv")).map(|[pattern, codes, reference]| {
        let mut parts = pattern.split('.').skip(1).map(number);
        let (Some(subject), Some(detail)) = (parts.next(), parts.next()) else { panic!("{pattern}") };
        let mut codes = match codes {
            "any" => vec![2, 4, 5],
            "-" => Vec::new(),
            codes => codes.split(' ').map(|code| number(code.strip_suffix("XX").unwrap_or(code))).collect(),
        };
        codes.sort_unstable();
        Detail { subject, detail, codes, reference }
    })
}

/// The rows of a file of three columns, without its head.
fn rows(file: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let lines = file.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').collect::<Vec<_>>().try_into().expect("three columns"))
}

fn number(text: &str) -> u16 {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"))
}

fn word(text: &str) -> Status {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no status"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn lists_ascend_and_have_the_sizes_of_the_registries() {
        for (protocol, distinct, rows) in [(Protocol::Smtp, 45, 69), (Protocol::Ftp, 65, 79)] {
            let codes: Vec<u16> = codes(protocol).map(|row| row.code).collect();
            assert!(codes.is_sorted());
            assert_eq!((codes.iter().collect::<BTreeSet<_>>().len(), codes.len()), (distinct, rows));
        }
        let details: Vec<_> = enhanced().map(|row| (row.subject, row.detail)).collect();
        assert!(details.is_sorted_by(|a, b| a < b));
        assert_eq!(details.len(), 81);
    }

    #[test]
    fn every_file_says_where_it_comes_from_and_of_when_it_is() {
        for file in [
            include_str!("../registry/smtp.tsv"),
            include_str!("../registry/ftp.tsv"),
            include_str!("../registry/enhanced.tsv"),
        ] {
            let head = file.lines().take_while(|line| line.starts_with('#')).collect::<Vec<_>>().join(" ");
            assert!(head.contains("Source: ") && head.contains(" as of "), "{head}");
        }
    }
}
