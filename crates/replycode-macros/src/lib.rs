//! `catalog!("vendor.yaml")`: a catalogue of your own, checked and compiled in.
//!
//! ```
//! mod vendor {
//!     replycode_macros::catalog!("tests/it/vendor.yaml");
//! }
//! use replycode::{Lang, Protocol};
//!
//! let answer = vendor::CATALOG.explain(Protocol::Ftp, 550);
//! assert_eq!(answer.title(vendor::lang::EN), "Folder not on the recorder");
//! assert_eq!(vendor::ftp::RECORDER_FOLDER_MISSING, 550);
//! ```
//!
//! The YAML has the shape of the project's own `catalog.yaml`. The macro expands to what the crate `replycode` has for
//! its own catalogue: a static `CATALOG` of type [`replycode::Catalog`](https://docs.rs/replycode), a constant for
//! each language in `lang`, and for each protocol a module of code constants. Your crate needs `replycode` among its
//! dependencies; its feature `tables` may be off, `diagnosis` only if your catalogue has no causes.
//!
//! Paths are relative to the folder of your `Cargo.toml`. When the YAML changes, your crate is built again. When the
//! YAML breaks a rule, the build stops with the whole report: each rule, its line and column, and what to do.

use proc_macro::{TokenStream, TokenTree};
use replycode_catalog::{Source, check};

/// Compiles a catalogue in; see the crate's documentation. Further files are overlays over the first.
#[proc_macro]
pub fn catalog(input: TokenStream) -> TokenStream {
    match expand(input) {
        Ok(code) => code,
        Err(message) => format!("::core::compile_error!({message:?});").parse().unwrap_or_default(),
    }
}

fn expand(input: TokenStream) -> Result<TokenStream, String> {
    let paths = paths(input)?;
    let folder =
        std::env::var("CARGO_MANIFEST_DIR").map_err(|_| "catalog!: CARGO_MANIFEST_DIR is not set".to_owned())?;
    let mut texts = Vec::new();
    let mut watch = String::new();
    for path in &paths {
        let full = std::path::Path::new(&folder).join(path);
        let text = std::fs::read_to_string(&full)
            .map_err(|error| format!("catalog!: cannot read {}: {error}", full.display()))?;
        // The compiler watches what is included: a change of the YAML builds the crate again.
        watch.push_str(&format!("const _: &[u8] = ::core::include_bytes!({:?});\n", full.to_string_lossy()));
        texts.push(text);
    }
    let sources: Vec<Source<'_>> = paths.iter().zip(&texts).map(|(path, text)| Source { path, text }).collect();
    let model = check(&sources).map_err(|report| format!("catalog!: the catalogue is not valid\n\n{report}"))?;
    let code = format!("{}\n{watch}", replycode_codegen::rust_module(&model));
    code.parse().map_err(|error| format!("catalog!: the generated code does not parse: {error}"))
}

/// String literals separated by commas.
fn paths(input: TokenStream) -> Result<Vec<String>, String> {
    const USAGE: &str = "catalog! takes the paths of YAML files: catalog!(\"vendor.yaml\")";
    let mut paths = Vec::new();
    for (place, token) in input.into_iter().enumerate() {
        match token {
            TokenTree::Literal(literal) if place % 2 == 0 => {
                let text = literal.to_string();
                let path = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or(USAGE)?;
                paths.push(path.replace("\\\\", "\\"));
            }
            TokenTree::Punct(comma) if place % 2 == 1 && comma.as_char() == ',' => {}
            _ => return Err(USAGE.to_owned()),
        }
    }
    if paths.is_empty() { Err(USAGE.to_owned()) } else { Ok(paths) }
}
