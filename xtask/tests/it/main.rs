//! Tests of what the commands make.

mod site;
