//! The words that tell a reply from any other number: data only.
//!
//! ASCII words are lower case and compared without case; other scripts are compared byte by byte as UTF-8.

use crate::list::{Hash, List, list, set};

/// What a word before a number makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The number is a code: `code`, `error`.
    Code,
    /// What follows is a server's reply: `said`, `response`.
    Reply,
    /// What follows is what the client sent.
    Client,
    /// The number counts or measures something else: `line`, `port`, `pid`.
    Other,
    /// Nothing is known of the word.
    Unknown,
}

set! {
    static CODE = [
    "code", "codes", "errorcode", "errcode", "responsecode", "replycode", "returncode", "retcode", "statuscode",
    "smtpcode", "ftpcode", "smtp_code", "ftp_code", "error_code", "response_code", "reply_code", "return_code",
    "status_code", "bounce_code", "smtp-code", "error-code", "response-code", "codigo", "código", "codice", "kod",
    "fehlercode", "antwortcode", "error", "errno", "err", "erreur", "fehler", "errore", "erro", "fout", "fel", "błąd",
    "hata", "ng", "ошибка", "ошибки", "код", "コード", "エラー", "错误", "错误码", "代码", "状态码",
]
}

set! {
    static REPLY = [
    "response", "responses", "reply", "replied", "said", "says", "answer", "answered", "responded", "returned",
    "returns", "got", "received", "recv", "rcvd", "rx", "in", "read", "server", "s", "srv", "resp", "get", "welcome",
    "antwort", "réponse", "reponse", "respuesta", "risposta", "resposta", "antwoord", "odpowiedź", "svar", "yanıt", "odpověď", "válasz", "vastaus", "răspuns", "ответ", "Ответ", "відповідь", "Відповідь",
    "応答", "レスポンス", "响应", "回應", "응답", "smtp", "esmtp", "lmtp", "ftp", "ftps", "reason", "message", "msg", "text",
    "detail", "details", "description", "diagnostic", "diagnostic-code", "stat", "result", "cause", "err", "refused",
    "rejected", "bounced", "deferred", "failed", "failure", "denied", "fail", "with", "by", "a", "an", "led", "lrt",
    "replystring", "_replystring",
]
}

set! {
    static CLIENT = [
    "command", "commands", "befehl", "commande", "comando", "polecenie", "komenda", "befehl", "opdracht", "komut", "příkaz", "parancs", "kommando", "команда", "Команда", "コマンド", "命令", "send", "sent",
    "sending", "tx", "out", "put", "c", "client", "cmd",
]
}

set! {
    static OTHER = [
    "line", "lines", "ln", "l", "row", "col", "column", "char", "offset", "position", "pos", "index", "port", "ports",
    "pid", "ppid", "tid", "uid", "gid", "id", "job", "task", "session", "thread", "process", "size", "length", "len",
    "bytes", "byte", "count", "counter", "total", "sum", "number", "num", "no", "nr", "timeout", "delay", "delays",
    "xdelay", "elapsed", "time", "times", "duration", "took", "after", "wait", "waited", "retry", "retries",
    "attempt", "attempts", "every", "max", "min", "maximum", "minimum", "limit", "over", "under", "about", "version",
    "release", "build", "level", "priority", "pri", "page", "pages", "item", "items", "step", "frame", "frames",
    "files", "file", "users", "connections", "used", "free", "heap", "memory", "buffer", "rate", "speed", "quality",
    "width", "height", "fps", "age", "ttl", "expires", "rfc", "rfcs", "rfc822", "http", "https", "issue", "bug",
    "ticket", "pr", "kb", "phone", "tel", "fax", "room", "ext", "year", "day", "days", "week", "month", "chmod",
    "mode", "perm", "permissions", "umask", "exit", "exitcode", "signal", "rev", "revision", "sent_bytes", "won",
    "score", "nrcpts", "class", "seq", "channel", "temperature", "top", "postfix", "success", "succeeded", "passed",
    "transferred", "checks", "remaining", "wrote", "written", "sends", "at", "of", "to", "from", "for", "than", "and",
    "or", "the", "per", "only", "up", "between", "until", "since", "in-flight", "req", "reqs",
]
}

