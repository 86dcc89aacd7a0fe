//! The parts of the project's own commands, as a library so that tests can call them.

pub mod catalog;
pub mod regen;
pub mod repo;
pub mod site;
pub mod step;
