//! The corpus file: what its columns mean is written in its first lines.

use replycode::{Mode, Rules};

pub struct Case {
    pub line: usize,
    pub name: &'static str,
    pub rules: Vec<Rules>,
    pub input: Vec<u8>,
    pub event: &'static str,
    pub consumed: usize,
    /// The columns after `consumed`.
    pub result: Vec<&'static str>,
}

pub fn cases() -> Vec<Case> {
    let lines = include_str!("../data/replies.txt").lines().enumerate();
    lines.filter(|(_, line)| !line.starts_with('#')).map(|(at, line)| case(at + 1, line)).collect()
}

fn case(line: usize, text: &'static str) -> Case {
    let columns: Vec<&str> = text.split('\t').collect();
    let [name, protocol, rules, input, event, consumed, result @ ..] = &columns[..] else {
        panic!("line {line}: {text}")
    };
    assert_eq!(result.len(), 6, "line {line}: {text}");
    let base = Rules::new(protocol.parse().expect("a protocol"));
    let rules = rules.split(',').map(|rules| match rules {
        "any-code" => base.end_at_any_code(),
        mode => base.with_mode(mode.parse::<Mode>().expect("a mode")),
    });
    let consumed = consumed.parse().expect("a number");
    Case { line, name, rules: rules.collect(), input: unescape(input), event, consumed, result: result.to_vec() }
}

pub fn unescape(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        rest = &rest[first.len_utf8()..];
        match first {
            '\\' => {
                let (escape, after) = rest.split_at(1);
                rest = after;
                bytes.push(match escape {
                    "r" => b'\r',
                    "n" => b'\n',
                    "t" => b'\t',
                    "x" => {
                        let (digits, after) = rest.split_at(2);
                        rest = after;
                        u8::from_str_radix(digits, 16).expect("two hexadecimal digits")
                    }
                    "\\" | "{" | "}" => escape.as_bytes()[0],
                    _ => panic!("unknown escape \\{escape} in {text}"),
                });
            }
            '{' => {
                let (repeat, after) = rest.split_once('}').expect("a closing brace");
                let (times, what) = repeat.split_once('*').expect("a number and a star");
                rest = after;
                bytes.extend(unescape(what).repeat(times.parse().expect("a number")));
            }
            _ => bytes.extend(first.to_string().bytes()),
        }
    }
    bytes
}
