"""From a reply, a text or an exception to what went wrong."""

from __future__ import annotations

import ftplib
import smtplib
from typing import Any

import pytest

import replycode
from replycode import DiagnosisBasis, Enhanced, Form, Party, Protocol, Speaker, Verdict, diagnose, explain_incident


def test_a_diagnosis() -> None:
    answer = diagnose("smtp", 554, "<bob@example.net>: Relay access denied", command="rcpt", enhanced="5.7.1")
    assert (answer.protocol, answer.code) == (Protocol.SMTP, 554)
    assert answer.cause is replycode.cause("relay_denied")
    assert (answer.verdict, answer.party, answer.basis) == (Verdict.FIX_FIRST, Party.DEVICE, DiagnosisBasis.PHRASE)
    rule = next(rule for rule in replycode.rules() if rule.id == answer.rule)
    assert rule.cause is answer.cause
    assert answer.cause not in answer.alternatives and len(answer.alternatives) <= 3
    assert answer.title("ja") == answer.cause.title("ja") != answer.title()
    assert answer.action() == answer.cause.action() and answer.action() is answer.action()
    assert answer.meaning("ja") == answer.cause.meaning("ja")


@pytest.mark.parametrize(
    ("question", "cause", "verdict"),
    [
        # RFC 5321 section 4.5.3.1.10: a 552 to RCPT counts as temporary.
        ({"code": 552, "command": "RCPT"}, "too_many_recipients", Verdict.RETRY_SOON),
        ({"code": 552}, "mailbox_full", Verdict.FIX_FIRST),
        # RFC 4954 section 6: authentication credentials invalid.
        ({"code": 535, "enhanced": Enhanced(5, 7, 8)}, "auth_failed", Verdict.FIX_FIRST),
        ({"text": b"550-5.7.1 Relaying\r\n550 5.7.1 denied", "code": 550}, "relay_denied", Verdict.FIX_FIRST),
        ({"code": 250}, "no_error", Verdict.DONE),
        ({"code": 599}, "unspecified", Verdict.FIX_FIRST),
        ({"code": 10060}, "unspecified", Verdict.FIX_FIRST),
        ({}, "unspecified", Verdict.FIX_FIRST),
    ],
)
def test_what_may_be_missing(question: dict[str, Any], cause: str, verdict: Verdict) -> None:
    answer = diagnose("smtp", **question)
    assert (answer.cause.id, answer.verdict) == (cause, verdict)


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(ValueError, match="expected one of smtp, ftp"):
        diagnose("imap", 550)
    with pytest.raises(ValueError, match="65536 is out of range"):
        diagnose("smtp", 65536)
    with pytest.raises(TypeError, match="bytes, bytearray, memoryview or str, not int"):
        diagnose("smtp", 550, 5)  # type: ignore[arg-type]
    with pytest.raises(LookupError, match="has no cause 255"):
        replycode.cause(255)
    with pytest.raises(LookupError, match="has no cause 300"):
        replycode.cause(300)
    with pytest.raises(TypeError, match="bytes, bytearray, memoryview or str, not int"):
        explain_incident(5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="expected one of smtp, ftp"):
        explain_incident("550 no", "imap")


def test_a_reply_is_diagnosed_as_its_parts_are() -> None:
    reply = replycode.parse(b"452 4.2.2 Mailbox full\r\n")
    assert reply.diagnose() == diagnose("smtp", 452, "Mailbox full", enhanced="4.2.2")
    full = replycode.parse(b"552 no\r\n")
    assert full.diagnose("RCPT") == diagnose("smtp", 552, "no", command="RCPT") != full.diagnose()
    parser = replycode.Parser("ftp")
    (streamed,) = parser.feed(b"530-Sorry, the maximum number\r\n530 of users is reached\r\n")
    whole = replycode.parse(b"530-Sorry, the maximum number\r\n530 of users is reached\r\n", "ftp")
    assert streamed.diagnose() == whole.diagnose()
    assert streamed.diagnose().cause.id == "too_many_connections"


LOG = """\
> EPSV
< 500 'EPSV': command not understood.
> PASV
< 227 Entering Passive Mode (192,0,2,1,221,181)
> STOR 写真.jpg
< 553 Could not create file.
> QUIT
< 221 Goodbye.
"""


