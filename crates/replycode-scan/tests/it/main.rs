//! What must hold for any text.

mod any_text;
mod each_form;
mod explain;
mod long_text;
mod pieces;
mod whole_log;
