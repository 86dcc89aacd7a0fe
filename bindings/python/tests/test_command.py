"""The command `replycode`, which is the Rust program's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import replycode
from replycode.__main__ import main

EXAMPLES = Path(__file__).parents[3] / "examples"


def run(*arguments: str, text: bytes = b"", **variables: str) -> tuple[int, str, str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))} | variables
    command = [sys.executable, "-m", "replycode", *arguments]
    done = subprocess.run(command, input=text, capture_output=True, env=environment, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_explain() -> None:
    status, output, errors = run("explain", "--protocol", "ftp", "425")
    assert (status, errors) == (0, "") and output.startswith("FTP 425  Data connection failed\n")
    assert run("explain", "425", LANG="ja_JP.UTF-8")[1].startswith("FTP 425  データ接続の失敗\n")
    status, output, _ = run("explain", "--format", "json", text=(EXAMPLES / "upload.log").read_bytes())
    answer = json.loads(output)
    expected = replycode.explain_incident((EXAMPLES / "upload.log").read_bytes())
    assert expected.diagnosis is not None
    assert (status, answer["cause"], answer["rule"]) == (0, expected.cause.id, expected.diagnosis.rule)
    assert [reply["code"] for reply in answer["replies"]] == [500, 227, 553, 221]


def test_exit_status() -> None:
    assert run("explain", "10060")[0] == 1
    assert run("explain", "--lang", "fr", "550")[0] == 2
    status, _, errors = run("explain", "--rules", "no/such/file.yaml", "550")
    assert status == 3 and errors.startswith("error: cannot read the rules in no/such/file.yaml")
    rules = str(EXAMPLES / "rules.yaml")
    assert "(acme_contract_expired)" in run("explain", "--rules", rules, "554 Contract expired")[1]


def test_version() -> None:
    output = run("--version")[1]
    assert replycode.CATALOG_VERSION in output and replycode.CATALOG_DIGEST in output


def test_main_returns_the_status(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["replycode", "explain", "--lang", "en", "--protocol", "smtp", "535"])
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert main() == 0
    assert capfd.readouterr().out.startswith("SMTP 535  ")


def test_console_script() -> None:
    script = Path(sysconfig.get_path("scripts")) / "replycode"
    done = subprocess.run([script, "--version"], capture_output=True, check=False)
    assert done.stdout.decode() == run("--version")[1]
