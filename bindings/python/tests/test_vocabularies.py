"""The closed vocabularies: the same ids and numbers as in Rust and C."""

from __future__ import annotations

import enum
import json
from typing import Any

import pytest

from replycode import Basis, Category, EntryKind, Expectation, Protocol, Severity, Status, Verdict

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
}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_ids_and_numbers(vocabulary: type[Any]) -> None:
    assert {str, enum.Enum} <= set(vocabulary.__mro__)
    assert {member.value: member.number for member in vocabulary} == VOCABULARIES[vocabulary]
    for member in vocabulary:
        assert member.name == member.value.upper()
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
