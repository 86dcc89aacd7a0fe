//! The command `replycode`; see the library.

fn main() -> std::process::ExitCode {
    replycode_cli::main(std::env::args_os()).into()
}
