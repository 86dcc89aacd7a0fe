//! The tables, made by `cargo xtask regen`. This file is written by hand; its children are not.

#[rustfmt::skip]
mod codes;
#[cfg(feature = "diagnosis")]
#[rustfmt::skip]
mod diagnosis;
#[rustfmt::skip]
mod tables;

pub use codes::{ftp, smtp};
#[cfg(feature = "diagnosis")]
pub use diagnosis::cause;
pub use tables::{CATALOG, CATALOG_DIGEST, CATALOG_VERSION};
