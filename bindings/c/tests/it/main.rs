//! The C interface as C programs meet it: header, archive, examples, installation. The tests drive real compilers; one
//! that is missing fails the test and says how to install it.

mod abi;
mod archive;
mod catalog_json;
mod corpus;
mod diagnosis;
mod dump;
mod examples;
mod header;
mod install;
mod tools;
mod total;
