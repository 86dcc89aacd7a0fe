"""Whole logs: sources, findings, numbers, and what may go wrong."""

from __future__ import annotations

import copy
import datetime
import gzip
import io
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import replycode

LOG = (
    b"Mar  1 10:11:12 mx postfix/smtp[550]: 4F25B1234: to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, "
    b"status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 <bob@example.net>: User unknown "
    b"(in reply to RCPT TO command))\n"
    b"2026-03-01T10:11:13+09:00 < 250 Ok\n"
    b"2026-03-02T10:11:13+09:00 > STOR a.jpg\n"
    b"2026-03-02T10:11:14+09:00 < 553 Could not create file.\n"
)


def told(findings: Any) -> list[tuple[int, int | None, str]]:
    return [(finding.line, finding.code, finding.cause.id) for finding in findings]


WHOLE = [(1, 550, "recipient_unknown"), (2, 250, "no_error"), (4, 553, "ftp_permission_denied")]


def test_every_kind_of_source_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mail.log"
    path.write_bytes(LOG)
    packed = tmp_path / "packed"
    packed.mkdir()
    (packed / "mail.log.gz").write_bytes(gzip.compress(LOG))
    lines = LOG.decode().splitlines()
    sources: list[Any] = [LOG, bytearray(LOG), memoryview(LOG), path, str(path), [path], packed, packed / "mail.log.gz"]
    sources += [io.BytesIO(LOG), io.StringIO(LOG.decode()), lines, iter(lines), LOG.splitlines(keepends=True)]
    for source in sources:
        assert told(replycode.scan(source)) == WHOLE, source
    with path.open("rb") as binary, path.open() as text:
        assert [finding.source for finding in replycode.scan(binary)] == [str(path)] * 3
        assert told(replycode.scan(text)) == WHOLE
    assert {finding.source for finding in replycode.scan(tmp_path.glob("*.log"))} == {str(path)}
    assert told(replycode.scan([])) == told(replycode.scan(b"")) == []


def test_the_fields_of_a_finding() -> None:
    first, _, last = replycode.scan(LOG)
    assert (first.source, first.line, first.offset) == ("<bytes>", 1, LOG.index(b"550 5.1.1"))
    assert (first.protocol, first.code, str(first.enhanced), first.command) == ("smtp", 550, "5.1.1", "RCPT")
    assert (first.severity, first.problem, first.verdict) == ("permanent", True, "fix_first")
    assert (first.text, first.peer) == ("<bob@example.net>: User unknown", "mx.example.net[192.0.2.1]")
    assert (first.session, first.form, first.speaker) == ("4F25B1234", "labelled", "server")
    assert first.party is first.cause.party and first.cause is replycode.cause("recipient_unknown")
    assert first.rule in {rule.id for rule in replycode.rules()} and first.basis in list(replycode.DiagnosisBasis)
    assert first.record == LOG.splitlines()[0].decode()
    assert last.time == "2026-03-02T10:11:14+09:00"
    assert last.timestamp == datetime.datetime(2026, 3, 2, 1, 11, 14, tzinfo=datetime.timezone.utc)
    for version in range(pickle.HIGHEST_PROTOCOL + 1):
        for finding in first, last:
            again = pickle.loads(pickle.dumps(finding, version))
            assert again == finding and hash(again) == hash(finding) and repr(again) == repr(finding)
    assert copy.deepcopy(first) == first != last
    with pytest.raises(AttributeError):
        first.line = 7  # type: ignore[misc]
    clock, uptime = replycode.scan(b"10:11:12 S: 550 no\n"), replycode.scan(b"[    12.345] S: 550 no\n")
    assert [(finding.time, finding.timestamp) for finding in clock] == [("10:11:12", None)]
    assert [finding.timestamp for finding in uptime] == [None]


