"""Reading a reply in Python, against what mail clients do by hand: `python bench/parse.py`, or `cargo xtask bench parse`.

Every figure is the best of many rounds in one process, the statements taking turns, so that a busy moment of the
machine hits all of them alike. A figure includes the loop's own nanoseconds ("nothing").
"""

from __future__ import annotations

import sys
import timeit

import replycode

ROUNDS, NUMBER = 25, 100_000

# 61 bytes, one line.
LINE = b"550 5.1.1 <bob@example.net>: Recipient address rejected: no\r\n"
MULTI = b"250-mx.example.com\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n250 8BITMIME\r\n"
assert len(LINE) == 61


def sliced(line: bytes) -> tuple[int, bytes]:
    """What smtplib does with a line (CPython's `SMTP.getreply`), which checks nothing but that `int` takes the code."""
    text = line[4:].strip(b" \t\r\n")
    code = line[:3]
    number = int(code)
    if line[3:4] != b"-":
        return number, text
    return -1, text


def sliced_lines(data: bytes) -> tuple[int, bytes]:
    """The same over the lines of a reply."""
    texts = []
    number = -1
    for line in data.split(b"\n"):
        texts.append(line[4:].strip(b" \t\r\n"))
        number = int(line[:3])
        if line[3:4] != b"-":
            break
    return number, b"\n".join(texts)


NAMES = {
    "LINE": LINE,
    "MULTI": MULTI,
    "VIEW": memoryview(LINE),
    "parse": replycode.parse,
    "feed": replycode.Parser("smtp").feed,
    "sliced": sliced,
    "sliced_lines": sliced_lines,
    "reply": replycode.parse(LINE),
}

# What is measured, and the statement that it is compared with.
STATEMENTS = {
    "pass": None,
    "sliced(LINE)": "sliced(LINE)",
    "parse(LINE)": "sliced(LINE)",
    "parse(LINE).code": "sliced(LINE)",
    "parse(LINE).text_bytes": "sliced(LINE)",
    "feed(LINE)": "sliced(LINE)",
    "parse(VIEW)": "sliced(LINE)",
    "sliced_lines(MULTI)": "sliced_lines(MULTI)",
    "parse(MULTI)": "sliced_lines(MULTI)",
    "parse(MULTI).text_bytes": "sliced_lines(MULTI)",
    "feed(MULTI)": "sliced_lines(MULTI)",
    "reply.code": "reply.code",
    "reply.text": "reply.code",
    "reply.enhanced": "reply.code",
    "reply.notes": "reply.code",
    "reply.explain()": "reply.code",
}


def main() -> None:
    timers = {statement: timeit.Timer(statement, globals=NAMES) for statement in STATEMENTS}
    best = dict.fromkeys(STATEMENTS, float("inf"))
    for _ in range(ROUNDS):
        for statement, timer in timers.items():
            best[statement] = min(best[statement], timer.timeit(NUMBER) / NUMBER * 1e9)
    print(f"{f'Python {sys.version.split()[0]}, a reply of {len(LINE)} bytes':<40} {'ns':>8} {'ratio':>8}  of")
    for statement, base in STATEMENTS.items():
        ratio = f"{best[statement] / best[base]:>8.2f}  {base}" if base else ""
        print(f"{statement if base else 'nothing':<40} {best[statement]:>8.1f} {ratio}".rstrip())


if __name__ == "__main__":
    main()
