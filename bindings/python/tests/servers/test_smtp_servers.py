"""Postfix and aiosmtpd, as our parser reads them; each dialogue is read again in other ways at its end."""

from __future__ import annotations

import base64
import smtplib
import ssl

import pytest
from conftest import Server
from dialogue import Dialogue
from server import HOST

from replycode import PermanentReplyError, Protocol, Reply, from_exception, replies_from_exception

SMTP = Protocol.SMTP


def facts(reply: Reply) -> tuple[int, str | None]:
    return reply.code, str(reply.enhanced) if reply.enhanced else None


def test_postfix_from_greeting_to_quit(postfix: Server) -> None:
    with Dialogue(SMTP, postfix.port) as server:
        greeting = server.read()
        assert facts(greeting) == (220, None) and greeting.domain == "mx.example.com"
        assert greeting.text.startswith("mx.example.com ESMTP")
        hello = server.ask("EHLO client.example.org")
        assert facts(hello) == (250, None) and hello.lines[0] == b"mx.example.com"
        assert {b"PIPELINING", b"SIZE 100000", b"STARTTLS", b"ENHANCEDSTATUSCODES"} <= set(hello.lines)
        assert hello.line_count == len(hello.lines) > 5
        assert facts(server.ask("NONSENSE")) in [(500, "5.5.2"), (502, "5.5.2")]
        assert facts(server.ask("RCPT TO:<alice@example.com>")) == (503, "5.5.1")
        assert facts(server.ask("MAIL FROM")) == (501, "5.5.4")
        assert facts(server.ask("MAIL FROM:<bob@example.org>")) == (250, "2.1.0")
        assert facts(server.ask("RCPT TO:<alice@example.com>")) == (250, "2.1.5")
        assert facts(server.ask("DATA")) == (354, None)
        accepted = server.ask("Subject: test\r\n\r\nHello.\r\n..\r\n.")
        assert facts(accepted) == (250, "2.0.0") and accepted.text.startswith("Ok: queued as ")
        assert facts(server.ask("MAIL FROM:<bob@example.org> SIZE=100001")) == (552, "5.3.4")
        assert facts(server.ask("QUIT")) == (221, "2.0.0")
        server.end()


def test_postfix_refuses_to_relay(postfix: Server) -> None:
    with Dialogue(SMTP, postfix.port) as server:
        server.read()
        server.ask("EHLO client.example.org").raise_for_status()
        server.ask("MAIL FROM:<bob@example.org>").raise_for_status()
        refused = server.ask("RCPT TO:<carol@example.net>")
        assert facts(refused) == (554, "5.7.1") and refused.text == "<carol@example.net>: Relay access denied"
        with pytest.raises(PermanentReplyError, match="554 5.7.1 <carol@example.net>: Relay access denied"):
            refused.raise_for_status()
        assert facts(server.ask("QUIT")) == (221, "2.0.0")
        server.end()


def test_postfix_does_not_know_a_recipient(postfix: Server) -> None:
    with Dialogue(SMTP, postfix.port) as server:
        server.read()
        server.ask("EHLO client.example.org")
        server.ask("MAIL FROM:<bob@example.org>")
        unknown = server.ask("RCPT TO:<nobody@example.com>")
        assert facts(unknown) == (550, "5.1.1")
        assert unknown.text.startswith("<nobody@example.com>: Recipient address rejected: User unknown")
        assert unknown.explain("RCPT").enhanced is not None
        assert facts(server.ask("AUTH PLAIN")) == (503, "5.5.1")  # Without a SASL server there is no AUTH.
        server.ask("QUIT")
        server.end()


def test_postfix_answers_pipelined_commands_in_one_segment(postfix: Server) -> None:
    with Dialogue(SMTP, postfix.port) as server:
        server.read()
        server.ask("EHLO client.example.org")
        commands = ["MAIL FROM:<bob@example.org>", "RCPT TO:<nobody@example.com>", "RCPT TO:<alice@example.com>"]
        server.send("\r\n".join([*commands, "RCPT TO:<carol@example.net>", "DATA"]))
        answers = [facts(server.read()) for _ in range(5)]
        assert answers == [(250, "2.1.0"), (550, "5.1.1"), (250, "2.1.5"), (554, "5.7.1"), (354, None)]
        server.send("\r\n.\r\nRSET\r\nNOOP\r\nQUIT")
        assert [facts(server.read()) for _ in range(4)] == [(250, "2.0.0")] * 3 + [(221, "2.0.0")]
        server.end()


def test_postfix_starts_tls(postfix: Server) -> None:
    with Dialogue(SMTP, postfix.port) as server:
        server.read()
        server.ask("EHLO client.example.org")
        ready = server.ask("STARTTLS")
        assert facts(ready) == (220, "2.0.0") and ready.explain("STARTTLS").entry.id == "starttls_go_ahead"
        # Nothing may follow before the handshake.
        assert server.parser.state == "idle" and not server.waiting
        context = ssl.create_default_context(cafile=str(postfix.path))
        server.socket = context.wrap_socket(server.socket, server_hostname="mx.example.com")
        hello = server.ask("EHLO client.example.org")
        assert hello.code == 250 and b"STARTTLS" not in hello.lines
        assert facts(server.ask("STARTTLS")) in [(554, "5.5.1"), (503, "5.5.1")]
        assert facts(server.ask("QUIT")) == (221, "2.0.0")


def test_aiosmtpd_wants_a_password(authenticating: Server) -> None:
    plain = base64.b64encode(b"\0alice\0wrong").decode()
    with Dialogue(SMTP, authenticating.port) as server:
        assert server.read().code == 220
        assert b"AUTH LOGIN PLAIN" in server.ask("EHLO client.example.org").lines
        assert facts(server.ask("MAIL FROM:<bob@example.org>")) == (530, "5.7.0")
        wrong = server.ask(f"AUTH PLAIN {plain}")
        assert facts(wrong) == (535, "5.7.8") and wrong.is_permanent
        assert wrong.explain("AUTH").enhanced is not None
        challenge = server.ask("AUTH LOGIN")
        assert facts(challenge) == (334, None) and base64.b64decode(challenge.text_bytes).startswith(b"User Name")
        assert facts(server.ask("YWxpY2U=")) == (334, None)
        assert facts(server.ask("c2VjcmV0")) == (235, "2.7.0")
        assert facts(server.ask("STARTTLS")) == (454, None)
        assert server.ask("NONSENSE").code == 500
        assert server.ask("QUIT").code == 221
        server.end()


def test_what_smtplib_raises_has_the_reply(postfix: Server, authenticating: Server) -> None:
    with smtplib.SMTP(HOST, postfix.port, "client.example.org", timeout=20) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            client.sendmail("bob@example.org", ["nobody@example.com", "carol@example.net"], "Hello.")
        replies = dict(zip(refused.value.recipients, replies_from_exception(refused.value), strict=True))
        assert facts(replies["nobody@example.com"]) == (550, "5.1.1")
        assert facts(replies["carol@example.net"]) == (554, "5.7.1")
        assert from_exception(refused.value) == replies["nobody@example.com"]
    with smtplib.SMTP(HOST, authenticating.port, "client.example.org", timeout=20) as client:
        with pytest.raises(smtplib.SMTPAuthenticationError) as wrong:
            client.login("alice", "wrong")
        assert facts(from_exception(wrong.value)) == (535, "5.7.8")