def test_times_choose() -> None:
    day = datetime.date(2026, 3, 2)
    utc = datetime.datetime(2026, 3, 2, 1, 11, 14, tzinfo=datetime.timezone.utc)
    dated = b"".join(LOG.splitlines(keepends=True)[1:])
    assert told(replycode.scan(dated, since=day)) == [(3, 553, "ftp_permission_denied")]
    assert told(replycode.scan(dated, since="2026-03-01", until=utc)) == [(1, 250, "no_error")]
    assert told(replycode.scan(dated, since=utc)) == [(3, 553, "ftp_permission_denied")]
    with pytest.raises(ValueError, match='since: "yesterday" is no time: write 2026-03-01'):
        replycode.scan(LOG, since="yesterday")
    with pytest.raises(TypeError, match="a time is a str, a date or a datetime, not int"):
        replycode.scan(LOG, until=7)  # type: ignore[arg-type]


def test_encodings_protocols_and_rules() -> None:
    words = "ログインできません"
    for encoding in "cp932", "euc-jp", "utf-8", "utf-16":
        log = f"< 530 {words}\r\n".encode(encoding)
        assert [finding.text for finding in replycode.scan(log, protocol="ftp")] == [words], encoding
    russian = "< 530 Ошибка входа\r\n"
    assert [finding.text for finding in replycode.scan(russian.encode("cp1251"), encoding="cp1251")] == ["Ошибка входа"]
    with pytest.raises(ValueError, match="unknown encoding"):
        replycode.scan(LOG, encoding="klingon")
    with pytest.raises(ValueError, match="pop3"):
        replycode.scan(LOG, protocol="pop3")
    with pytest.raises(ValueError, match="jobs is the number of threads"):
        replycode.scan(LOG, jobs=0)
    rules = replycode.Rules.load(Path(__file__).parents[3] / "examples" / "rules.yaml")
    log = b"S: 554 5.7.1 <cam@example.net>: Sender address rejected: Contract expired\n"
    (finding,) = replycode.scan(log, rules=rules)
    assert finding.cause is rules.cause("acme_contract_expired") and finding.rule == "acme-contract"
    assert pickle.loads(pickle.dumps(finding)) == finding
    summary = replycode.scan(log, rules=rules).summary()
    assert summary["causes"][0]["cause"] == "acme_contract_expired"


def test_numbers() -> None:
    scan = replycode.scan(LOG)
    summary = scan.summary()
    assert {name: summary[name] for name in ("sources", "bytes", "lines", "replies", "problems")} == {
        "sources": 1, "bytes": len(LOG), "lines": 4, "replies": 3, "problems": 2,
    }  # fmt: skip
    causes = {cause["cause"]: cause for cause in summary["causes"]}
    assert set(causes) == {"recipient_unknown", "ftp_permission_denied"}
    stor = causes["ftp_permission_denied"]
    assert (stor["count"], stor["share"], stor["first"]) == (1, 0.5, "2026-03-02T10:11:14+09:00")
    assert stor["codes"] == [{"protocol": "ftp", "code": 553, "enhanced": None, "count": 1}]
    assert stor["example"] == {
        "source": "<bytes>",
        "line": 4,
        "offset": LOG.index(b"553 Could"),
        "record": LOG.splitlines()[3].decode(),
    }
    assert sum(bar["count"] for bar in summary["timeline"]["bars"]) == 2
    assert all(code["known"] for code in summary["codes"])
    # The same after a pass, and from a stream, which is read once.
    assert list(scan) and scan.summary() == summary
    listed = replycode.scan(LOG.splitlines())
    assert list(listed) == list(listed)
    stream = replycode.scan(io.BytesIO(LOG))
    assert told(stream) == WHOLE and stream.summary()["problems"] == 2
    with pytest.raises(RuntimeError, match="the stream has been read"):
        iter(stream)


