//! What every artefact must keep, tested on the repository's own catalogue.

use std::path::PathBuf;
use std::sync::LazyLock;

use replycode_catalog::{Model, Source, check};
use replycode_codegen::{Artefact, emit};

mod artefacts;
mod csv_rows;
mod figures;
mod json_schema;
mod reference;

/// The root of the repository.
fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The text of `catalog.yaml`.
fn yaml() -> String {
    std::fs::read_to_string(root().join("catalog.yaml")).expect("the repository has a catalogue")
}

/// A catalogue that must be valid.
fn checked(text: &str) -> Model {
    check(&[Source { path: "catalog.yaml", text }]).unwrap_or_else(|report| panic!("{report}"))
}

static MODEL: LazyLock<Model> = LazyLock::new(|| checked(&yaml()));
static ARTEFACTS: LazyLock<Vec<Artefact>> = LazyLock::new(|| emit(&MODEL));

/// The text of one artefact.
fn artefact(path: &str) -> &'static str {
    let found = ARTEFACTS.iter().find(|artefact| artefact.path == path);
    &found.unwrap_or_else(|| panic!("no emitter makes {path}")).text
}

/// `catalog.json` as data.
fn catalog() -> serde_json::Value {
    serde_json::from_str(artefact("generated/catalog.json")).expect("catalog.json is JSON")
}

/// The elements of a list.
fn list<'a>(value: &'a serde_json::Value, name: &str) -> &'a [serde_json::Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}
