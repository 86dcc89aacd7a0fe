//! The tables, made by `cargo xtask regen`. This file is written by hand; its children are not.

#[rustfmt::skip]
mod codes;
#[rustfmt::skip]
mod tables;

pub use codes::{ftp, smtp};
pub use tables::{CATALOG, CATALOG_DIGEST, CATALOG_VERSION};
