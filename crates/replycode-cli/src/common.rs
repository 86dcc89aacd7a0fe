//! Arguments that several subcommands have.

use std::path::Path;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use replycode::{CATALOG, Catalog, Lang, Protocol};
use replycode_catalog::with_rules_bytes;

use crate::Failure;

/// `--lang`
pub(crate) fn languages() -> impl TypedValueParser<Value = Lang> {
    let ids = PossibleValuesParser::new(CATALOG.languages().map(|language| language.id));
    ids.map(|id| CATALOG.lang(&id).unwrap_or(Lang::EN))
}

/// `--protocol`
pub(crate) fn protocols() -> impl TypedValueParser<Value = Protocol> {
    PossibleValuesParser::new(Protocol::ALL.iter().map(|protocol| protocol.id())).try_map(|id| id.parse::<Protocol>())
}

/// The catalogue, with the rules of a file (`--rules`).
pub(crate) fn catalog(rules: Option<&Path>) -> Result<&'static Catalog, Failure> {
    let Some(path) = rules else { return Ok(&CATALOG) };
    let name = path.to_string_lossy();
    let bytes = std::fs::read(path)
        .map_err(|error| Failure::Unreadable(format!("error: cannot read the rules in {name}: {error}")))?;
    with_rules_bytes(&CATALOG, &name, &bytes).map_err(|report| Failure::Usage(report.to_string()))
}
