//! Much of each thing that could make a reader look back again and again. With time in the square of the length these
//! would not end within a day.

use replycode_scan::{find, incident};

const MEGABYTE: usize = 1 << 20;

fn replies(piece: &str) -> usize {
    repeated(piece, MEGABYTE)
}

/// For what takes an unoptimised build its time: every number is a candidate.
fn some_replies(piece: &str) -> usize {
    repeated(piece, MEGABYTE / 8)
}

fn repeated(piece: &str, length: usize) -> usize {
    let text = piece.repeat(length / piece.len());
    find(text.as_bytes(), None).count()
}

#[test]
fn nothing_to_find() {
    for piece in [
        "5", " ", "\n", "\r\n", "\"", "(", "[", "<", ">", "&quot;", "\\n", "550", "é", "\u{1b}[", "a b ", "_", "= ",
        "* ",
    ] {
        assert_eq!(replies(piece), 0, "{piece:?}");
    }
}

#[test]
fn numbers_without_end() {
    for piece in [
        "550 ",
        "250-",
        "550\n",
        "5.7.1 ",
        "(550) ",
        "\"550\" ",
        "550: ",
        "code 550 ",
        "expected 550 ",
        "{ s",
        "[50,",
        "[53, 51, 48, 32, ",
    ] {
        // How many of these are replies is a matter of taste; that they are read at all is not.
        let _ = some_replies(piece);
    }
}

#[test]
fn replies_without_end() {
    // One reply of a hundred thousand lines.
    assert_eq!(replies("250-SIZE\r\n"), 1);
    let _ = replies("250-");
    // Every line a reply of its own.
    let lines = MEGABYTE / 8 / "< 550 No such user\n".len();
    assert_eq!(some_replies("< 550 No such user\n"), lines);
    // All on one line.
    let _ = some_replies("550 5.1.1 No such user ");
    let _ = some_replies("said: 550 5.1.1 \"No (such [user ");
    let _ = some_replies("[parser] < '550 No such user\\r\\n', ");
    let _ = some_replies("> STOR a.jpg\n< 550 No\n");
}

#[test]
fn an_incident_without_end() {
    let text = "> STOR a.jpg\n< 550 No\n> CWD b\n< 250 Ok\n".repeat(MEGABYTE / 40);
    let incident = incident(text.as_bytes(), None);
    assert_eq!(incident.replies, 2 * (MEGABYTE / 40));
    assert_eq!(incident.deciding.unwrap().offset, "> STOR a.jpg\n< ".len());
}
