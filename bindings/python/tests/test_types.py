"""What type checkers know. The assertions are theirs: `mypy --strict` runs over this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import replycode
from replycode import Ftp, Listings, MalformedReply, Note, Parser, Protocol, Reply, Severity, Smtp, Verdict

if TYPE_CHECKING:
    from typing_extensions import assert_never, assert_type

    def codes(number: int, protocol: str) -> None:
        assert_type(replycode.smtp[550], Smtp)
        assert_type(replycode.ftp.get(number), Ftp | None)
        assert_type(replycode.listings("ftp"), Listings[Ftp])
        assert_type(replycode.lookup("smtp", number), Smtp | None)
        assert_type(replycode.lookup(Protocol.FTP, number), Ftp | None)
        assert_type(replycode.lookup(protocol, number), Smtp | Ftp | None)
        assert_type(Smtp(number), Smtp)
        assert_type(Smtp(number).value, int)
        assert_type(Smtp(number).severity.verdict.should_retry, bool)

    def words(protocol: Protocol, severity: Severity) -> str:
        assert_type(severity.value, str)
        assert_type(replycode.explain("smtp", 550).verdict, Verdict)
        # Every member is known: without the second branch this would not pass.
        if protocol is Protocol.SMTP:
            return "mail"
        if protocol is Protocol.FTP:
            return "files"
        assert_never(protocol)

    def replies(data: bytes, view: memoryview, error: MalformedReply, parser: Parser) -> None:
        reply = replycode.parse(data, Protocol.FTP, mode="strict").raise_for_status()
        assert_type(reply, Reply)
        assert_type(reply.notes, tuple[Note, ...])
        assert_type(reply.listing, Smtp | Ftp | None)
        assert_type(reply.passive_address, tuple[str, int] | None)
        assert_type(parser.feed(view), list[Reply])
        assert_type(parser.feed_one(bytearray()), tuple[int, Reply | None])
        assert_type(error.replies, tuple[Reply, ...])
        assert_type(replycode.from_exception(error), Reply)
        replycode.parse(220)  # type: ignore[arg-type]

    def changes(code: Smtp, reply: Reply) -> None:
        reply.code = 250  # type: ignore[misc]
        code.phrase = ""  # type: ignore[misc]
        replycode.smtp[550] = code  # type: ignore[index]


def test_the_package_says_that_it_is_typed() -> None:
    from importlib.resources import files

    assert (files("replycode") / "py.typed").is_file()
    assert (files("replycode") / "_replycode.pyi").is_file()
