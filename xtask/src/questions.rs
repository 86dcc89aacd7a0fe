//! The questions of `docs/dump.md`: what the programs named `diagnosis` are asked.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use replycode::Protocol;
use serde_json::Value;

use crate::repo;

/// Writes the questions below the target folder and returns the path of the file.
pub fn write() -> anyhow::Result<PathBuf> {
    let path = repo::target().join("questions.txt");
    let text = text(&repo::root())?;
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// All questions: the wordings of servers, the rules' own examples, and the real texts, once as a whole and once as if
/// they were the words of a reply.
pub fn text(root: &Path) -> anyhow::Result<String> {
    let read = |path: &str| {
        std::fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {}", root.join(path).display()))
    };
    let mut out = String::new();
    for line in read("tests/data/wordings.tsv")?.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(protocol), Some(reply)) = (columns.next(), columns.next()) else {
            return Err(anyhow!("tests/data/wordings.tsv: {line}: expected protocol and reply"));
        };
        out.push_str(&question(protocol, reply));
    }
    let catalog: Value = serde_json::from_str(&read("generated/catalog.json")?)?;
    for rule in array(&catalog["rules"]) {
        let protocol = rule["when"]["protocol"].as_str();
        for example in array(&rule["yes"]).iter().chain(array(&rule["no"])).filter_map(Value::as_str) {
            for known in Protocol::ALL.iter().filter(|known| protocol.is_none_or(|id| known.id() == id)) {
                out.push_str(&question(known.id(), example));
            }
        }
    }
    for file in ["tests/data/cases.jsonl", "tests/data/forms.jsonl"] {
        for line in read(file)?.lines() {
            let case: Value = serde_json::from_str(line).with_context(|| format!("{file}: {line}"))?;
            let input = match case["input_b64"].as_str() {
                Some(encoded) => base64(encoded).ok_or_else(|| anyhow!("{file}: not base64: {encoded}"))?,
                None => case["input"].as_str().unwrap_or_default().as_bytes().to_vec(),
            };
            let hint = case["hint"].as_str().unwrap_or("-");
            let bytes = escaped(&input);
            out.push_str(&format!("incident {hint} {bytes}\n"));
            let expect = &case["expect"];
            let protocol = expect["protocol"].as_str().unwrap_or("smtp");
            let (code, status) = (expect["code"].as_u64().unwrap_or(0), expect["enhanced"].as_str());
            // `6.6.0` has no class of RFC 3463.
            let status = status.filter(|text| text.parse::<replycode::Enhanced>().is_ok()).unwrap_or("-");
            out.push_str(&format!("reply {protocol} {code} {status} - {bytes}\n"));
        }
    }
    Ok(out)
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A reply as rules and wordings write it: `RCPT -> 550 5.1.1 words`, where everything but the words may be missing.
fn question(protocol: &str, reply: &str) -> String {
    let (verb, reply) = reply.split_once(" -> ").unwrap_or(("-", reply));
    let (code, rest) = match reply.get(..3).filter(|digits| digits.parse::<replycode::ReplyCode>().is_ok()) {
        Some(digits) => (digits, reply.get(4..).unwrap_or("")),
        None => ("0", reply),
    };
    let (first, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let (status, text) = match first.parse::<replycode::Enhanced>() {
        Ok(_) => (first, words),
        Err(_) => ("-", rest),
    };
    format!("reply {protocol} {code} {status} {verb} {}\n", escaped(text.as_bytes()))
}

/// Bytes from blank to `~` but the backslash as they are, every other one as `\x` and two hexadecimal digits.
fn escaped(bytes: &[u8]) -> String {
    let mut out = String::new();
    for &byte in bytes {
        match byte {
            b' '..=b'~' if byte != b'\\' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out
}

fn base64(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let digit = DIGITS.iter().position(|own| *own == byte)?;
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{base64, escaped, question};

    #[test]
    fn questions_are_written() {
        assert_eq!(question("smtp", "RCPT -> 550 5.1.1 no\tone"), "reply smtp 550 5.1.1 RCPT no\\x09one\n");
        assert_eq!(question("ftp", "Login failed"), "reply ftp 0 - - Login failed\n");
        assert_eq!(question("ftp", "530"), "reply ftp 530 - - \n");
        assert_eq!(escaped("a\\é".as_bytes()), "a\\x5c\\xc3\\xa9");
        assert_eq!(base64("aGkgw6k=").as_deref(), Some("hi é".as_bytes()));
        assert_eq!(base64("a*"), None);
    }
}
