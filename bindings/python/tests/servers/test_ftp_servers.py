"""vsftpd and pyftpdlib, as our parser reads them; each dialogue is read again in other ways at its end."""

from __future__ import annotations

import ftplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from conftest import FILE, Server
from dialogue import TIMEOUT, Dialogue
from server import HOST

from replycode import PermanentReplyError, Protocol, from_exception

FTP = Protocol.FTP


@dataclass(frozen=True)
class Account:
    server: Server
    user: str
    password: str


@pytest.fixture(params=["vsftpd", "pyftpdlib"])
def account(request: pytest.FixtureRequest) -> Account:
    server = request.getfixturevalue(request.param)
    assert isinstance(server, Server)
    users = {"vsftpd": ("anonymous", "bob@example.org"), "pyftpdlib": ("alice", "secret")}
    return Account(server, *users[request.param])


@contextmanager
def logged_in(account: Account) -> Iterator[Dialogue]:
    with Dialogue(FTP, account.server.port) as server:
        assert server.read().code == 220
        need = server.ask(f"USER {account.user}")
        assert need.code == 331 and need.is_intermediate
        assert server.ask(f"PASS {account.password}").raise_for_status().code == 230
        assert server.ask("TYPE I").code == 200
        yield server
        assert server.ask("QUIT").code == 221
        server.end()


def received(connection: socket.socket) -> bytes:
    data = b""
    while piece := connection.recv(65536):
        data += piece
    return data


def test_vsftpd_refuses_a_login(vsftpd: Server) -> None:
    with Dialogue(FTP, vsftpd.port) as server:
        assert server.read().code == 220
        assert server.ask("PWD").code == 530
        refused = server.ask("USER bob")
        assert (refused.code, refused.text) == (530, "This FTP server is anonymous only.")
        with pytest.raises(PermanentReplyError, match="530 This FTP server is anonymous only"):
            refused.raise_for_status()
        assert server.ask("QUIT").code == 221
        server.end()


def test_pyftpdlib_refuses_a_login(pyftpdlib: Server) -> None:
    with Dialogue(FTP, pyftpdlib.port) as server:
        assert server.read().code == 220
        assert server.ask("PWD").code == 530
        assert server.ask("USER alice").code == 331
        refused = server.ask("PASS wrong")
        assert (refused.code, refused.category) == (530, "authentication")
        assert server.ask("QUIT").code == 221
        server.end()


def test_folders_and_unknown_commands(account: Account) -> None:
    with logged_in(account) as server:
        here = server.ask("PWD")
        assert (here.code, here.pathname) == (257, "/")
        missing = server.ask("CWD missing")
        assert (missing.code, missing.category) == (550, "file_system")
        assert server.ask("CWD pub").code == 250
        assert server.ask("PWD").pathname == "/pub"
        assert server.ask("NONSENSE").code in (500, 502)
        features = server.ask("FEAT")
        assert features.code == 211 and features.line_count == len(features.lines) > 3
        # RFC 2389 section 3.2: each feature stands on a line of its own behind a blank.
        assert {b" SIZE", b" MDTM", b" EPSV"} <= set(features.lines[1:-1])
        assert all(line.startswith(b" ") for line in features.lines[1:-1])
        assert server.ask("HELP").code == 214


def test_sizes_and_times(account: Account) -> None:
    with logged_in(account) as server:
        size = server.ask("SIZE /pub/hello.txt")
        assert (size.code, size.file_size, size.modification_time) == (213, len(FILE), None)
        time = server.ask("MDTM /pub/hello.txt").modification_time
        assert time is not None and time.datetime().isoformat() == "1998-06-15T10:00:45+00:00"
        gone = server.ask("SIZE /pub/missing.txt")
        assert (gone.code, gone.file_size) == (550, None)


def test_passive_mode(account: Account) -> None:
    with logged_in(account) as server:
        passive = server.ask("PASV")
        address = passive.passive_address
        assert passive.code == 227 and address is not None and address[0] == HOST
        with socket.create_connection(address, TIMEOUT) as data:
            opening = server.ask("RETR /pub/hello.txt")
            assert opening.code in (125, 150) and opening.is_preliminary
            assert received(data) == FILE
        assert server.read().code == 226


def test_extended_passive_mode(account: Account) -> None:
    with logged_in(account) as server:
        passive = server.ask("EPSV")
        port = passive.extended_passive_port
        assert passive.code == 229 and port is not None
        with socket.create_connection((HOST, port), TIMEOUT) as data:
            assert server.ask("NLST /pub").is_preliminary
            assert b"hello.txt" in received(data)
        assert server.read().code == 226


def test_active_mode(account: Account) -> None:
    with logged_in(account) as server, socket.create_server((HOST, 0)) as listener:
        listener.settimeout(TIMEOUT)
        port: int = listener.getsockname()[1]
        assert server.ask(f"PORT {HOST.replace('.', ',')},{port >> 8},{port & 255}").code == 200
        server.send("RETR /pub/hello.txt")
        connection, _ = listener.accept()
        with connection:
            assert server.read().is_preliminary
            assert received(connection) == FILE
        assert server.read().code == 226


def test_storing_without_permission(account: Account) -> None:
    with logged_in(account) as server:
        assert server.ask("PASV").passive_address is not None
        refused = server.ask("STOR /pub/new.txt")
        assert refused.code in (550, 553) and refused.is_permanent
        assert server.ask("DELE /pub/hello.txt").code == 550


def test_pipelined_commands_in_one_segment(account: Account) -> None:
    with logged_in(account) as server:
        server.send("CWD pub\r\nPWD\r\nFEAT\r\nCWD missing\r\nSIZE hello.txt\r\nNOOP")
        answers = [server.read() for _ in range(6)]
        assert [reply.code for reply in answers] == [250, 257, 211, 550, 213, 200]
        assert (answers[1].pathname, answers[4].file_size) == ("/pub", len(FILE))


def test_what_ftplib_raises_has_the_reply(account: Account) -> None:
    with ftplib.FTP(timeout=TIMEOUT) as client:
        client.connect(HOST, account.server.port)
        with pytest.raises(ftplib.error_perm) as refused:
            client.login("carol", "wrong")
        assert from_exception(refused.value).code == 530
    with ftplib.FTP(timeout=TIMEOUT) as client:
        client.connect(HOST, account.server.port)
        client.login(account.user, account.password)
        with pytest.raises(ftplib.error_perm) as missing:
            client.cwd("missing")
        assert (from_exception(missing.value).code, from_exception(missing.value).protocol) == (550, "ftp")