/// What a word makes of the number after it.
pub(crate) fn role(word: &[u8]) -> Role {
    let hash = Hash::of(word);
    if CODE.place_of(word, hash).is_some() {
        Role::Code
    } else if REPLY.place_of(word, hash).is_some() {
        Role::Reply
    } else if CLIENT.place_of(word, hash).is_some() {
        Role::Client
    } else if OTHER.place_of(word, hash).is_some() {
        Role::Other
    } else if code_suffix(word) {
        Role::Code
    } else if reply_name(word) {
        Role::Reply
    } else {
        Role::Unknown
    }
}

/// Names of exceptions, such as `SMTPDataError`, and verbs: `unexpected response to STOR: 553`.
fn reply_name(word: &[u8]) -> bool {
    let last = word.rsplit(|byte| matches!(byte, b'.' | b'$')).next().unwrap_or(word);
    // The last letters of all three.
    let may = matches!(last.last(), Some(b'r' | b'R' | b'n' | b'N' | b'y' | b'Y'));
    let exception = may
        && list!["error", "exception", "busy"]
            .iter()
            .any(|end| last.len() > end.len() && crate::bytes::ends_with(last, last.len(), end));
    exception || crate::command::step_of_word(last).is_some()
}

/// `responseCode`, `smtpReplyCode`, `last_smtp_code`, `エラーコード`, but not `zipcode`, `exitCode`, `barcode`.
fn code_suffix(word: &[u8]) -> bool {
    // `exitCode`, and settings such as `unknown_client_reject_code = 450`.
    const NO: List = list!["exit", "zip", "postal", "area", "country", "http", "reject", "defer", "default", "invalid"];
    let wide = word.last().is_some_and(|&byte| byte >= 0x80);
    if wide && list!["コード", "エラー", "代码", "错误码"].iter().any(|end| word.ends_with(end.as_bytes())) {
        return true;
    }
    let Some((head, tail)) = word.split_last_chunk::<4>() else { return false };
    let joint = matches!(head.last(), Some(b'_' | b'-')) || tail.starts_with(b"C");
    tail.eq_ignore_ascii_case(b"code") && joint && !NO.iter().any(|no| crate::bytes::contains(head, no))
}

set! {
    /// First words behind a number that make it a count or a measure.
    pub(crate) static UNITS = [
    "bytes", "byte", "b", "kb", "mb", "gb", "kib", "mib", "gib", "kbytes", "kbit", "kbps", "mbps", "bits", "bit",
    "ms", "msec", "milliseconds", "us", "s", "sec", "secs", "seconds", "second", "minutes", "minute", "min", "mins",
    "hours", "hour", "days", "day", "weeks", "months", "years", "times", "files", "folders", "directories", "items",
    "entries", "records", "rows", "lines", "pages", "pixels", "px", "dpi", "fps", "frames", "hz", "khz", "mhz", "ghz",
    "percent", "points", "mails", "emails", "messages", "recipients", "users", "clients", "connections", "sessions",
    "packets", "requests", "errors", "warnings", "attempts", "retries", "of", "to", "x", "more", "total", "objects",
    "blocks", "chars", "characters", "words", "images", "photos", "pictures", "people", "usd", "eur", "and", "or",
    "downloads", "uploads", "upgraded", "insertions", "deletions", "packages",
]
}

/// What IMAP counts (RFC 9051): `* 250 EXISTS`.
pub(crate) const IMAP_COUNTS: List = list!["EXISTS", "RECENT", "EXPUNGE", "FETCH"];

