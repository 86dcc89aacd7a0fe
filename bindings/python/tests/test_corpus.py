"""Every case of the corpus file: what the RFC says of it, whole, byte by byte, and cut at every place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from corpus import Case, Event, cases, events, mode, unescape

from replycode import MalformedReply, Mode, Parser, Protocol, Reply, parse

CORPUS = Path(__file__).resolve().parents[3] / "crates/replycode/tests/data/replies.txt"
CASES = list(cases(CORPUS))
# All rules, also those that a case says nothing of.
RULES = list(product(Protocol, [*((word, False) for word in Mode), (Mode.LENIENT, True)]))


def parser(protocol: Protocol, rules: tuple[Mode, bool]) -> Parser:
    return Parser(protocol, mode=rules[0], end_at_any_code=rules[1])


def seen(result: Reply | MalformedReply) -> tuple[object, ...]:
    """Everything that a result says, in the order of the corpus file's columns."""
    if isinstance(result, MalformedReply):
        return result.reason, result.offset
    facts = (result.code, result.first_code, result.enhanced and str(result.enhanced), result.notes)
    return *facts, result.line_count, result.text_bytes


def flat(events: Iterator[Event]) -> list[tuple[object, ...]]:
    return [(event.consumed, event.at_end, *seen(event.result)) for event in events]


def golden(case: Case) -> tuple[object, ...] | None:
    """What the file says; None for no event."""
    code, first, enhanced, notes, lines, text = case.result
    place = (case.consumed, case.event.startswith("end"))
    match case.event:
        case "idle":
            return None
        case "complete" | "end":
            words = () if notes == "-" else tuple(notes.split(","))
            facts = (int(code), int(first), None if enhanced == "-" else enhanced, words)
            assert text[0] == text[-1] == '"'
            return *place, *facts, int(lines), unescape(text[1:-1])
        case "malformed" | "end-malformed":
            return *place, code, int(first)
        case other:
            raise AssertionError(f"line {case.line}: unknown event {other}")


def test_the_corpus_is_read() -> None:
    assert len(CASES) > 200
    assert {case.protocol for case in CASES} == set(Protocol)
    assert {word for case in CASES for word in case.rules} == {"strict", "lenient", "log", "any-code"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}-{case.protocol}")
def test_every_case_is_read_as_the_rfc_says(case: Case) -> None:
    wanted = golden(case)
    for word in case.rules:
        for size in max(len(case.input), 1), 1:
            told = flat(events(parser(case.protocol, mode(word)), case.input, size))
            assert (told[0] if told else None) == wanted, (word, size)
        whole = parser(case.protocol, mode(word))
        one_by_one = [result for _, _, *result in flat(events(whole, case.input, max(len(case.input), 1)))]
        assert [list(seen(result)) for result in fed(whole, [case.input])] == one_by_one


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}-{case.protocol}")
def test_parse_says_the_same_as_the_stream(case: Case) -> None:
    wanted = golden(case)
    for word in case.rules:
        name, any_code = mode(word)
        result: Reply | MalformedReply
        try:
            result = parse(case.input, case.protocol, mode=name, end_at_any_code=any_code)
        except MalformedReply as error:
            result = error
        if wanted is None:
            assert isinstance(result, MalformedReply) and result.reason == "empty"
        elif isinstance(result, MalformedReply) and result.reason == "trailing-data":
            assert result.offset == case.consumed < len(case.input)
        else:
            assert seen(result) == wanted[2:]
            if isinstance(result, Reply):
                assert result.raw is not None and case.input.startswith(result.raw)
                assert b"\n".join(result.lines) == result.text_bytes


def fed(parser: Parser, pieces: list[bytes]) -> list[Reply | MalformedReply]:
    """All that `feed` and `finish` tell."""
    told: list[Reply | MalformedReply] = []
    for piece in pieces:
        rest = piece
        while rest:
            try:
                told += parser.feed(rest)
                rest = b""
            except MalformedReply as error:
                told += [*error.replies, error]
                rest = error.rest
    try:
        last = parser.finish()
    except MalformedReply as error:
        told.append(error)
    else:
        told += [last] if last is not None else []
    return told


def places(length: int) -> list[int]:
    """Every place; of the few inputs of more than 2000 bytes, which repeat themselves, the ends and every 997th."""
    return [n for n in range(length + 1) if length <= 2000 or n <= 64 or length - n <= 64 or n % 997 == 0]


@pytest.mark.parametrize("data", sorted({case.input for case in CASES}), ids=lambda data: f"{len(data)} bytes")
def test_every_input_cut_at_every_place_is_read_the_same(data: bytes) -> None:
    for protocol, rules in RULES:
        reader = parser(protocol, rules)
        wanted = [seen(result) for result in fed(reader, [data])]
        for place in places(len(data)):
            assert [seen(result) for result in fed(reader, [data[:place], data[place:]])] == wanted, (rules, place)
