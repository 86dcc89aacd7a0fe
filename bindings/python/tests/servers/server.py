"""Starting a server for a test, and stopping it whatever happens."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
# Seconds: for a server to come up, and for all that it may run.
START, LIFE = 30, 240


def program(name: str, package: str) -> str:
    """Where a server's program is; a missing one is a failure that says what to do."""
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    assert path is not None, f"`{name}` is missing: install it with `apt-get install --no-install-recommends {package}`"
    assert os.geteuid() == 0, f"`{name}` starts as root only: run the tests as root, in a container for instance"
    return path


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder that a server's own user may enter."""
    with tempfile.TemporaryDirectory(prefix="replycode-", ignore_cleanup_errors=True) as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@contextmanager
def running(command: list[str], port: int, log: Path, stop: list[str] | None = None) -> Iterator[None]:
    """Runs a server in the foreground until it is no longer needed; it is there once its port answers."""
    # Whatever becomes of this process, `timeout` ends the server.
    bounded = ["timeout", "--kill-after=5", str(LIFE), *command]
    with log.open("wb") as output:
        server = subprocess.Popen(
            bounded, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        wait(server, port, log)
        yield
    finally:
        if stop is not None:
            subprocess.run(stop, stdin=subprocess.DEVNULL, capture_output=True, timeout=START, check=False)
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START
    while True:
        try:
            with socket.create_connection((HOST, port), 1):
                return
        except OSError:
            assert server.poll() is None, f"the server has ended ({server.returncode}): {log.read_text()}"
            assert time.monotonic() < deadline, f"the server did not answer in {START} s: {log.read_text()}"
            time.sleep(0.05)
