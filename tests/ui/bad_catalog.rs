replycode_macros::catalog!("../../../../tests/ui/bad.yaml");

fn main() {}