def test_the_result_is_the_same_for_any_number_of_jobs() -> None:
    log = LOG * 20_000
    one, four = list(replycode.scan(log, jobs=1)), list(replycode.scan(log, jobs=4))
    assert len(one) == 60_000 and one == four
    assert replycode.scan(log, jobs=1).summary() == replycode.scan(log, jobs=3).summary()


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.log", tmp_path / "bad.gz"
    good.write_bytes(LOG)
    bad.write_bytes(gzip.compress(LOG * 100)[:-20])
    scan = replycode.scan([tmp_path / "none.log", bad, good])
    assert [finding.source for finding in scan][-3:] == [str(good)] * 3
    assert sorted(source for source, _ in scan.errors()) == [str(bad), str(tmp_path / "none.log")]
    assert all(message for _, message in scan.errors())
    assert replycode.scan(LOG).errors() == ()


def test_what_a_source_raises_is_raised() -> None:
    def lines() -> Iterator[str]:
        yield from ["S: 550 no"] * 10
        raise KeyError("broken")

    class File:
        def read(self, size: int) -> int:
            return 7

    with pytest.raises(KeyError, match="broken"):
        list(replycode.scan(lines()))
    with pytest.raises(KeyError, match="broken"):
        replycode.scan(lines()).summary()
    with pytest.raises(TypeError, match="a line of a log is str or bytes, not int"):
        list(replycode.scan(["S: 550 no", 7]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"read\(\) of a log gives bytes or str, not int"):
        list(replycode.scan(File()))  # type: ignore[call-overload, unused-ignore, arg-type]
    with pytest.raises(TypeError, match="a log is a path, bytes, a file or an iterable of lines, not int"):
        replycode.scan(7)  # type: ignore[arg-type]


def test_findings_come_before_the_log_ends_and_an_iteration_may_be_left() -> None:
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"S: 550 5.1.1 User unknown %d" % read

    findings = iter(replycode.scan(lines(), jobs=1))
    assert next(findings).line == 1
    for number in range(2, 100_000):
        assert next(findings).line == number
    del findings
    # A reader that is ahead is bounded: it cannot have read much more than was taken.
    assert read < 1_000_000


def test_the_gil_is_released() -> None:
    log, ticks, done = LOG * 100_000, 0, threading.Event()

    def count() -> None:
        replycode.scan(log).summary()
        done.set()

    thread = threading.Thread(target=count)
    thread.start()
    while not done.wait(0):
        ticks += 1
    thread.join()
    assert ticks > 1000


def test_memory_is_bounded() -> None:
    program = """
import resource, replycode
line = b"2026-03-01T10:11:12Z S: 550 5.1.1 <bob@example.net>: User unknown\\n"
chunk = line * 4000
class File:
    left = 250
    def read(self, size):
        self.left -= 1
        return chunk if self.left >= 0 else b""
list(replycode.scan(line * 10))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(sum(1 for finding in replycode.scan(File(), jobs=2)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("1000000\nTrue\n", "")


@pytest.mark.parametrize(
    "hostile",
    [b"\0" * 5000, b"\xff\xfe\xfd550 \xd8\x00", b"550" * 100_000, b"<script>550 5.1.1 \x1b[31m\xe2\x80\xae</script>\n",
     bytes(range(256)) * 100, b"\x1f\x8b\x08 not gzip", b"BZh91AY&SY no", b"\r" * 1000 + b"550-\r550-\r550"],
)  # fmt: skip
def test_hostile_input(hostile: bytes) -> None:
    scan = replycode.scan(hostile)
    for finding in scan:
        assert pickle.loads(pickle.dumps(finding)) == finding and repr(finding)
    assert scan.summary()["replies"] >= 0
    scan.to_arrow().validate(full=True)


def test_shown() -> None:
    assert repr(replycode.scan(b"")) == "<Scan of '<bytes>'>"
    assert repr(replycode.scan([Path("a"), Path("b")])) == "<Scan of 2 paths>"
    (finding,) = replycode.scan(["S: 550 \x1b[31m"])
    assert "\x1b" not in repr(finding)
