//! Where pages are. Every address is derived from language, protocol, code or id, so it is the same in every build.
//!
//! An address is the path of a file from the root of the site, with `index.html` written out and `/` between parts:
//! links made of them work from a folder (`file://`) and under any path of a server.

use replycode::Protocol;

/// The page of search and of all replies.
pub(super) fn home(language: &str) -> String {
    format!("{language}/index.html")
}

/// A page that there is one of in each language: `classes`, `sheet`, `docs`, ...
pub(super) fn single(language: &str, name: &str) -> String {
    format!("{language}/{name}/index.html")
}

/// A protocol's codes and commands.
pub(super) fn protocol(language: &str, protocol: Protocol) -> String {
    single(language, protocol.id())
}

/// A command on the page of its protocol.
pub(super) fn command(language: &str, of: Protocol, verb: &str) -> String {
    format!("{}#{}", protocol(language, of), command_anchor(verb))
}

/// The anchor of a command.
pub(super) fn command_anchor(verb: &str) -> String {
    format!("command-{}", verb.to_ascii_lowercase())
}

/// A reply code.
pub(super) fn reply(language: &str, protocol: Protocol, code: u16) -> String {
    format!("{language}/{protocol}/{code}/index.html")
}

/// A class of replies, by its first digit.
pub(super) fn class(language: &str, digit: u16) -> String {
    format!("{}#class-{digit}", single(language, "classes"))
}

/// A class, subject or detail of enhanced status codes: `5`, `x.7`, `x.7.8`.
pub(super) fn enhanced(language: &str, name: &str) -> String {
    format!("{language}/enhanced/{}/index.html", name.to_ascii_lowercase())
}

/// A cause.
pub(super) fn cause(language: &str, id: &str) -> String {
    format!("{language}/cause/{id}/index.html")
}

/// A number that is no reply code.
pub(super) fn not_reply(language: &str, number: u16) -> String {
    format!("{}#number-{number}", single(language, "not-a-reply"))
}

/// A note of the reply parser.
pub(super) fn note(language: &str, id: &str) -> String {
    format!("{language}/note/{id}/index.html")
}

/// A document, by its path below `docs/` without `.md`.
pub(super) fn document(language: &str, name: &str) -> String {
    format!("{language}/docs/{name}/index.html")
}

/// The way from one page to an address.
pub(super) fn relative(from: &str, to: &str) -> String {
    let (path, rest) = to.split_at(to.find(['#', '?']).unwrap_or(to.len()));
    if path == from && rest.starts_with('#') {
        return rest.to_owned();
    }
    let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (here, there) = (folders(from), folders(path));
    let (here, name) = (&here[..here.len() - 1], there.len() - 1);
    let common = here.iter().zip(&there[..name]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", here.len() - common);
    let down = there[common..].iter().map(String::as_str);
    format!("{}{rest}", up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Protocol, relative, reply};

    #[test]
    fn links_are_relative_and_name_the_file() {
        let here = reply("en", Protocol::Smtp, 550);
        assert_eq!(here, "en/smtp/550/index.html");
        assert_eq!(relative(&here, &reply("en", Protocol::Ftp, 550)), "../../ftp/550/index.html");
        assert_eq!(relative(&here, &reply("ja", Protocol::Smtp, 550)), "../../../ja/smtp/550/index.html");
        assert_eq!(relative(&here, "assets/style.css?v=1"), "../../../assets/style.css?v=1");
        assert_eq!(relative(&here, "en/smtp/550/index.html#top"), "#top");
        assert_eq!(relative(&here, "en/smtp/index.html#command-rcpt"), "../index.html#command-rcpt");
        assert_eq!(relative("index.html", &here), "en/smtp/550/index.html");
        assert_eq!(relative(&here, &here), "index.html");
    }
}
