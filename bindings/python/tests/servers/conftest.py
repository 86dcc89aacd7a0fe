"""The servers: each on a free port of the loopback interface, with a configuration of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from server import HOST, folder, free_port, program, running

PACKAGES = "postfix vsftpd openssl"
FILE = b"hello, world\r\n" * 1000


@dataclass(frozen=True)
class Server:
    port: int
    # What a server of files serves; of a mail server with TLS, its certificate.
    path: Path


MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = /dev/stdout
myhostname = mx.example.com
mydestination = example.com
mynetworks = 192.0.2.0/24
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps =
local_recipient_maps = inline:{{alice=alice}}
local_transport = discard:
smtpd_relay_restrictions = reject_unauth_destination
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
smtpd_tls_security_level = may
smtpd_tls_cert_file = {home}/certificate.pem
smtpd_tls_key_file = {home}/key.pem
message_size_limit = 100000
mailbox_size_limit = 100000
"""

MASTER_CF = """\
{host}:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@pytest.fixture(scope="session")
def postfix() -> Iterator[Server]:
    """Mail for alice@example.com, and no relaying."""
    postfix, openssl = program("postfix", PACKAGES), program("openssl", PACKAGES)
    with folder() as home:
        port, etc = free_port(), home / "etc"
        for name in "etc", "queue", "data":
            (home / name).mkdir()
        certificate, key = home / "certificate.pem", home / "key.pem"
        make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=mx.example.com"]
        make += ["-addext", "subjectAltName=DNS:mx.example.com", "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(make, check=True, capture_output=True, timeout=60)
        (etc / "main.cf").write_text(MAIN_CF.format(home=home))
        (etc / "master.cf").write_text(MASTER_CF.format(host=HOST, port=port))
        subprocess.run(["chown", "postfix", str(home / "data")], check=True, timeout=60)
        command = [postfix, "-c", str(etc)]
        with running([*command, "start-fg"], port, home / "log", stop=[*command, "stop"]):
            yield Server(port, certificate)


@pytest.fixture(scope="session")
def authenticating() -> Iterator[Server]:
    """aiosmtpd, which wants a password: Postfix needs yet another server for that."""
    script = Path(__file__).with_name("authenticating.py")
    with folder() as home:
        port = free_port()
        with running([sys.executable, str(script), HOST, str(port)], port, home / "log"):
            yield Server(port, home)


def files(home: Path) -> Path:
    """What a server of files serves."""
    root = home / "root"
    (root / "pub").mkdir(parents=True)
    (root / "pub" / "hello.txt").write_bytes(FILE)
    subprocess.run(["touch", "-d", "1998-06-15T10:00:45Z", str(root / "pub" / "hello.txt")], check=True, timeout=60)
    return root


VSFTPD_CONF = """\
listen=YES
listen_address={host}
listen_port={port}
background=NO
anonymous_enable=YES
local_enable=NO
anon_root={root}
no_anon_password=NO
anon_upload_enable=NO
write_enable=YES
connect_from_port_20=NO
secure_chroot_dir={home}/empty
ftp_username=ftp
mdtm_write=NO
seccomp_sandbox=NO
isolate=NO
isolate_network=NO
"""


@pytest.fixture(scope="session")
def vsftpd() -> Iterator[Server]:
    """Files for anonymous readers."""
    vsftpd = program("vsftpd", PACKAGES)
    with folder() as home:
        port, root = free_port(), files(home)
        (home / "empty").mkdir()
        configuration = home / "vsftpd.conf"
        configuration.write_text(VSFTPD_CONF.format(host=HOST, port=port, root=root, home=home))
        with running([vsftpd, str(configuration)], port, home / "log"):
            yield Server(port, root)


@pytest.fixture(scope="session")
def pyftpdlib() -> Iterator[Server]:
    """Files for alice, who may only read."""
    with folder() as home:
        port, root = free_port(), files(home)
        command = [sys.executable, "-W", "ignore", "-m", "pyftpdlib", "-i", HOST, "-p", str(port), "-d", str(root)]
        with running([*command, "-u", "alice", "-P", "secret"], port, home / "log"):
            yield Server(port, root)
