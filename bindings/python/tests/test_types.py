"""What type checkers know. The assertions are theirs: `mypy --strict` runs over this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import replycode
from replycode import Ftp, Listings, Protocol, Severity, Smtp, Verdict

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

    def changes(code: Smtp) -> None:
        code.phrase = ""  # type: ignore[misc]
        replycode.smtp[550] = code  # type: ignore[index]


def test_the_package_says_that_it_is_typed() -> None:
    from importlib.resources import files

    assert (files("replycode") / "py.typed").is_file()
    assert (files("replycode") / "_replycode.pyi").is_file()
