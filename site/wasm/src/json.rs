//! Writing JSON into a buffer of fixed size.

/// JSON as it grows.
pub(crate) struct Json<'a> {
    out: &'a mut [u8],
    len: usize,
    /// Set when something did not fit: half an answer is none.
    full: bool,
}

impl<'a> Json<'a> {
    pub(crate) fn new(out: &'a mut [u8]) -> Self {
        Json { out, len: 0, full: false }
    }

    /// How much was written; 0 if not all of it fitted.
    pub(crate) fn len(&self) -> usize {
        if self.full { 0 } else { self.len }
    }

    /// Text as it is.
    pub(crate) fn text(&mut self, text: &str) {
        for &byte in text.as_bytes() {
            match self.out.get_mut(self.len) {
                Some(place) => {
                    *place = byte;
                    self.len += 1;
                }
                None => self.full = true,
            }
        }
    }

    /// A number.
    pub(crate) fn number(&mut self, mut number: usize) {
        let mut digits = [b'0'; 20];
        let mut len = 0;
        for digit in digits.iter_mut().rev() {
            *digit += (number % 10) as u8;
            number /= 10;
            len += 1;
            if number == 0 {
                break;
            }
        }
        let digits = digits.get(digits.len() - len..).unwrap_or(&[]);
        self.text(core::str::from_utf8(digits).unwrap_or(""));
    }

    /// An id in quotes, or null. Ids have no character that JSON would escape.
    pub(crate) fn id(&mut self, id: Option<&str>) {
        match id {
            Some(id) => {
                self.text("\"");
                self.text(id);
                self.text("\"");
            }
            None => self.text("null"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn numbers_and_ids() {
        let mut out = [0; 64];
        let mut json = Json::new(&mut out);
        for number in [0, 7, 10, 550, 4_294_967_295] {
            json.number(number);
            json.text(" ");
        }
        json.id(Some("bare-lf"));
        json.id(None);
        let len = json.len();
        assert_eq!(&out[..len], b"0 7 10 550 4294967295 \"bare-lf\"null");
    }
}
