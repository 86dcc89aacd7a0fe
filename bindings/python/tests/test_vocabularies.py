"""The closed vocabularies: the same ids and numbers as in Rust and C."""

from __future__ import annotations

import enum
import json
from typing import Any

import pytest

from replycode import (
    Basis,
    Category,
    DiagnosisBasis,
    EntryKind,
    Expectation,
    Form,
    MalformedReason,
    Mode,
    Note,
    Party,
    Protocol,
    Severity,
    Speaker,
    Status,
    Verdict,
)

VOCABULARIES: dict[type[Any], dict[str, int]] = {
    Protocol: {"smtp": 0, "ftp": 1},
    Severity: {
        "preliminary": 1,
        "completion": 2,
        "intermediate": 3,
        "transient": 4,
        "permanent": 5,
        "protected": 6,
        "unassigned": 7,
    },
    Category: {
        "syntax": 0,
        "information": 1,
        "connections": 2,
        "authentication": 3,
        "unspecified": 4,
        "mail_system": 5,
        "file_system": 6,
        "unassigned": 7,
    },
    Verdict: {"done": 1, "continue": 2, "retry_soon": 3, "retry_later": 4, "fix_first": 5, "give_up": 6},
    Status: {"current": 1, "obsolete": 2, "experimental": 3, "mentioned": 4, "field": 5},
    EntryKind: {
        "sense": 1,
        "field": 2,
        "severity": 3,
        "category": 4,
        "not_reply": 5,
        "enhanced_class": 6,
        "enhanced_subject": 7,
        "enhanced_detail": 8,
        "cause": 9,
        "note": 10,
        "malformed": 11,
    },
    Basis: {
        "sense": 1,
        "field": 2,
        "enhanced_detail": 3,
        "enhanced_subject": 4,
        "severity": 5,
        "not_reply": 6,
    },
    Expectation: {"expected": 1, "unusual": 2, "unexpected": 3},
    Mode: {"strict": 1, "lenient": 2, "log": 3},
    Note: {
        "bare-lf": 1,
        "bare-cr": 2,
        "no-space": 3,
        "tab-separator": 4,
        "no-eol": 5,
        "cut-off": 6,
        "code-mismatch": 7,
        "uncoded-continuation": 8,
        "unpadded-code": 9,
        "leading-blank": 10,
        "long-line": 11,
        "control-char": 12,
        "eight-bit": 13,
        "severity-unassigned": 14,
        "category-unassigned": 15,
        "esc-class-mismatch": 16,
        "esc-leading-zero": 17,
        "esc-prefix": 18,
        "esc-on-3yz": 19,
        "esc-varies": 20,
    },
    MalformedReason: {
        "empty": 1,
        "too-short": 2,
        "bad-code": 3,
        "bad-separator": 4,
        "bare-lf": 5,
        "bare-cr": 6,
        "code-mismatch": 7,
        "cut-off": 8,
        "trailing-data": 9,
    },
    Party: {"device": 1, "account": 2, "recipient": 3, "server": 4, "network": 5, "nobody": 6},
    DiagnosisBasis: {"phrase": 1, "enhanced": 2, "command": 3, "code": 4, "severity": 5},
    Speaker: {"server": 1, "client": 2, "http": 3, "system": 4, "winsock": 5, "tls": 6},
    Form: {
        "bare": 1,
        "dialog": 2,
        "labelled": 3,
        "field": 4,
        "quoted": 5,
        "tuple": 6,
        "bracketed": 7,
        "embedded": 8,
        "escaped": 9,
        "column": 10,
        "bytes": 11,
        "spelled": 12,
        "enhanced": 13,
        "status": 14,
    },
}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_ids_and_numbers(vocabulary: type[Any]) -> None:
    assert {str, enum.Enum} <= set(vocabulary.__mro__)
    assert {member.value: member.number for member in vocabulary} == VOCABULARIES[vocabulary]
    for member in vocabulary:
        assert member.name == member.value.upper().replace("-", "_")
        assert member is vocabulary(member.value) is vocabulary[member.name]
        assert member == member.value and hash(member) == hash(member.value)
        assert (str(member), f"{member}", f"{member:_<13}") == (member.value, member.value, f"{member.value:_<13}")
        assert repr(member) == f"<{vocabulary.__name__}.{member.name}: {member.value!r}>"
        assert json.dumps(member) == f'"{member.value}"'


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_an_unknown_word_is_named_with_the_known_ones(vocabulary: type[Any]) -> None:
    known = ", ".join(repr(id) for id in VOCABULARIES[vocabulary])
    with pytest.raises(ValueError) as error:
        vocabulary("fatal")
    assert str(error.value) == f"'fatal' is not a {vocabulary.__name__}: expected one of {known}"


def test_severity_and_verdict_as_rfc_5321_section_4_2_1_has_them() -> None:
    assert [severity for severity in Severity if severity.is_positive] == ["preliminary", "completion", "intermediate"]
    assert [severity for severity in Severity if severity.is_negative] == ["transient", "permanent"]
    assert Severity.TRANSIENT.verdict is Verdict.RETRY_LATER
    assert Severity.PERMANENT.verdict is Verdict.FIX_FIRST
    assert Severity.UNASSIGNED.verdict is Verdict.GIVE_UP
    assert [verdict for verdict in Verdict if verdict.should_retry] == ["retry_soon", "retry_later"]


def test_notes_and_reasons_have_texts() -> None:
    for word in (*Note, *MalformedReason):
        kind = "note" if isinstance(word, Note) else "malformed"
        assert (word.entry.kind, word.entry.id) == (kind, word.value)
        assert word.entry is word.entry and word.entry.rfc is not None
        for lang in "en", "ja":
            for text in "title", "meaning", "action":
                assert getattr(word, text)(lang) == getattr(word.entry, text)(lang) != ""
        assert word.title() == word.title("en") != word.title("ja")
    assert Note.BARE_LF.title() == "Lines end with bare line feeds"
    assert str(Note.BARE_LF.entry.source) == "RFC 5321, section 2.3.8"
