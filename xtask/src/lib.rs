//! The parts of the project's own commands, as a library so that tests can call them.

pub mod amalgamation;
pub mod archive;
pub mod bench;
pub mod bench_scan;
pub mod c_compiler;
mod c_reference;
pub mod catalog;
pub mod demo;
pub mod docs;
pub mod firmware;
pub mod header;
pub mod install;
pub mod python;
pub mod questions;
pub mod regen;
pub mod repo;
pub mod say;
pub mod site;
pub mod step;
pub mod test;
