//! Functions that the object has for itself alone.
//!
//! Compilers call `memcpy` and the like for copies too large to be written out. The object has its own
//! (bindings/c/src/mem.rs); here they get names of ours, so that they take nobody's place.

use anyhow::{Context, anyhow};
use object::read::elf::{ElfFile32, ElfFile64};
use object::{Object, ObjectSection, ObjectSymbol};

/// The beginnings of their names: on Arm those of the run-time interface as well.
const NAMES: [&str; 9] = [
    "memcpy",
    "memmove",
    "memset",
    "memcmp",
    "bcmp",
    "__aeabi_memcpy",
    "__aeabi_memmove",
    "__aeabi_memset",
    "__aeabi_memclr",
];

/// Whether the library brings it for itself.
fn is_own(name: &str) -> bool {
    NAMES.contains(&name.trim_end_matches(['4', '8']))
}

/// The object with these functions hidden from shared libraries and under other names. Nothing else changes: the names
/// go into a new table of names at the end of the file.
pub(super) fn rename(mut object: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let place = Places::of(&object)?;
    if place.own.is_empty() {
        return Ok(object);
    }
    let old = object.get(place.names.0..place.names.0 + place.names.1).context("the table of names is cut off")?;
    let mut names = old.to_vec();
    for (symbol, name) in &place.own {
        let start = u32::try_from(names.len()).context("too many names")?;
        names.extend(format!("rc_own_{}\0", name.trim_start_matches('_')).bytes());
        place.number(&mut object, *symbol, 4, u64::from(start))?;
        // st_other: STV_HIDDEN.
        let other = symbol + if place.wide { 5 } else { 13 };
        *object.get_mut(other).context("the table of symbols is cut off")? |= object::elf::STV_HIDDEN;
    }
    let (start, length) = (object.len() as u64, names.len() as u64);
    object.extend(names);
    let word = if place.wide { 8 } else { 4 };
    // sh_offset and sh_size of the table of names.
    let header = place.header + if place.wide { 24 } else { 16 };
    place.number(&mut object, header, word, start)?;
    place.number(&mut object, header + word, word, length)?;
    Ok(object)
}

/// Where things are in an ELF file.
struct Places {
    wide: bool,
    little: bool,
    /// The header of the section with the symbols' names.
    header: usize,
    /// Where these names are, and how many bytes.
    names: (usize, usize),
    /// The places of our functions' symbols, and their names.
    own: Vec<(usize, String)>,
}

impl Places {
    fn of(bytes: &[u8]) -> anyhow::Result<Places> {
        let object = object::File::parse(bytes).context("the object cannot be read")?;
        let (wide, little) = (object.is_64(), object.is_little_endian());
        let table = |name: &str| {
            let section = object.section_by_name(name).ok_or_else(|| anyhow!("the object has no {name}"))?;
            let (start, length) = section.file_range().ok_or_else(|| anyhow!("{name} is empty"))?;
            anyhow::Ok((section.index().0, usize::try_from(start)?, usize::try_from(length)?))
        };
        let (_, symbols, _) = table(".symtab")?;
        let (index, start, length) = table(".strtab")?;
        let headers: usize = match wide {
            true => {
                ElfFile64::<object::Endianness>::parse(bytes)?.elf_header().e_shoff.get(endian(little)).try_into()?
            }
            false => {
                ElfFile32::<object::Endianness>::parse(bytes)?.elf_header().e_shoff.get(endian(little)).try_into()?
            }
        };
        let (symbol_size, header_size) = if wide { (24, 64) } else { (16, 40) };
        let own = object.symbols().filter(|symbol| symbol.is_definition() && symbol.name().is_ok_and(is_own));
        let own = own.map(|symbol| Ok((symbols + symbol.index().0 * symbol_size, symbol.name()?.to_owned())));
        let own = own.collect::<anyhow::Result<_>>()?;
        Ok(Places { wide, little, header: headers + index * header_size, names: (start, length), own })
    }

    /// Writes a number of so many bytes.
    fn number(&self, bytes: &mut [u8], place: usize, length: usize, value: u64) -> anyhow::Result<()> {
        let target = bytes.get_mut(place..place + length).context("the object is cut off")?;
        match self.little {
            true => target.copy_from_slice(&value.to_le_bytes()[..length]),
            false => target.copy_from_slice(&value.to_be_bytes()[8 - length..]),
        }
        Ok(())
    }
}

fn endian(little: bool) -> object::Endianness {
    if little { object::Endianness::Little } else { object::Endianness::Big }
}
