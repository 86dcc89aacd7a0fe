"""The exceptions of the package, and the replies in those of others."""

from __future__ import annotations

import sys

from replycode import _replycode

TYPE_CHECKING = False  # `typing` would double the time that the import takes; type checkers know the name.
if TYPE_CHECKING:
    from collections.abc import Iterator

    from replycode._replycode import Command, Incident, Reply, Rules
    from replycode.generated.vocabulary import MalformedReason


class MalformedReply(ValueError):
    """What was read is no reply.

    >>> import replycode
    >>> try:
    ...     replycode.parse(b"220OK")
    ... except replycode.MalformedReply as error:
    ...     print(error)
    ...     error.reason, error.offset
    malformed reply at byte 3: expected a space, a hyphen or the end of the line after the code
    (<MalformedReason.BAD_SEPARATOR: 'bad-separator'>, 3)
    """

    __module__ = "replycode"

    reason: MalformedReason
    """Why."""
    offset: int
    """The byte that shows it, counted from the start of the reply; for `parse` from the start of the data."""
    replies: tuple[Reply, ...]
    """From `Parser.feed`: the replies that were read before it."""
    rest: bytes
    """From `Parser.feed` and `feed_one`: the data after it, not yet read. What is left of the bad line is dropped."""

    def __init__(
        self,
        message: str,
        reason: MalformedReason,
        offset: int,
        replies: tuple[Reply, ...] = (),
        rest: bytes = b"",
    ) -> None:
        super().__init__(message, reason, offset, replies, rest)
        self.reason, self.offset, self.replies, self.rest = reason, offset, replies, rest

    def __str__(self) -> str:
        return str(self.args[0])


class InvalidRules(ValueError):
    """A file of rules has faults; its text shows each with its place and what to do.

    >>> import replycode
    >>> try:
    ...     replycode.Rules.from_string("rules: [{id: ours}]")
    ... except replycode.InvalidRules as error:
    ...     error.faults[0]
    (1, 10, 'missing-field', 'this rule has no `cause`', 'add `cause: ...`')
    """

    __module__ = "replycode"

    path: str
    """How reports name the file."""
    faults: tuple[tuple[int, int, str, str, str], ...]
    """Of each fault: line and column, from 1; the id of the rule of the schema; what is wrong; what to do."""

    def __init__(self, report: str, path: str, faults: tuple[tuple[int, int, str, str, str], ...]) -> None:
        super().__init__(report, path, faults)
        self.path, self.faults = path, faults

    def __str__(self) -> str:
        return str(self.args[0])


