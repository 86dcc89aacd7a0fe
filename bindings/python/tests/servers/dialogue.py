"""A dialogue with a server: sockets, and every byte of the server through our parser."""

from __future__ import annotations

import ftplib
import io
import smtplib
import socket
from collections import deque
from types import TracebackType
from typing import BinaryIO, cast

from server import HOST

from replycode import Parser, Protocol, Reply, from_exception, parse

TIMEOUT = 20


class Dialogue:
    """Asks a server, and checks at the end that the same bytes say the same however they are read."""

    def __init__(self, protocol: Protocol, port: int) -> None:
        self.protocol = protocol
        self.socket = socket.create_connection((HOST, port), TIMEOUT)
        self.parser = Parser(protocol)
        self.waiting: deque[Reply] = deque()
        self.seen: list[Reply] = []
        self.wire = b""

    def __enter__(self) -> Dialogue:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, traceback: TracebackType | None) -> None:
        self.socket.close()
        if kind is None:
            self.check()

    def send(self, text: str) -> None:
        self.socket.sendall(f"{text}\r\n".encode())

    def read(self) -> Reply:
        """The server's next reply."""
        while not self.waiting:
            data = self.socket.recv(4096)
            assert data, f"the server has closed the connection after {self.wire!r}"
            self.wire += data
            self.waiting.extend(self.parser.feed(data))
        reply = self.waiting.popleft()
        self.seen.append(reply)
        return reply

    def ask(self, text: str) -> Reply:
        assert not self.waiting, f"nobody asked for {self.waiting}"
        self.send(text)
        return self.read()

    def end(self) -> None:
        """The server closes the connection, and has said nothing more."""
        assert self.socket.recv(4096) == b""
        assert self.parser.finish() is None and not self.waiting

    def check(self) -> None:
        assert self.seen and self.parser.state == "idle"
        rest, again = self.wire, Parser(self.protocol)
        for reply in self.seen:
            assert reply.notes == (), f"{self.protocol} of a well-behaved server: {reply!r}"
            consumed, whole = again.feed_one(rest)
            raw, rest = rest[:consumed], rest[consumed:]
            assert whole == reply == parse(raw, self.protocol) == parse(raw, self.protocol, mode="strict")
            assert raw.count(b"\r\n") == reply.line_count
            if self.protocol is Protocol.SMTP:
                assert reply.wire() == raw
        assert rest == b""
        again.reset()
        assert [one for n in range(len(self.wire)) for one in again.feed(self.wire[n : n + 1])] == self.seen
        {Protocol.SMTP: self.as_smtplib, Protocol.FTP: self.as_ftplib}[self.protocol]()

    def as_smtplib(self) -> None:
        """smtplib, reading the same bytes."""
        client = smtplib.SMTP()
        client.file = io.BytesIO(self.wire)
        for reply in self.seen:
            code, text = client.getreply()
            assert code == reply.code
            enhanced = f"{reply.enhanced} ".encode() if reply.enhanced else b""
            assert text == b"\n".join((enhanced + line).strip() for line in reply.lines)
            assert from_exception(smtplib.SMTPResponseException(code, text)).enhanced == reply.enhanced

    def as_ftplib(self) -> None:
        """ftplib, reading the same bytes."""
        client = ftplib.FTP()
        client.file = io.TextIOWrapper(cast(BinaryIO, io.BytesIO(self.wire)), encoding="utf-8")
        for reply in self.seen:
            text = client.getmultiline()
            assert text[:3] == str(reply.code)
            assert from_exception(ftplib.error_reply(text)) == reply