/// Reason phrases of HTTP (RFC 9110) and of web servers that no mail or file server uses as its whole text.
#[rustfmt::skip]
pub(crate) const HTTP_PHRASES: List = list![
    "bad request", "unauthorized", "payment required", "forbidden", "not found", "method not allowed",
    "not acceptable", "proxy authentication required", "request timeout", "request time-out", "conflict", "gone",
    "length required", "precondition failed", "payload too large", "request entity too large",
    "unsupported media type", "too many requests", "internal server error", "not implemented", "bad gateway",
    "service temporarily unavailable", "gateway timeout", "gateway time-out", "moved permanently",
    "moved temporarily", "found", "see other", "not modified", "temporary redirect", "partial content", "created",
    "accepted", "no content",
];

set! {
    /// The first words of these phrases.
    pub(crate) static HTTP_HEADS: 64 = [
    "bad", "unauthorized", "payment", "forbidden", "not", "method", "proxy", "request", "conflict", "gone", "length",
    "precondition", "payload", "unsupported", "too", "internal", "service", "gateway", "moved", "found", "see",
    "temporary", "partial", "created", "accepted", "no",
]
}

set! {
    /// Words that name what a client wanted to hear.
    pub(crate) static EXPECTED = [
    "expect", "expected", "expecting", "expects", "want", "wanted", "waiting", "instead", "should", "erwartet",
    "erwarte", "erwartete", "attendu", "attendait", "esperado", "esperada", "esperaba", "esperava", "atteso", "verwacht", "oczekiwano", "ожидался", "ожидалось", "期待", "期望", "_expect", "waitfor", "expectedcode",
]
}

set! {
    /// Words that end the reach of [`EXPECTED`]: what follows is what the client did hear.
    pub(crate) static HEARD = [
    "got", "but", "received", "was", "returned", "saw", "actual", "erhalten", "reçu", "recibido", "found", "is",
    "not",
]
}

/// Words before a reply, a good one too: `got 250-Ok`.
pub(crate) const ANSWERS: List =
    list!["got", "received", "reply", "response", "recv", "rx", "in", "welcome", "returned"];

/// The same in more words.
pub(crate) const ANSWERED_WITH: List =
    list!["replies with", "replied with", "responds with", "responded with", "answers with", "answered with"];

/// What makes a reply of a number behind an article: `Got a 421 ftp-server response`.
pub(crate) const HEARD_ONE: List =
    list!["got a", "got an", "received a", "received an", "returned a", "returned an", "gives a", "with a"];

set! {
    /// Words of mail; a reply with them around is SMTP's.
    static SMTP_WORDS = [
    "smtp", "esmtp", "lmtp", "smtps", "smtplib", "smtpd", "mail", "email", "e-mail", "mails", "emails", "mailer",
    "mailbox", "recipient", "recipients", "rcpt", "sender", "relay", "relaying", "ehlo", "helo", "lhlo", "starttls",
    "gsmtp", "postfix", "exim", "sendmail", "qmail", "nodemailer", "phpmailer", "swift", "mailkit", "gomail",
    "lettre", "spam", "dmarc", "spf", "dkim", "queued", "bounce", "bounced", "bouncing", "mta", "mx", "message-id",
    "greylisted", "greylisting", "spamhaus", "rbl", "dnsbl", "postmaster", "smarthost", "outbound", "smtpclient",
    "deliver", "delivery", "undeliverable", "undelivered", "smtperror", "dsn", "mailing", "メール", "почта", "邮件",
    "smtpauthenticationerror", "smtprecipientsrefused", "smtpsenderrefused", "smtpdataerror", "smtptransport",
    "unsolicited", "dns", "blacklisted", "blocklisted", "mailserver", "smtpexception", "8bitmime", "pipelining",
    "enhancedstatuscodes", "chunking", "smtputf8", "cram-md5", "messages", "listmonk", "alertmanager",
]
}

