//! Writes a log of BYTES to standard output, and the truth about it to standard error: `generate BYTES [SEED]`.

use std::io::Write;

use log_generator::Generator;

fn main() -> std::io::Result<()> {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse::<u64>().expect("a number"));
    let bytes = numbers.next().expect("how many bytes");
    let mut generator = Generator::new(numbers.next().unwrap_or(1));
    let mut out = std::io::stdout().lock();
    let mut log = Vec::new();
    while generator.truth().bytes < bytes {
        log.clear();
        generator.fill(&mut log, (bytes - generator.truth().bytes).min(1 << 20) as usize);
        out.write_all(&log)?;
    }
    eprint!("{}", generator.truth());
    Ok(())
}
