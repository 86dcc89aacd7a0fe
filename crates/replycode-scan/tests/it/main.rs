//! What must hold for any text.

mod any_text;
mod each_form;
mod long_text;
