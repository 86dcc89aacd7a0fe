//! What machines read in a reply's text.

use core::ffi::{c_char, c_int, c_ushort};

use crate::memory::{bytes_mut, give};
use crate::reading::{give_bytes, reply_of};
use crate::types::{rc_address, rc_file_time, rc_reply};

/// FTP 227: where the server awaits the data connection. Fills *out, unless NULL, and returns 1; returns 0 for any other
/// reply and where there is no address. The host is what the server believes its address to be: behind address
/// translation it may be wrong.
///
///     rc_address address;
///     rc_reply reply;
///     rc_parse(RC_FTP, 0, "227 Entering Passive Mode (192,0,2,7,19,137).\r\n", 47, &reply);
///     assert(rc_passive_address(&reply, &address) == 1);
///     assert(address.host[0] == 192 && address.host[3] == 7 && address.port == 5001);
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `out` is null or points to memory for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_passive_address(reply: *const rc_reply, out: *mut rc_address) -> c_int {
    // SAFETY: the caller's promise, here and below.
    let Some(address) = unsafe { reply_of(reply) }.and_then(|reply| reply.passive_address()) else {
        return 0;
    };
    unsafe { give(out, rc_address { host: address.ip().octets(), port: address.port() }) };
    1
}

/// FTP 229: the port on which the server awaits the data connection. 0 for any other reply and where there is none.
///
///     rc_reply reply;
///     rc_parse(RC_FTP, 0, "229 Entering Extended Passive Mode (|||6446|)\r\n", 47, &reply);
///     assert(rc_extended_passive_port(&reply) == 6446);
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_extended_passive_port(reply: *const rc_reply) -> c_ushort {
    // SAFETY: the caller's promise.
    unsafe { reply_of(reply) }.and_then(|reply| reply.extended_passive_port()).unwrap_or(0)
}

/// FTP 257: the path name in quotes, with quotes inside undoubled. Copies as much as fits into cap bytes, without a NUL,
/// gives the length of the whole in *length (unless NULL), and returns 1; returns 0 for any other reply and where there
/// is none. buffer may be NULL with cap 0.
///
///     char path[64];
///     size_t length;
///     rc_reply reply;
///     rc_parse(RC_FTP, 0, "257 \"/a\"\"b\" created\r\n", 22, &reply);
///     assert(rc_pathname(&reply, path, sizeof(path), &length) == 1);
///     assert(length == 4 && memcmp(path, "/a\"b", 4) == 0);
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `buffer` is null or points to `cap` bytes, `length`
/// to memory for one or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_pathname(
    reply: *const rc_reply,
    buffer: *mut c_char,
    cap: usize,
    length: *mut usize,
) -> c_int {
    // SAFETY: the caller's promise, here and below.
    let Some(path) = unsafe { reply_of(reply) }.and_then(|reply| reply.pathname()) else {
        return 0;
    };
    let whole = path.copy_to(unsafe { bytes_mut(buffer, cap) });
    unsafe { give(length, whole) };
    1
}

/// FTP 213 to SIZE: the number of bytes as decimal digits, for whatever integer is wide enough. Gives *digits and
/// *length (either may be NULL) and returns 1; returns 0 for any other reply and where there is none. The digits lie in
/// the reply's bytes and end with the length. A time is made of digits as well: ask for what the command was.
///
///     const char *digits;
///     size_t length;
///     rc_reply reply;
///     rc_parse(RC_FTP, 0, "213 68719476736\r\n", 17, &reply);
///     assert(rc_file_size(&reply, &digits, &length) == 1 && length == 11 && digits[0] == '6');
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `digits` and `length` are null or point to memory
/// for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_file_size(reply: *const rc_reply, digits: *mut *const c_char, length: *mut usize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { give_bytes(reply_of(reply).and_then(|reply| reply.file_size()).map(str::as_bytes), digits, length) }
}

/// FTP 213 to MDTM: the modification time. Fills *out, unless NULL, and returns 1; returns 0 for any other reply and
/// where there is none.
///
///     rc_file_time time;
///     rc_reply reply;
///     rc_parse(RC_FTP, 0, "213 19980615100045.014\r\n", 24, &reply);
///     assert(rc_modification_time(&reply, &time) == 1);
///     assert(time.year == 1998 && time.second == 45 && time.fraction_length == 3 && time.fraction[2] == '4');
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `out` is null or points to memory for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_modification_time(reply: *const rc_reply, out: *mut rc_file_time) -> c_int {
    // SAFETY: the caller's promise, here and below.
    let Some(time) = unsafe { reply_of(reply) }.and_then(|reply| reply.modification_time()) else {
        return 0;
    };
    let time = rc_file_time {
        fraction: time.fraction.as_ptr().cast(),
        fraction_length: time.fraction.len(),
        year: time.year,
        month: time.month,
        day: time.day,
        hour: time.hour,
        minute: time.minute,
        second: time.second,
        reserved: 0,
    };
    unsafe { give(out, time) };
    1
}

/// SMTP 220, 221 and 421: the server's name, a domain with a full stop in it or an address in brackets, if the text
/// begins with one. Gives *name and *length (either may be NULL) and returns 1; returns 0 for any other reply and where
/// there is none. The name lies in the reply's bytes and ends with the length.
///
///     const char *name;
///     size_t length;
///     rc_reply reply;
///     rc_parse(RC_SMTP, 0, "421 4.4.2 mx.example.com Error\r\n", 32, &reply);
///     assert(rc_domain(&reply, &name, &length) == 1 && length == 14 && memcmp(name, "mx.example.com", 14) == 0);
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `name` and `length` are null or point to memory for
/// one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_domain(reply: *const rc_reply, name: *mut *const c_char, length: *mut usize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { give_bytes(reply_of(reply).and_then(|reply| reply.domain()).map(str::as_bytes), name, length) }
}

/// SMTP 251 and 551: the address to use instead, without its angle brackets. Gives *path and *length (either may be
/// NULL) and returns 1; returns 0 for any other reply and where there is none. The path lies in the reply's bytes and
/// ends with the length.
///
///     const char *path;
///     size_t length;
///     rc_reply reply;
///     rc_parse(RC_SMTP, 0, "551 please try <bob@example.net>\r\n", 34, &reply);
///     assert(rc_forward_path(&reply, &path, &length) == 1 && length == 15 && path[0] == 'b');
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `path` and `length` are null or point to memory for
/// one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_forward_path(
    reply: *const rc_reply,
    path: *mut *const c_char,
    length: *mut usize,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { give_bytes(reply_of(reply).and_then(|reply| reply.forward_path()).map(str::as_bytes), path, length) }
}