class ReplyError(Exception):
    """A reply that is no success, raised by `Reply.raise_for_status`.

    >>> import replycode
    >>> try:
    ...     replycode.parse(b"530 Please login\\r\\n", "ftp").raise_for_status()
    ... except replycode.ReplyError as error:
    ...     error.reply.code, error.reply.explain().verdict
    (530, <Verdict.FIX_FIRST: 'fix_first'>)
    """

    __module__ = "replycode"

    reply: Reply
    """The Reply."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply)
        self.reply = reply


class TransientReplyError(ReplyError):
    """4yz: the same attempt may work later.

    >>> import replycode
    >>> replycode.parse(b"450 4.2.1 busy\\r\\n").raise_for_status()
    Traceback (most recent call last):
    replycode.TransientReplyError: 450 4.2.1 busy
    """

    __module__ = "replycode"


class PermanentReplyError(ReplyError):
    """5yz: the same attempt will fail again.

    >>> import replycode
    >>> replycode.parse(b"554 5.7.1 Relay access denied\\r\\n").raise_for_status()
    Traceback (most recent call last):
    replycode.PermanentReplyError: 554 5.7.1 Relay access denied
    """

    __module__ = "replycode"


class UnassignedReplyError(ReplyError):
    """The protocol gives the first digit no meaning.

    >>> import replycode
    >>> replycode.parse(b"701 what\\r\\n").raise_for_status()
    Traceback (most recent call last):
    replycode.UnassignedReplyError: 701 what
    """

    __module__ = "replycode"


def from_exception(exception: BaseException) -> Reply:
    """The reply in an exception of an SMTP or FTP library: of smtplib, ftplib, aiosmtplib, aioftp, or any that has the
    attributes `code` and `message` (read as SMTP).

    >>> import smtplib, replycode
    >>> refused = smtplib.SMTPAuthenticationError(535, b"5.7.8 Error: authentication failed")
    >>> replycode.from_exception(refused)
    <Reply smtp 535 5.7.8: 'Error: authentication failed'>
    >>> replycode.from_exception(OSError("timed out"))
    Traceback (most recent call last):
    TypeError: OSError has no reply of a server: expected an exception of smtplib, ftplib, aiosmtplib or aioftp that ...

    Of several refused recipients it is the reply that decides whether to try again: the first with the highest first
    digit; `replies_from_exception` has all of them. An exception without a reply (SMTPServerDisconnected, say) is a
    TypeError, one whose text is no reply MalformedReply, one whose code is none (smtplib has -1 for what it cannot
    read) a ValueError. What the library has dropped is not known: `raw` is what is left, with proper line ends.
    """
    return max(replies_from_exception(exception), key=lambda reply: reply.code // 100)


def replies_from_exception(exception: BaseException) -> tuple[Reply, ...]:
    """All replies in an exception of an SMTP or FTP library, one at least: as `from_exception`, and of several refused
    recipients one each, in the order of the exception's `recipients`.

    >>> import smtplib, replycode
    >>> refused = {"a@example.com": (450, b"4.2.1 busy"), "b@example.com": (550, b"5.1.1 no such user")}
    >>> exception = smtplib.SMTPRecipientsRefused(refused)
    >>> dict(zip(exception.recipients, replycode.replies_from_exception(exception)))
    {'a@example.com': <Reply smtp 450 4.2.1: 'busy'>, 'b@example.com': <Reply smtp 550 5.1.1: 'no such user'>}
    """
    replies = tuple(_replies(exception))
    if not replies:
        raise TypeError(
            f"{type(exception).__name__} has no reply of a server: expected an exception of smtplib, ftplib, "
            "aiosmtplib or aioftp that a reply has caused"
        )
    return replies


def explain_incident(
    text: str | bytes | bytearray | memoryview | BaseException,
    protocol: str | None = None,
    *,
    command: str | Command | None = None,
) -> Incident:
    """What went wrong, from a text as people paste it or programs log it (a transcript, a part of a log, a traceback, a
    bounce), or from an exception: an Incident.

    >>> import smtplib, replycode
    >>> replycode.explain_incident("ftplib.error_perm: 530 Login incorrect.").cause
    <Cause ftp_login_failed: 'FTP user or password rejected'>
    >>> refused = smtplib.SMTPRecipientsRefused({"bob@example.net": (554, b"5.7.1 Relay access denied")})
    >>> replycode.explain_incident(refused).cause
    <Cause relay_denied: 'Server will not forward mail'>
    >>> replycode.explain_incident(ConnectionRefusedError(111, "Connection refused"))
    <Incident not_a_reply: no reply decides, system speaks>

    Finds the replies of servers in the text and the one that decides: refused probes (EPSV, FEAT, AUTH) are harmless, a
    later success makes a refusal void. The protocol and the command that is answered help if the text does not show
    them; what it says for certain prevails.

    Of an exception that `from_exception` reads, that reply is explained; else what a traceback prints of it. An exception
    without a reply stands for the one that it was raised from, or while handling which it was raised, if that has one.
    """
    return explain_by(None, text, protocol, command)


def explain_by(
    rules: Rules | None,
    text: str | bytes | bytearray | memoryview | BaseException,
    protocol: str | None,
    command: str | Command | None,
) -> Incident:
    """`explain_incident`, by the rules of a site if there are any."""
    if not isinstance(text, BaseException):
        return _replycode.explain_text(text, protocol, command=command, rules=rules)
    seen: list[BaseException] = []
    exception: BaseException | None = text
    while exception is not None and exception not in seen:
        try:
            reply = from_exception(exception)
        except (TypeError, ValueError):
            seen.append(exception)
            exception = exception.__cause__ or exception.__context__
        else:
            return _replycode.explain_text(reply.wire(), reply.protocol, command=command, rules=rules)
    name = f"{type(text).__module__}.{type(text).__qualname__}".removeprefix("builtins.")
    return _replycode.explain_text(f"{name}: {text}", protocol, command=command, rules=rules)


def _replies(exception: object) -> Iterator[Reply]:
    def has(*names: str) -> list[object]:
        values = [getattr(exception, name, None) for name in names]
        return [] if None in values else values

    ftplib = sys.modules.get("ftplib")  # Who holds an exception of its has imported it.
    if found := has("smtp_code", "smtp_error") or has("code", "message"):
        yield _reply("smtp", *found)
    elif found := has("recipients"):
        (refused,) = found
        if isinstance(refused, dict):
            for code, text in refused.values():
                yield _reply("smtp", code, text)
        elif isinstance(refused, (list, tuple)):
            for one in refused:
                yield from _replies(one)
    elif found := has("received_codes", "info"):
        codes, info = found
        # aioftp: the last code, and of each line what follows the code, if it has one.
        code = codes[-1] if isinstance(codes, tuple) else codes
        lines = [info] if isinstance(info, str) else list(info)  # type: ignore[call-overload]
        text = "\n".join(line[1:] if line[:1] in ("-", " ") else line for line in lines)
        yield _reply("ftp", code, text)
    elif ftplib is not None and isinstance(exception, ftplib.Error) and exception.args:
        # ftplib joins the lines, codes and all, by LF.
        lines = str(exception.args[0]).split("\n")
        yield _replycode.parse("".join(f"{line}\r\n" for line in lines), "ftp")


def _reply(protocol: str, code: object, text: object) -> Reply:
    """The reply that a library has taken apart: written again, and read."""
    try:
        number = int(code)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        raise TypeError(f"the code of a reply is an int, not {code!r}") from None
    if not 100 <= number <= 999:
        raise ValueError(f"{number} is no reply code: the library could not read what the server sent ({text!r})")
    data = text if isinstance(text, (bytes, str)) else str(text)
    return _replycode.parse(_replycode.format_reply(number, data, protocol=protocol), protocol)
