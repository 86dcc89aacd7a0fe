"""What an SMTP or FTP reply code means, in several languages, whether to retry, and what to change.

>>> import replycode
>>> code = replycode.smtp[454]
>>> code
<Smtp.TLS_UNAVAILABLE: 454 'TLS not available now'>
>>> code.phrase
'TLS not available due to temporary reason'
>>> code.verdict.should_retry
True
>>> answer = replycode.explain("ftp", 331)
>>> print(answer.title("en"), "/", answer.title("ja"))
Password needed / パスワードの要求
>>> reply = replycode.parse(b"550 5.1.1 <bob@example.net>: no such user\\r\\n")
>>> reply.code, str(reply.enhanced), reply.is_permanent
(550, '5.1.1', True)
>>> reply.diagnose().cause, reply.diagnose().party
(<Cause recipient_unknown: 'Recipient does not exist'>, <Party.DEVICE: 'device'>)

- `smtp` and `ftp` map numbers to what the catalogue knows; `Smtp` and `Ftp` are the same as enums, by name.
- `explain` answers for every number, known or not, and says what the answer rests on.
- `explain_enhanced` does so for the enhanced status codes of RFC 3463.
- `expected` tells whether a code is a proper answer to a command.
- `parse` and `Parser` read replies, from bytes or a stream, and say what the server did wrong; `format_reply` writes
  one; `from_exception` finds the one in an exception of smtplib, ftplib and others.
- `diagnose` goes from a reply to what went wrong, what to do, and who must act; `explain_incident` does so from a whole
  text, or an exception: it finds the replies (`find`) and the one that decides.

- `scan` reads whole logs, and gives the findings one by one, as a table for polars, pandas, pyarrow and DuckDB, or in
  numbers; `scan_column` and `scan_batches` do so for columns of Arrow data, on one machine or a cluster.
- `Rules` reads causes and rules of your own, which `Rules.diagnose` and `Rules.explain_incident` try first.

It opens no connection and sends no mail: it explains what a server said. Everything but a Parser is immutable, and all
may be used from any thread. The same question gets the same answer in Rust, C and Python, which share one catalogue:
CATALOG_VERSION, CATALOG_DIGEST.
"""

from __future__ import annotations

from _collections_abc import Mapping as _Mapping

from replycode._replycode import (
    CATALOG_DIGEST,
    CATALOG_VERSION,
    Cause,
    Command,
    Diagnosis,
    Enhanced,
    EnhancedExplanation,
    Entry,
    Explanation,
    FileTime,
    Finding,
    Findings,
    Found,
    Incident,
    Language,
    Listing,
    Listings,
    Parser,
    Reply,
    Rule,
    Rules,
    Scan,
    ScannedColumn,
    Source,
    category,
    category_entry,
    cause,
    causes,
    commands,
    diagnose,
    enhanced_details,
    expected,
    explain,
    explain_enhanced,
    find,
    format_reply,
    languages,
    listings,
    lookup,
    not_replies,
    parse,
    rules,
    scan_column,
    severity,
    severity_entry,
)

TYPE_CHECKING = False  # `typing` would double the time that the import takes; type checkers know the name.
if TYPE_CHECKING:
    from replycode._errors import (
        InvalidRules,
        MalformedReply,
        PermanentReplyError,
        ReplyError,
        TransientReplyError,
        UnassignedReplyError,
        explain_incident,
        from_exception,
        replies_from_exception,
    )
    from replycode._finder import Form, Speaker
    from replycode._scan import scan, scan_batches
    from replycode.generated.codes import Ftp, Smtp
    from replycode.generated.vocabulary import (
        Basis,
        Category,
        DiagnosisBasis,
        EntryKind,
        Expectation,
        MalformedReason,
        Mode,
        Note,
        Party,
        Protocol,
        Severity,
        Status,
        Verdict,
    )

    smtp: Listings[Smtp]
    ftp: Listings[Ftp]

__all__ = [
    "CATALOG_DIGEST",
    "CATALOG_VERSION",
    "Basis",
    "Category",
    "Cause",
    "Command",
    "Diagnosis",
    "DiagnosisBasis",
    "Enhanced",
    "EnhancedExplanation",
    "Entry",
    "EntryKind",
    "Expectation",
    "Explanation",
    "FileTime",
    "Finding",
    "Findings",
    "Form",
    "Found",
    "Ftp",
    "Incident",
    "InvalidRules",
    "Language",
    "Listing",
    "Listings",
    "MalformedReason",
    "MalformedReply",
    "Mode",
    "Note",
    "Parser",
    "Party",
    "PermanentReplyError",
    "Protocol",
    "Reply",
    "ReplyError",
    "Rule",
    "Rules",
    "Scan",
    "ScannedColumn",
    "Severity",
    "Smtp",
    "Source",
    "Speaker",
    "Status",
    "TransientReplyError",
    "UnassignedReplyError",
    "Verdict",
    "category",
    "category_entry",
    "cause",
    "causes",
    "commands",
    "diagnose",
    "enhanced_details",
    "expected",
    "explain",
    "explain_enhanced",
    "explain_incident",
    "find",
    "format_reply",
    "from_exception",
    "ftp",
    "languages",
    "listings",
    "lookup",
    "not_replies",
    "parse",
    "replies_from_exception",
    "rules",
    "scan",
    "scan_batches",
    "scan_column",
    "severity",
    "severity_entry",
    "smtp",
]

_Mapping.register(Listings)

if not TYPE_CHECKING:
    # Python's `enum` takes longer to import, and the enums longer to make, than all the rest. Both wait until a name is
    # asked for that needs them; from then on the names are ordinary names of this module.

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from replycode import _errors, _finder, _scan
        from replycode.generated import codes, vocabulary

        late = {**vars(codes), **vars(vocabulary), **vars(_finder), **vars(_errors), **vars(_scan)}
        globals().update((name, value) for name, value in late.items() if name in __all__)
        globals().update(smtp=listings("smtp"), ftp=listings("ftp"))
        return globals()[name]

    def __dir__():
        return sorted({*globals(), *__all__})
