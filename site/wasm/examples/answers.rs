//! What the library says of texts: reads texts in hexadecimal digits, a line each, and prints its answers, a line each. The browser
//! tests compare them with what the page says.

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let (input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut out = vec![0; 160 * 1024];
    for line in input.lines() {
        let text = unhex(line?.trim())?;
        let length = replycode_wasm::answer(&text, None, &mut out);
        output.write_all(&out[..length])?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

/// Texts come as hexadecimal digits: they hold any bytes, line ends too.
fn unhex(digits: &str) -> io::Result<Vec<u8>> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, "a line is not a text in hexadecimal digits");
    let pair = |at| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).ok_or_else(wrong);
    (0..digits.len()).step_by(2).map(pair).collect()
}
