replycode_macros::catalog!("nowhere.yaml");

fn main() {}
