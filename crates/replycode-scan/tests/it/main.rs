//! What must hold for any text.

mod any_text;
mod long_text;
