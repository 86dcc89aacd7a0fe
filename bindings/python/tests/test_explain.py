"""`explain`, `explain_enhanced`, `expected`, with values from the RFCs."""

from __future__ import annotations

from typing import Any

import pytest

import replycode
from replycode import (
    Basis,
    Category,
    Enhanced,
    EntryKind,
    Expectation,
    Protocol,
    Severity,
    Smtp,
    Verdict,
    expected,
    explain,
    explain_enhanced,
)


def test_every_number_has_an_answer() -> None:
    for protocol in Protocol:
        for code in range(65536):
            answer = explain(protocol, code)
            assert answer.code == code
            listing = replycode.lookup(protocol, code)
            if listing is not None:
                assert answer.entry is listing.entry
                assert answer.basis == listing.entry.kind.value
            elif 100 <= code <= 999:
                assert answer.basis is Basis.SEVERITY
                assert answer.entry is replycode.severity_entry(protocol, answer.severity)
            else:
                assert answer.basis is Basis.NOT_REPLY
            assert answer.severity is replycode.severity(protocol, code)
            assert answer.category is replycode.category(protocol, code)
            assert answer.title() and answer.title("ja") and answer.meaning() and answer.meaning("ja")


@pytest.mark.parametrize("code", [-1, 65536, 2**64, -(2**64)])
@pytest.mark.parametrize(
    "ask",
    [
        explain,
        replycode.lookup,
        replycode.severity,
        replycode.category,
        lambda protocol, code: expected(protocol, "RCPT", code),
    ],
)
def test_a_number_out_of_range_says_what_is_allowed(ask: Any, code: int) -> None:
    with pytest.raises(ValueError) as error:
        ask("smtp", code)
    assert str(error.value) == (
        f"{code} is out of range: a code is a number from 0 to 65535, a reply code one from 100 to 999"
    )


@pytest.mark.parametrize("code", ["550", 550.0, None, b"550"])
def test_what_is_no_number_says_what_to_do(code: Any) -> None:
    with pytest.raises(TypeError, match=f"a code is an int, not {type(code).__name__}: pass int"):
        explain("smtp", code)


def test_the_command_chooses_the_sense() -> None:
    # 454 is defined for STARTTLS by RFC 3207 and for AUTH by RFC 4954.
    assert explain("smtp", 454).entry.source.rfc == 3207
    assert explain("smtp", 454, command="auth").entry.source.rfc == 4954
    assert explain("smtp", 252).entry.source.rfc == 5321
    assert explain("smtp", 252, command="ETRN").entry.source.rfc == 1985
    assert explain("smtp", 220, command="STARTTLS").phrase == "Ready to start TLS"
    etrn = next(command for command in replycode.commands("smtp") if command.verb == "ETRN")
    answer = explain("smtp", 252, command=etrn)
    assert (answer.command, answer.entry.source.rfc) == ("ETRN", 1985)


def test_a_command_that_is_not_listed_says_nothing() -> None:
    answer = explain("smtp", 454, command="XCLIENT")
    assert answer.command is None and answer == explain("smtp", 454)
    # A command of the other protocol neither.
    retr = next(command for command in replycode.commands("ftp") if command.verb == "RETR")
    assert explain("smtp", 454, command=retr) == explain("smtp", 454)


def test_the_enhanced_code_is_the_servers_own_word() -> None:
    # 535 5.7.8 is RFC 4954's own pair.
    answer = explain("smtp", 535, enhanced="5.7.8")
    assert answer.basis is Basis.SENSE and answer.enhanced is not None
    assert answer.enhanced.code == Enhanced(5, 7, 8)
    assert answer.enhanced.phrase == "Authentication credentials invalid"
    # Exchange throttles with 432 4.3.2, which is not RFC 4954's "password transition needed".
    assert explain("smtp", 432, enhanced=Enhanced(4, 3, 2)).basis is Basis.FIELD
    # A code that is not listed lets the enhanced code speak, the detail before the subject.
    assert explain("smtp", 599, enhanced="5.7.8").basis is Basis.ENHANCED_DETAIL
    assert explain("smtp", 599, enhanced="5.7.606").basis is Basis.ENHANCED_SUBJECT
    assert explain("smtp", 599, enhanced="5.99.1").basis is Basis.SEVERITY
    assert explain("smtp", 599).enhanced is None


def test_an_unknown_code_is_judged_by_its_digits() -> None:
    answer = explain("smtp", 471 + 8)
    assert (answer.severity, answer.verdict) == (Severity.TRANSIENT, Verdict.RETRY_LATER)
    assert answer.verdict.should_retry
    assert explain("smtp", 599).verdict is Verdict.FIX_FIRST
    assert explain("smtp", 599).category is Category.UNASSIGNED
    assert explain("ftp", 631).severity is Severity.PROTECTED


def test_numbers_that_no_server_has_sent() -> None:
    known = dict(replycode.not_replies())
    assert known[10060].phrase == "WSAETIMEDOUT" and known[10061].phrase == "WSAECONNREFUSED"
    assert explain("ftp", 10060).entry is known[10060]
    assert explain("ftp", 12345).entry is known[0]


def test_members_are_taken_as_codes() -> None:
    assert explain("smtp", Smtp.MAILBOX_BUSY) == explain("smtp", 450)
    assert replycode.lookup("ftp", Smtp.MAILBOX_BUSY) is replycode.ftp[450]


