//! Every function with every number, from C.

use crate::tools::{build, printed, root};

/// The C side is instrumented: it would see the library write beyond a structure.
const FLAGS: [&str; 4] = ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

#[test]
fn every_function_is_total() {
    let (_folder, program) = build(&root().join("bindings/c/tests/total.c"), &FLAGS);
    assert_eq!(printed::<&str>(&program, &[]), "0 failures\n");
}

#[test]
fn incidents_are_total() {
    let (_folder, program) = build(&root().join("bindings/c/tests/incident.c"), &FLAGS);
    assert_eq!(printed::<&str>(&program, &[]), "0 failures\n");
}

/// The numbers in the header are written by hand, those of the finder as well.
#[test]
fn speakers_and_forms_have_the_finders_numbers() {
    let header = crate::tools::header();
    let number = |name: String| {
        let line = header.lines().find(|line| line.starts_with(&format!("#define {name} "))).unwrap();
        line.split(' ').nth(2).unwrap().parse::<u8>().unwrap()
    };
    for speaker in replycode_scan::Speaker::ALL {
        assert_eq!(number(format!("RC_SPEAKER_{}", speaker.id().to_uppercase())), speaker.number());
    }
    for form in replycode_scan::Form::ALL {
        assert_eq!(number(format!("RC_FORM_{}", form.id().to_uppercase())), form.number());
    }
}
