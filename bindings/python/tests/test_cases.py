"""Real texts from public reports (tests/data/cases.jsonl, with example names) through the Python package: what it finds,
and what it says of them. The equality with Rust and C is checked row by row by `diagnosis.py`; here are the figures."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import replycode

CASES = Path(__file__).resolve().parents[3] / "tests/data/cases.jsonl"

Code = tuple[Any, Any]


def cases() -> list[dict[str, Any]]:
    with CASES.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def text_of(case: dict[str, Any]) -> str | bytes:
    return base64.b64decode(case["input_b64"]) if "input_b64" in case else case["input"]


def sequence(codes: Iterator[Code]) -> list[Code]:
    """As the cases were labelled: entries without a reply code are dropped unless there are only such; consecutive
    entries with the same protocol and code are one."""
    every = list(codes)
    if any(code is not None for _, code in every):
        every = [entry for entry in every if entry[1] is not None]
    return [entry for entry, _ in groupby(every)]


def found(case: dict[str, Any]) -> list[Code]:
    return sequence((entry.protocol, entry.code) for entry in replycode.find(text_of(case), case.get("hint")))


def expected(case: dict[str, Any]) -> list[Code]:
    return sequence((protocol, code) for protocol, code, _ in case["expect"]["all_codes"])


def sequence_is_right(case: dict[str, Any]) -> bool:
    return found(case) == expected(case)


def no_code_is_false(case: dict[str, Any]) -> bool:
    return {entry for entry in found(case) if entry[1] is not None} <= set(expected(case))


def deciding_code_is_right(case: dict[str, Any]) -> bool:
    deciding = replycode.explain_incident(text_of(case), case.get("hint")).deciding
    return bool((deciding and deciding.code) == case["expect"]["code"])


def cause_is_right(case: dict[str, Any]) -> bool:
    answer = replycode.explain_incident(text_of(case), case.get("hint"))
    return answer.cause.id in [case["expect"]["cause"], *case["expect"].get("cause_alt", [])]


def retry_is_right(case: dict[str, Any]) -> bool:
    answer = replycode.explain_incident(text_of(case), case.get("hint"))
    return answer.verdict.should_retry is case["expect"]["should_retry"]


@pytest.mark.parametrize(
    ("right", "least"),
    [
        (sequence_is_right, 0.90),
        (no_code_is_false, 0.95),
        (deciding_code_is_right, 0.92),
        (cause_is_right, 0.90),
        (retry_is_right, 0.97),
    ],
)
def test_figures(right: Callable[[dict[str, Any]], bool], least: float) -> None:
    every = cases()
    assert len(every) == 178
    share = sum(map(right, every)) / len(every)
    print(f"{right.__name__}: {share:.1%}")
    assert share >= least
