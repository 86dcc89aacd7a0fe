//! The C interface as C programs meet it: header, archive, examples, installation. The tests drive real compilers; one
//! that is missing fails the test and says how to install it.

mod abi;
mod amalgamation;
mod archive;
mod catalog_json;
mod corpus;
mod diagnosis;
mod differential;
mod dump;
mod examples;
mod firmware;
mod header;
mod install;
mod knobs;
mod tools;
mod total;
