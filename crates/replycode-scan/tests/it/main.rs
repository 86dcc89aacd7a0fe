//! What must hold for any text.

mod any_text;
mod each_form;
mod explain;
#[cfg(feature = "std")]
mod follow;
#[cfg(feature = "std")]
mod log;
mod long_text;
mod pieces;
#[cfg(feature = "std")]
mod scan;
mod whole_log;
