"""Replies in the exceptions of other libraries."""

from __future__ import annotations

import ftplib
import smtplib
import subprocess
import sys

import aioftp
import aiosmtplib
import pytest

from replycode import Enhanced, MalformedReply, from_exception, replies_from_exception


def test_smtplib() -> None:
    text = b"5.7.8 Error: authentication failed\n5.7.8 see example.com"  # As smtplib's getreply joins the lines.
    reply = from_exception(smtplib.SMTPAuthenticationError(535, text))
    assert (reply.protocol, reply.code, reply.enhanced) == ("smtp", 535, Enhanced(5, 7, 8))
    assert (reply.lines, reply.notes) == ((b"Error: authentication failed", b"see example.com"), ())
    assert reply.raw == b"535-5.7.8 Error: authentication failed\r\n535 5.7.8 see example.com\r\n"
    for exception in (
        smtplib.SMTPResponseException(554, "5.7.1 no"),
        smtplib.SMTPSenderRefused(554, b"5.7.1 no", "a@example.com"),
        smtplib.SMTPDataError(554, b"5.7.1 no"),
        smtplib.SMTPConnectError(554, "5.7.1 no"),
        smtplib.SMTPHeloError(554, b"5.7.1 no"),
    ):
        assert str(from_exception(exception)) == "554 5.7.1 no"
        assert replies_from_exception(exception) == (from_exception(exception),)


def test_the_deciding_reply_of_several_recipients() -> None:
    refused = {
        "a@example.com": (450, b"4.2.1 busy"),
        "b@example.com": (550, b"5.1.1 unknown"),
        "c@example.com": (553, b"5.1.3 no address"),
    }
    exception = smtplib.SMTPRecipientsRefused(refused)
    assert str(from_exception(exception)) == "550 5.1.1 unknown"
    assert [reply.code for reply in replies_from_exception(exception)] == [450, 550, 553]


@pytest.mark.parametrize(
    ("exception", "text"),
    [
        (ftplib.error_perm("530 Login incorrect."), "530 Login incorrect."),
        (ftplib.error_temp("421-Too many\n Try later\n421 Bye"), "421 Too many\n Try later\nBye"),
        (ftplib.error_reply("350 Ready for RNTO."), "350 Ready for RNTO."),
        (ftplib.error_proto("631 AAAA"), "631 AAAA"),
    ],
)
def test_ftplib(exception: ftplib.Error, text: str) -> None:
    reply = from_exception(exception)
    assert (reply.protocol, str(reply), reply.notes) == ("ftp", text, ())


def test_ftplib_with_something_that_is_no_reply() -> None:
    with pytest.raises(MalformedReply, match="expected three ASCII digits"):
        from_exception(ftplib.error_proto("<html>"))


def test_aiosmtplib() -> None:
    one = aiosmtplib.SMTPRecipientRefused(550, "5.1.1 unknown", "a@example.com")
    two = aiosmtplib.SMTPRecipientRefused(450, "4.2.1 busy\n4.2.1 later", "b@example.com")
    assert str(from_exception(one)) == "550 5.1.1 unknown"
    assert from_exception(two).lines == (b"busy", b"later")
    assert [reply.code for reply in replies_from_exception(aiosmtplib.SMTPRecipientsRefused([two, one]))] == [450, 550]
    assert from_exception(aiosmtplib.SMTPRecipientsRefused([two, one])).code == 550
    with pytest.raises(TypeError, match="SMTPServerDisconnected has no reply"):
        from_exception(aiosmtplib.SMTPServerDisconnected("lost"))


def test_aioftp() -> None:
    code = aioftp.Code
    reply = from_exception(aioftp.StatusCodeError(code("2xx"), code("550"), [" No such file"]))
    assert (reply.protocol, str(reply)) == ("ftp", "550 No such file")
    lines = ["-Too many", "users", " Bye"]
    reply = from_exception(aioftp.StatusCodeError(code("220"), code("421"), lines))
    assert (reply.code, reply.lines) == (421, (b"Too many", b"users", b"Bye"))


@pytest.mark.parametrize(
    "exception",
    [
        OSError(110, "timed out"),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPRecipientsRefused({}),
        smtplib.SMTPNotSupportedError("no AUTH"),
        KeyError("x"),
        SystemExit(2),
    ],
    ids=lambda exception: type(exception).__name__,
)
def test_exceptions_without_a_reply(exception: BaseException) -> None:
    for find in from_exception, replies_from_exception:
        with pytest.raises(TypeError, match=f"{type(exception).__name__} has no reply of a server"):
            find(exception)


@pytest.mark.parametrize("code", [-1, 22, 1000])
def test_a_code_that_smtplib_could_not_read(code: int) -> None:
    with pytest.raises(ValueError, match=f"{code} is no reply code: the library could not read .*'what'"):
        from_exception(smtplib.SMTPConnectError(code, "what"))


def test_no_library_is_imported_for_it() -> None:
    program = """
import sys, replycode
class Refused(Exception):
    code, message = 550, "5.1.1 unknown"
print(replycode.from_exception(Refused()))
print({"smtplib", "ftplib", "email", "socket"} & set(sys.modules))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("550 5.1.1 unknown\nset()\n", "")
