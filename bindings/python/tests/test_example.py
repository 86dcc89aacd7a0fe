"""examples/explain_log.py, which `cargo xtask demo` compares with its brothers in Rust and C."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import replycode

PROGRAM = Path(__file__).resolve().parents[3] / "examples/explain_log.py"


def explain_log(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment})


def block(protocol: str, code: int, lang: str, retry: str, enhanced: str | None = None) -> str:
    answer = replycode.explain(protocol, code, enhanced=enhanced)
    head = f"  {code} {answer.severity}/{answer.category} {answer.title(lang)}"
    return f"{head}\n  {answer.meaning(lang)}\n  {answer.action(lang)}\n  retry: {retry}\n"


def test_lines_and_languages_in_order(tmp_path: Path) -> None:
    log = tmp_path / "camera.log"
    smtp = "2026-11-02 08:15:03 smtp 550 5.7.1 <bob@example.net>: Relay access denied"
    ftp = "2026-11-02 08:16:00 ftp 425 Can't open data connection."
    log.write_bytes(f"{smtp}\n{ftp}\nno reply here\n".encode())
    run = explain_log(log, "en", "ja")
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.decode() == (
        f"{smtp}\n{block('smtp', 550, 'en', 'no (fix_first)', '5.7.1')}"
        f"{smtp}\n{block('smtp', 550, 'ja', 'no (fix_first)', '5.7.1')}"
        f"{ftp}\n{block('ftp', 425, 'en', 'yes (retry_later)')}"
        f"{ftp}\n{block('ftp', 425, 'ja', 'yes (retry_later)')}"
        "no reply here\n  no reply code in this line\n"
        "no reply here\n  この行に応答コードはありません\n"
    )


@pytest.mark.parametrize(
    ("reply", "code", "enhanced"),
    [
        (b"smtp 432 4.3.2 STOREDRV; too many threads", 432, "4.3.2"),
        (b"smtp 432 4.3.x", 432, None),
        (b"smtp 550-first of many", 550, None),
        (b"smtp 5505.7.1", 550, None),
        (b"ftp 530 5.7.1 no enhanced codes in FTP", 530, None),
        (b"smtp 220 \x83\x81\x81[\x83\x8b", 220, None),
        (b"smtp 250\r", 250, None),
        (b"smtp 999", 999, None),
    ],
)
def test_what_is_a_reply(tmp_path: Path, reply: bytes, code: int, enhanced: str | None) -> None:
    log = tmp_path / "camera.log"
    line = b"2026-11-02 08:15:03 " + reply
    log.write_bytes(line)
    protocol = reply.split()[0].decode()
    retry = "{} ({})".format(
        "yes" if (verdict := replycode.explain(protocol, code, enhanced=enhanced).verdict).should_retry else "no",
        verdict,
    )
    assert explain_log(log, "ja").stdout == line + b"\n" + block(protocol, code, "ja", retry, enhanced).encode()


@pytest.mark.parametrize(
    "line",
    [
        "smtp",
        "a b smtp",
        "a b smtp 55",
        "a b SMTP 550",
        "a b smtp 099 x",
        "a b smtp ５５０",
        "a b pop3 550",
        "a\tb smtp 550",
    ],
)
def test_what_is_none(tmp_path: Path, line: str) -> None:
    log = tmp_path / "camera.log"
    log.write_text(f"\n{line}\n\n", encoding="utf-8", newline="\n")
    assert explain_log(log, "en").stdout.decode() == f"{line}\n  no reply code in this line\n"


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    log = tmp_path / "camera.log"
    log.write_bytes(b"x")
    run = explain_log(log, "ja", PYTHONUTF8="0", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert run.stdout.decode() == "x\n  この行に応答コードはありません\n"


def test_bad_arguments(tmp_path: Path) -> None:
    log = tmp_path / "camera.log"
    log.write_bytes(b"x")
    cases: list[tuple[list[str | Path], str]] = [
        ([], "usage: explain_log.py LOG LANG [LANG...]"),
        ([log], "usage: explain_log.py LOG LANG [LANG...]"),
        ([log, "fr"], "the catalogue has no language 'fr'; it has en, ja"),
        ([tmp_path / "none.log", "en"], f"cannot read {tmp_path / 'none.log'}: No such file or directory"),
    ]
    for arguments, message in cases:
        run = explain_log(*arguments)
        assert (run.returncode, run.stdout, run.stderr.decode().strip()) == (2, b"", message)
