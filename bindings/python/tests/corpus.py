"""Prints what the reply parser makes of the corpus file, as docs/dump.md says: `corpus.py PATH`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from replycode import MalformedReply, Mode, Parser, Protocol, Reply, format_reply, parse

# How many bytes of a text are printed.
SHOWN = 512


@dataclass(frozen=True)
class Case:
    """A line of the corpus file; its first lines say what the columns mean."""

    line: int
    name: str
    protocol: Protocol
    rules: list[str]
    input: bytes
    event: str
    consumed: int
    # The columns after `consumed`.
    result: list[str]


def cases(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line and not line.startswith("#"):
            name, protocol, rules, data, event, consumed, *result = line.split("\t")
            words = rules.split(",")
            yield Case(number, name, Protocol(protocol), words, unescape(data), event, int(consumed), result)


def unescape(text: str) -> bytes:
    """Bytes as the corpus file writes them."""
    out, at = bytearray(), 0
    while at < len(text):
        if text[at] == "{":
            end = text.index("}", at)
            times, _, what = text[at + 1 : end].partition("*")
            out += unescape(what) * int(times)
            at = end + 1
        elif text.startswith("\\x", at):
            out.append(int(text[at + 2 : at + 4], 16))
            at += 4
        elif text[at] == "\\":
            out.append({"r": 13, "n": 10, "t": 9, "\\": 92, "{": 123, "}": 125}[text[at + 1]])
            at += 2
        else:
            out += text[at].encode()
            at += 1
    return bytes(out)


def mode(word: str) -> tuple[Mode, bool]:
    """The mode of a word of the column of rules, and whether any code ends a reply."""
    return (Mode.LENIENT, True) if word == "any-code" else (Mode(word), False)


@dataclass(frozen=True)
class Event:
    """What a parser has told after some bytes, or at the end of the stream."""

    consumed: int
    at_end: bool
    result: Reply | MalformedReply


def events(parser: Parser, data: bytes, size: int) -> Iterator[Event]:
    """All that a parser tells of data in pieces of a size."""
    result: Reply | MalformedReply | None
    for start in range(0, len(data), size):
        rest = data[start : start + size]
        end = start + len(rest)
        while rest:
            try:
                consumed, result = parser.feed_one(rest)
                rest = rest[consumed:]
            except MalformedReply as error:
                result, rest = error, error.rest
            if result is not None:
                yield Event(end - len(rest), False, result)
    try:
        result = parser.finish()
    except MalformedReply as error:
        result = error
    if result is not None:
        yield Event(len(data), True, result)


def rows(path: Path) -> Iterator[str]:
    for case in cases(path):
        for word in case.rules:
            yield f"case {case.line} {case.protocol} {word}"
            name, any_code = mode(word)
            parser = Parser(case.protocol, mode=name, end_at_any_code=any_code, text_limit=SHOWN)
            for form, size in ("whole", max(len(case.input), 1)), ("bytes", 1):
                for event in events(parser, case.input, size):
                    yield f"{form} {event.consumed} {'end' if event.at_end else 'inside'} {told(event.result)}"
                parser.reset()
            try:
                reply = parse(case.input, case.protocol, mode=name, end_at_any_code=any_code)
            except MalformedReply as error:
                yield f"parse {told(error)}"
            else:
                yield f"parse {told(reply)}"
                yield from values(reply)


def told(result: Reply | MalformedReply) -> str:
    if isinstance(result, MalformedReply):
        return f"malformed {result.reason} {result.offset}"
    codes = f"{result.code} {result.first_code} {result.enhanced or '-'}"
    return f"reply {codes} {','.join(result.notes) or '-'} {result.line_count} {shown(result.text_bytes)}"


def shown(data: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02x}" for byte in data[:SHOWN])


def values(reply: Reply) -> Iterator[str]:
    if reply.passive_address is not None:
        host, port = reply.passive_address
        yield f"value passive {host} {port}"
    if reply.extended_passive_port is not None:
        yield f"value port {reply.extended_passive_port}"
    if reply.pathname is not None:
        yield f"value pathname {shown(reply.pathname.encode('utf-8', 'surrogateescape'))}"
    if reply.file_size is not None:
        yield f"value size {reply.file_size}"
    time = reply.modification_time
    if time is not None:
        date, clock = f"{time.year} {time.month} {time.day}", f"{time.hour} {time.minute} {time.second}"
        yield f"value time {date} {clock} {time.fraction or '-'}"
    for name, text in ("domain", reply.domain), ("path", reply.forward_path):
        if text is not None:
            yield f"value {name} {shown(text.encode())}"
    wire = format_reply(reply.code, reply.text_bytes, reply.enhanced, protocol=reply.protocol)
    assert wire == reply.wire()
    yield f"wire {len(wire)} {shown(wire)}"


def main() -> None:
    for row in rows(Path(sys.argv[1])):
        sys.stdout.buffer.write(f"{row}\n".encode())


if __name__ == "__main__":
    main()
