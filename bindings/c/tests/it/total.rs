//! Every function with every number, from C.

use crate::tools::{build, printed, root};

#[test]
fn every_function_is_total() {
    // The C side is instrumented: it would see the library write beyond a structure.
    let flags = ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
    let (_folder, program) = build(&root().join("bindings/c/tests/total.c"), &flags);
    assert_eq!(printed::<&str>(&program, &[]), "0 failures\n");
}
