//! A vendor's overlay (`examples/vendor.yaml`, docs/overlays.md), as a vendor builds it.

use std::process::Command;

use replycode::Protocol;
use xtask::{catalog, regen, repo};

use crate::generated::copy_tree;

mod acme {
    replycode_macros::catalog!("../catalog.yaml", "../examples/vendor.yaml");
}

#[test]
fn the_macro_lays_it_over_the_catalogue() {
    assert_eq!(acme::CATALOG.version(), "2026.11.0+acme.1");
    assert_ne!(acme::CATALOG.digest(), replycode::CATALOG.digest());
    let bay = acme::CATALOG.explain(Protocol::Ftp, 591);
    assert_eq!(bay.title(acme::lang::JA), "レコーダーのディスクベイの開放");
    assert_eq!(acme::ftp::RECORDER_BAY_OPEN, 591);
    let login = acme::CATALOG.explain(Protocol::Smtp, 535);
    assert!(login.action(acme::lang::EN).starts_with("Open Setup > Alarm > Mail"));
    // What it does not mention stays.
    assert_eq!(login.title(acme::lang::EN), replycode::explain(Protocol::Smtp, 535).title(replycode::Lang::EN));
}

#[test]
fn regen_writes_it_into_a_copy_that_builds() {
    let root = repo::root();
    let copy = tempfile::tempdir().unwrap();
    copy_tree(&root, copy.path());
    let model = catalog::read(&root, &[root.join("examples/vendor.yaml")]).unwrap();
    regen::write(copy.path(), &regen::emitted(&root, &model).unwrap()).unwrap();

    let header = std::fs::read_to_string(copy.path().join("bindings/c/generated/replycode.h")).unwrap();
    assert!(header.contains("#define RC_FTP_RECORDER_BAY_OPEN 591"));
    assert!(header.contains("2026.11.0+acme.1"));

    let log = copy.path().join("acme.log");
    std::fs::write(&log, "2026-11-02 08:15:03 ftp 591 Disk bay open\n").unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "replycode", "--example", "explain_log", "--"])
        .arg(&log)
        .arg("en")
        .current_dir(copy.path())
        .env("CARGO_TARGET_DIR", copy.path().join("target"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("591 permanent/unassigned Disk bay of the recorder open"), "{said}");
    assert!(said.contains("Close the disk bay, then press the record button."), "{said}");
}

#[test]
fn a_fault_is_placed_in_the_overlay() {
    let root = repo::root();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.yaml");
    let text = std::fs::read_to_string(root.join("examples/vendor.yaml")).unwrap();
    std::fs::write(&path, text.replace("code: 591", "code: 0591")).unwrap();
    let error = catalog::read(&root, std::slice::from_ref(&path)).unwrap_err().to_string();
    assert!(error.contains("error[number]: `0591` is not a reply code"), "{error}");
    assert!(error.contains(&format!("--> {}:18:15", path.display())), "{error}");
}