def test_enhanced_codes_as_rfc_3463_writes_them() -> None:
    code = Enhanced.parse("5.7.606")
    assert (code.class_, code.subject, code.detail) == (5, 7, 606)
    assert str(code) == "5.7.606" and repr(code) == "Enhanced(5, 7, 606)" and eval(repr(code)) == code
    assert code.severity is Severity.PERMANENT
    assert Enhanced(2, 0, 0).severity is Severity.COMPLETION and Enhanced(4, 2, 2).severity is Severity.TRANSIENT
    ordered = [Enhanced.parse(text) for text in ["2.0.0", "4.7.1", "5.0.0", "5.1.1", "5.1.2", "5.2.0", "5.10.0"]]
    assert sorted(reversed(ordered)) == ordered
    assert len({Enhanced(5, 1, 1), Enhanced.parse("5.1.1"), Enhanced(5, 1, 2)}) == 2
    assert Enhanced(5, 1, 1) != "5.1.1" and Enhanced(5, 1, 1) != (5, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["", "5", "5.1", "5.1.", "5..1", "5.1.1.1", "3.1.1", "5.01.1", "5.1.1000", " 5.1.1", "5.1.1 ", "+5.1.1", "5.1.１"],
)
def test_only_what_rfc_3463_writes_is_an_enhanced_code(text: str) -> None:
    for ask in Enhanced.parse, explain_enhanced, lambda text: explain("smtp", 550, enhanced=text):
        with pytest.raises(ValueError, match="not an enhanced status code: expected CLASS.SUBJECT.DETAIL"):
            ask(text)


@pytest.mark.parametrize("parts", [(3, 0, 0), (5, 1000, 0), (5, 0, 1000), (-1, 0, 0), (5, 2**70, 0), (261, 0, 0)])
def test_parts_out_of_range(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="is no enhanced status code: the class is 2, 4 or 5, subject and detail"):
        Enhanced(*parts)


def test_three_levels_of_an_enhanced_code() -> None:
    known = explain_enhanced("4.2.2")
    assert known.phrase == "Mailbox full" and known.entry is known.detail
    assert known.subject is not None and known.subject.phrase == "Mailbox Status"
    assert known.class_.phrase == "Persistent Transient Failure"
    assert known.entry.kind is EntryKind.ENHANCED_DETAIL and known.subject.kind is EntryKind.ENHANCED_SUBJECT
    unregistered = explain_enhanced(Enhanced(5, 7, 606))
    assert unregistered.detail is None and unregistered.entry is unregistered.subject
    beyond = explain_enhanced("5.999.0")
    assert beyond.subject is None and beyond.entry is beyond.class_
    # The registry associates 5.1.1 with 550 (RFC 3463 with RFC 5248).
    assert 550 in explain_enhanced("5.1.1").entry.codes


@pytest.mark.parametrize("value", [5, None, b"5.7.1", (5, 7, 1)])
def test_what_is_no_enhanced_code_says_what_is(value: Any) -> None:
    with pytest.raises(TypeError, match=f"is an Enhanced, or a str such as '5.7.1', not {type(value).__name__}"):
        explain_enhanced(value)


def test_expected_as_rfc_5321_section_4_3_2_lists() -> None:
    assert expected("smtp", "RCPT", 550) is Expectation.EXPECTED
    assert expected("smtp", "rcpt", 250) is Expectation.EXPECTED
    assert expected("smtp", "RCPT", 571) is Expectation.UNUSUAL
    assert expected("smtp", "RCPT", 354) is Expectation.UNEXPECTED
    assert expected("smtp", "DATA", 354) is Expectation.EXPECTED
    assert expected("ftp", "STOR", 553) is Expectation.EXPECTED
    assert expected("ftp", "STOR", 331) is Expectation.UNEXPECTED
    assert expected("ftp", "STOR", 10060) is Expectation.UNEXPECTED


def test_expected_names_the_known_commands() -> None:
    with pytest.raises(ValueError, match='the catalogue has no ftp command "STARTTLS"; it has .*RETR'):
        expected("ftp", "STARTTLS", 220)
    command: Any = 7
    with pytest.raises(TypeError, match="a command is a verb as str, or a Command, not int"):
        expected("ftp", command, 220)


@pytest.mark.parametrize("lang", ["fr", "", "EN", "ja-JP"])
def test_an_unknown_language_is_named_with_the_known_ones(lang: str) -> None:
    answers: list[Any] = [explain("smtp", 550), explain("smtp", 550).entry, Smtp(550), explain_enhanced("5.1.1")]
    for answer in answers:
        for ask in answer.title, answer.meaning, answer.action, answer.note:
            with pytest.raises(ValueError) as error:
                ask(lang)
            assert str(error.value) == f"unknown language \"{lang}\": the catalogue has 'en', 'ja'"


def test_english_is_the_default_language() -> None:
    for answer in explain("ftp", 425), replycode.ftp[425], replycode.ftp[425].entry, explain_enhanced("4.2.2"):
        for kind in "title", "meaning", "action", "note":
            ask = getattr(answer, kind)
            assert ask() is ask("en") is ask(lang="en")
            assert kind == "note" or ask("en") != ask("ja")
