use expect_test::expect;
use crate::catalog::base;
faults! {
    x: Overlay, base().overlay("version: 2026.11.0\n"), expect![[r#"
        error[overlay]: this file is a second catalogue, or an overlay without its mark
         --> vendor.yaml:1:1
          |
        1 | version: 2026.11.0
          | ^^^^^^^^^^^^^^^^^^
          |
          = help: write `overlay: true` at its head; it then holds only what differs from the catalogue under it

        1 fault
    "#]];
}
