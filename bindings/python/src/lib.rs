//! The native part of the Python package `replycode`: the core's questions as functions, its answers as frozen classes.
//!
//! There is no table and no logic here. Each entry of the catalogue becomes one Python object, made once, with its
//! texts as stored `str` objects; a member of `Smtp` or `Ftp` is a [`Listing`](listing::Listing) that Python's `enum`
//! has given a name. What Python programmers import is in `python/replycode/__init__.py`.

#![deny(unsafe_code)]
#![deny(missing_docs)]

use pyo3::prelude::*;

mod argument;
mod arrow_in;
mod arrow_out;
mod bytes;
mod catalog;
mod command_line;
mod diagnosis;
mod enhanced;
mod entry;
mod error;
mod explain;
mod file_time;
mod finding;
mod gil;
mod html;
mod incident;
mod listing;
mod parser;
mod reply;
mod rules;
mod scan;
mod scan_column;
mod scan_summary;
mod vocabulary;

// Nothing is changed once it is made, and what is made late is made under a lock.
#[pymodule(gil_used = false)]
mod _replycode {
    #[pymodule_export]
    const CATALOG_VERSION: &str = replycode::CATALOG_VERSION;
    #[pymodule_export]
    const CATALOG_DIGEST: &str = replycode::CATALOG_DIGEST;
    #[pymodule_export]
    use crate::catalog::{
        Command, Language, category, category_entry, command, commands, enhanced_details, expected, language,
        languages, not_replies, severity, severity_entry,
    };
    #[pymodule_export]
    use crate::command_line::run_command;
    #[pymodule_export]
    use crate::diagnosis::{Cause, Diagnosis, Rule, cause, causes, diagnose, diagnosis_again, rule, rules};
    #[pymodule_export]
    use crate::enhanced::Enhanced;
    #[pymodule_export]
    use crate::entry::{Entry, Source, entry};
    #[pymodule_export]
    use crate::explain::{EnhancedExplanation, Explanation, explain, explain_again, explain_enhanced};
    #[pymodule_export]
    use crate::file_time::FileTime;
    #[pymodule_export]
    use crate::finding::{Finding, finding_again};
    #[pymodule_export]
    use crate::incident::{Found, Incident, explain_text, find, found_again, incident_again};
    #[pymodule_export]
    use crate::listing::{Listing, Listings, listings, lookup};
    #[pymodule_export]
    use crate::parser::{Parser, format_reply, parse};
    #[pymodule_export]
    use crate::reply::{Reply, reply_again};
    #[pymodule_export]
    use crate::rules::{Rules, rules_again};
    #[pymodule_export]
    use crate::scan::{Findings, Scan, begin_scan};
    #[pymodule_export]
    use crate::scan_column::{ScannedColumn, scan_column};
    #[pymodule_export]
    use crate::vocabulary::{is_negative, is_positive, number, severity_verdict, should_retry, word_entry};
}
