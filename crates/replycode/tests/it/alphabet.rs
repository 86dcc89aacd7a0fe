//! An alphabet that looks like the protocol, for whoever makes inputs at random. The fuzz target includes this file.

use replycode::Rules;

use crate::check::all_rules;

/// What the control characters other than NUL, tab, LF and CR stand for.
pub const PIECES: [&[u8]; 28] = [
    b"\r\n",
    b"220 ",
    b"220-",
    b"250 ",
    b"250-",
    b"550 ",
    b"550-",
    b"421 ",
    b"354 ",
    b"150 ",
    b"631-",
    b"999 ",
    b"099 ",
    b"22",
    b"5.1.1 ",
    b"5.7.26 ",
    b"2.0.0 ",
    b"4.7.1",
    b"#5.1.1 ",
    b"5.01.1 ",
    b"3.0.0 ",
    b"5.1000.1 ",
    b"220\r\n",
    b"  234 padded\r\n",
    b"\xe3\x83\x95",
    b"\x83G",
    b"\r\r\n",
    b"a longer text, of more than one word of the machine",
];

/// The rules and the bytes that an input stands for: its first byte chooses the rules, the others stand for themselves
/// or for one of the pieces. Nearly every text is its own input.
pub fn decode(input: &[u8]) -> (Rules, Vec<u8>) {
    let (rules, rest) = input.split_first().unwrap_or((&0, &[]));
    let choices: Vec<Rules> = all_rules().collect();
    let bytes = rest.iter().flat_map(|byte| match byte {
        1..=8 => PIECES[usize::from(*byte) - 1].to_vec(),
        0x0b..=0x0c => PIECES[usize::from(*byte) - 3].to_vec(),
        0x0e..=0x1f => PIECES[usize::from(*byte) - 4].to_vec(),
        _ => vec![*byte],
    });
    (choices[usize::from(*rules) % choices.len()], bytes.collect())
}