set! {
    /// Words of file transfer; a reply with them around is FTP's.
    static FTP_WORDS = [
    "ftp", "ftps", "ftplib", "ftpd", "ftpes", "ftpserver", "ftpclient", "vsftpd", "proftpd", "pure-ftpd", "pureftpd",
    "pyftpdlib", "lftp", "curlftpfs", "filezilla", "fluentftp", "winscp", "rclone", "suppaftp", "goftp", "basic-ftp",
    "ncftp", "wget", "ftpput", "ftpget", "ftperror", "pasv", "epsv", "eprt", "stor", "retr", "mlsd", "mlst", "cwd",
    "nlst", "mdtm", "mkd", "rmd", "dele", "rnfr", "rnto", "appe", "pbsz", "feat", "syst", "pwd", "abor", "allo",
    "directory", "directories", "folder", "file", "files", "filename", "upload", "uploading", "uploaded", "download",
    "downloading", "passive", "anonymous", "transfer", "error_perm", "error_temp", "error_reply", "ftppermerror",
    "ftptemperror", "ftpreplyerror", "overwrite", "rename", "unix", "retrbinary", "storbinary", "prot",
    "ftpexception", "ftpcommandexception", "non-anonymous", "ftperrors", "sftp", "ftpconnector",
]
}

/// Phrases of more than one word that name file transfer.
#[rustfmt::skip]
pub(crate) const FTP_PHRASES: List = list![
    "data connection", "data channel", "control connection", "control channel", "user logged in",
    "user cannot log in", "login incorrect", "not logged in", "need password", "specify the password",
    "password required", "login successful", "permission denied", "access is denied", "users try again later",
    "login with user", "can't open", "home directory", "max-retries exceeded",
];

set! {
    /// The first words of these phrases.
    static FTP_HEADS: 32 = [
    "data", "control", "user", "login", "not", "need", "specify", "password", "permission", "access", "users", "can",
    "home", "max-retries",
]
}

/// What a word says of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weighed {
    /// It is SMTP's.
    Smtp,
    /// It is FTP's.
    Ftp,
    /// It may be the first word of a phrase that is FTP's.
    Head,
}

/// What a word with this hash says of the protocol.
#[inline]
pub(crate) fn weighed(word: &[u8], hash: Hash) -> Option<Weighed> {
    if SMTP_WORDS.place_of(word, hash).is_some() {
        Some(Weighed::Smtp)
    } else if FTP_WORDS.place_of(word, hash).is_some() {
        Some(Weighed::Ftp)
    } else {
        FTP_HEADS.place_of(word, hash).map(|_| Weighed::Head)
    }
}

/// Sentences that clients print in the shape of a reply though no server sent it: those of the `ftp` program of BSD.
pub(crate) const FTP_CLIENT_WORDS: List = list![
    "service not available, remote server has closed connection",
    "service not available, remote server timed out",
    "service not available, user interrupt",
];

/// The same of mail: Twisted's.
pub(crate) const SMTP_CLIENT_WORDS: List = list!["no recipients accepted"];

/// A family of causes below or beside the protocol, and the words that name it.
#[rustfmt::skip]
pub(crate) const HTTP_WORDS: List = list![
    "http/1.0", "http/1.1", "http/2", "http/2.0", "bad request", "bad gateway", "gateway timeout",
    "internal server error", "messagerejected", "sendrawemail", "invalidclienttokenid", "status code",
];

/// Words of the TLS layer.
#[rustfmt::skip]
pub(crate) const TLS_WORDS: List = list![
    "ssl_error", "sslerror", "ssl3_get_record", "ssl routines", "handshake failure", "handshake failed",
    "tls handshake", "certificate verify failed", "certificate has expired", "self signed certificate",
    "self-signed certificate", "unable to verify the first certificate", "wrong version number", "x509:",
    "certificate is not trusted", "sslhandshakeexception", "peer certificate",
];

/// Words of the operating system's sockets and resolver.
#[rustfmt::skip]
pub(crate) const SYSTEM_WORDS: List = list![
    "econnrefused", "etimedout", "econnreset", "ehostunreach", "enetunreach", "enotfound", "eai_again", "epipe",
    "connection refused", "connection timed out", "connection reset", "no route to host", "network is unreachable",
    "host is down", "broken pipe", "name or service not known", "temporary failure in name resolution",
    "could not resolve host", "no such host", "getaddrinfo", "gaierror", "i/o timeout", "name service error",
    "nodename nor servname",
];

