replycode_macros::catalog!();

fn main() {}
