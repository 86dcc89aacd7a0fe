//! The parts of the project's own commands, as a library so that tests can call them.

pub mod archive;
pub mod catalog;
pub mod header;
pub mod install;
pub mod regen;
pub mod repo;
pub mod step;
