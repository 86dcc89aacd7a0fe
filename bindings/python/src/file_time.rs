//! `FileTime`: a point in time as an FTP server writes it.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

/// A point in time, UTC, as an FTP server writes it (RFC 3659 section 2.3): the modification time of a 213 reply.
///
/// >>> import replycode
/// >>> time = replycode.parse(b"213 19980615100045.014\r\n", "ftp").modification_time
/// >>> time
/// <FileTime 1998-06-15 10:00:45.014>
/// >>> time.year, time.month, time.day, time.hour, time.minute, time.second, time.fraction
/// (1998, 6, 15, 10, 0, 45, '014')
///
/// The numbers are what the server wrote, each within its range: the second may be 60, the day 31 in any month. Frozen,
/// hashable, picklable.
#[pyclass(module = "replycode", frozen, eq, hash, get_all)]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct FileTime {
    /// 0 to 9999.
    year: u16,
    /// 1 to 12.
    month: u8,
    /// 1 to 31.
    day: u8,
    /// 0 to 23.
    hour: u8,
    /// 0 to 59.
    minute: u8,
    /// 0 to 60.
    second: u8,
    /// The digits after the decimal point, as a str; empty if there are none.
    fraction: String,
}

impl From<replycode::FileTime<'_>> for FileTime {
    fn from(time: replycode::FileTime<'_>) -> Self {
        let replycode::FileTime { year, month, day, hour, minute, second, fraction } = time;
        FileTime { year, month, day, hour, minute, second, fraction: fraction.to_owned() }
    }
}

#[pymethods]
impl FileTime {
    /// The time that was pickled.
    #[new]
    fn new(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8, fraction: String) -> Self {
        FileTime { year, month, day, hour, minute, second, fraction }
    }

    /// The time as an aware `datetime.datetime` in UTC, to the microsecond. A leap second is the start of the next
    /// minute, as it is in POSIX. ValueError if there is no such day.
    ///
    /// >>> import replycode
    /// >>> replycode.parse(b"213 20161231235960\r\n", "ftp").modification_time.datetime().isoformat()
    /// '2017-01-01T00:00:00+00:00'
    fn datetime<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let module = py.import("datetime")?;
        let digits = self.fraction.bytes().chain(std::iter::repeat(b'0')).take(6);
        let microseconds = digits.fold(0u32, |n, digit| n * 10 + u32::from(digit - b'0'));
        let utc = module.getattr("timezone")?.getattr("utc")?;
        let minute =
            module.getattr("datetime")?.call1((self.year, self.month, self.day, self.hour, self.minute, 0, 0, utc))?;
        let parts = PyDict::new(py);
        parts.set_item("seconds", self.second)?;
        parts.set_item("microseconds", microseconds)?;
        minute.add(module.getattr("timedelta")?.call((), Some(&parts))?)
    }

    fn __str__(&self) -> String {
        let FileTime { year, month, day, hour, minute, second, fraction } = self;
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}{point}{fraction}")
    }

    fn __repr__(&self) -> String {
        format!("<FileTime {}>", self.__str__())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyAny>, Parts<'py>) {
        let FileTime { year, month, day, hour, minute, second, fraction } = self;
        let parts = (*year, *month, *day, *hour, *minute, *second, PyString::new(py, fraction));
        (py.get_type::<Self>().into_any(), parts)
    }
}

/// What `pickle` makes a time from again.
type Parts<'py> = (u16, u8, u8, u8, u8, u8, Bound<'py, PyString>);