def test_an_incident() -> None:
    incident = explain_incident(LOG)
    assert [found.code for found in replycode.find(LOG)] == [500, 227, 553, 221]
    assert incident.replies == 4 and incident.deciding is not None and incident.diagnosis is not None
    found = incident.deciding
    assert (found.protocol, found.code, found.enhanced, found.command) == (Protocol.FTP, 553, None, "STOR")
    assert (found.speaker, found.form) == (Speaker.SERVER, Form.DIALOG) and incident.speaker is Speaker.SERVER
    # Places count what was given: characters, or bytes.
    assert LOG[found.offset : found.offset + found.length] == "553 Could not create file."
    data = LOG.encode()
    of_bytes = explain_incident(data).deciding
    assert of_bytes is not None and of_bytes != found
    assert data[of_bytes.offset : of_bytes.offset + of_bytes.length] == b"553 Could not create file."
    assert of_bytes.offset == found.offset + 4
    assert (incident.cause.id, incident.verdict, incident.party) == (
        "ftp_permission_denied",
        Verdict.FIX_FIRST,
        Party.SERVER,
    )
    assert (incident.diagnosis.cause, incident.diagnosis.code) == (incident.cause, 553)
    assert incident.title("ja") == incident.cause.title("ja") and incident.action() == incident.cause.action()


def test_who_speaks_where_no_server_does() -> None:
    for text, speaker in [
        ("WSAGetLastError: 10060", Speaker.WINSOCK),
        ("connect ECONNREFUSED 192.0.2.1:25", Speaker.SYSTEM),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", Speaker.TLS),
        ("", None),
    ]:
        incident = explain_incident(text)
        assert (incident.speaker, incident.deciding, incident.diagnosis) == (speaker, None, None)
        assert incident.cause.id == "not_a_reply"
    # The server named an address, and nothing came of it.
    assert explain_incident("PASV\n227 Entering Passive Mode (192,0,2,1,4,1)\ntimed out").cause.id == "ftp_passive_blocked"


def test_a_hint_helps_where_the_text_does_not_tell() -> None:
    told = explain_incident("452", "smtp", command="RCPT")
    assert (told.cause.id, told.verdict) == ("too_many_recipients", Verdict.RETRY_SOON)
    assert [found.protocol for found in replycode.find("550 Hm", "ftp")] == [Protocol.FTP]


def test_exceptions() -> None:
    login = smtplib.SMTPAuthenticationError(535, b"5.7.8 Error: authentication failed")
    assert explain_incident(login).cause.id == "auth_failed"
    refused = smtplib.SMTPRecipientsRefused({"a@example.com": (450, b"4.2.1 busy"), "b@example.com": (550, b"5.1.1 unknown user")})
    assert explain_incident(refused).cause.id == "recipient_unknown"
    denied = ftplib.error_perm("553 Could not create file.")
    incident = explain_incident(denied)
    assert incident.deciding is not None and incident.deciding.protocol is Protocol.FTP
    assert incident.cause.id == "ftp_permission_denied"
    # The command that was answered is not in the exception.
    assert explain_incident(ftplib.error_perm("552 no"), command="STOR").cause.id == "ftp_quota_exceeded"
    assert explain_incident(TimeoutError(110, "Connection timed out")).speaker is Speaker.SYSTEM


def test_an_exception_stands_for_what_it_was_raised_from() -> None:
    try:
        try:
            raise smtplib.SMTPDataError(554, b"5.7.1 Relay access denied")
        except smtplib.SMTPException as error:
            raise RuntimeError("the report was not sent") from error
    except RuntimeError as error:
        assert explain_incident(error).cause.id == "relay_denied"
    try:
        try:
            raise ftplib.error_perm("530 Login incorrect.")
        except ftplib.Error:
            raise RuntimeError("no upload")
    except RuntimeError as error:
        assert explain_incident(error).cause.id == "ftp_login_failed"
    loop = RuntimeError("a")
    loop.__cause__ = RuntimeError("b")
    loop.__cause__.__cause__ = loop
    assert explain_incident(loop).cause.id == "not_a_reply"


def test_representations() -> None:
    assert repr(explain_incident("530 Login incorrect.", "ftp")) == (
        "<Incident ftp_login_failed: ftp 530 at 0: 'Login incorrect.'>"
    )
    assert repr(explain_incident("")) == "<Incident not_a_reply>"
    html = explain_incident("< 530 <Login> incorrect.")._repr_html_()
    assert "&lt;Login&gt;" in html and "<Login>" not in html
    assert "ftp_login_failed" in html
    assert "too_many_connections" in diagnose("ftp", 530, "Too many users")._repr_html_()