/// Whether a short list has a word; ASCII without case.
pub(crate) fn has(list: List, word: &[u8]) -> bool {
    list.has(word)
}

set! {
    /// Words that servers' replies are made of. One of them makes a reply of a bare number at the beginning of a line.
    pub(crate) static REPLY_WORDS = [
    "ok", "okay", "denied", "failed", "failure", "fail", "error", "unable", "cannot", "can't", "couldn't", "could",
    "not", "no", "refused", "rejected", "reject", "invalid", "unknown", "timeout", "timed", "too", "unavailable",
    "try", "illegal", "bad", "exceeded", "syntax", "command", "login", "logged", "user", "sorry", "password",
    "authentication", "auth", "service", "ready", "welcome", "access", "permission", "blocked", "requested", "action",
    "mailbox", "quota", "full", "disk", "space", "unrecognized", "unrecognised", "unimplemented", "implemented",
    "understood", "accepted", "closing", "closed", "goodbye", "bye", "connection", "temporarily", "temporary",
    "later", "must", "required", "need", "exists", "exist", "missing", "violation", "abuse", "spam", "policy",
    "domain", "address", "transaction", "aborted", "opening", "entering", "transfer", "complete", "completed",
    "successful", "success", "incorrect", "insufficient", "storage", "processing", "sent", "queued", "message",
    "parameter", "argument", "sequence", "oops", "forbidden", "prohibited", "disabled", "suspended", "locked",
    "expired", "unauthorized", "unauthenticated", "deferred", "greylisted", "overquota", "ssl", "tls", "encryption",
    "secure", "anonymous", "recipient", "sender", "relay", "relaying", "file", "directory", "fehler", "verweigert",
    "abgelehnt", "erreur", "refusé", "introuvable", "denegado", "erro", "rechazado", "негативный", "отказ", "拒否",
    "エラー", "失敗", "拒绝", "失败",
]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_find_their_words_and_no_others() {
        macro_rules! check {
            ($($set:ident)*) => {$(
                for word in $set.words() {
                    assert!($set.has(word.as_bytes()) && $set.has(word.to_ascii_uppercase().as_bytes()), "{word}");
                    let tail = &word.as_bytes()[1..];
                    assert!(!$set.has(tail) || $set.words().any(|other| other.as_bytes() == tail), "{word}");
                }
                assert!(!$set.has(b"") && !$set.has(b"quux"));
            )*};
        }
        check! { CODE REPLY CLIENT OTHER UNITS EXPECTED HEARD SMTP_WORDS FTP_WORDS REPLY_WORDS }
    }

    #[test]
    fn phrases_of_http_have_their_first_words() {
        assert!(HTTP_PHRASES.iter().all(|phrase| HTTP_HEADS.has(phrase.split(' ').next().unwrap().as_bytes())));
    }

    #[test]
    fn words_are_weighed() {
        let of = |word: &str| weighed(word.as_bytes(), Hash::of(word.as_bytes()));
        assert!(SMTP_WORDS.words().all(|word| of(word) == Some(Weighed::Smtp)));
        assert!(FTP_WORDS.words().all(|word| of(word) == Some(Weighed::Ftp)));
        for phrase in FTP_PHRASES.iter() {
            let head = phrase.split([' ', '\'']).next().unwrap();
            assert_eq!(of(head), Some(Weighed::Head), "{phrase}");
        }
    }

    #[test]
    fn names_of_codes_and_of_exceptions() {
        for (word, expected) in [
            ("responseCode", Role::Code),
            ("last_smtp_code", Role::Code),
            ("エラーコード", Role::Code),
            ("exitCode", Role::Other),
            ("barcode", Role::Unknown),
            ("smtpd_client_reject_code", Role::Unknown),
            ("com.sun.mail.smtp.SMTPSendFailedException", Role::Reply),
            ("FTPPermError", Role::Reply),
            ("STOR", Role::Reply),
            ("line", Role::Other),
        ] {
            assert_eq!(role(word.as_bytes()), expected, "{word}");
        }
    }
}
