"""The enums and mappings of codes, with values from the RFCs."""

from __future__ import annotations

import enum
import json
import operator
from collections.abc import Mapping
from typing import Any

import pytest

import replycode
from replycode import Category, Ftp, Listing, Protocol, Severity, Smtp, Status, Verdict, ftp, smtp


def test_smtp_550_as_rfc_5321_has_it() -> None:
    code = Smtp.MAILBOX_UNAVAILABLE
    assert code.value == 550
    assert code.phrase == (
        "Requested action not taken: mailbox unavailable (e.g., mailbox not found, no access, "
        "or command rejected for policy reasons)"
    )
    assert code.protocol is Protocol.SMTP
    assert code.severity is Severity.PERMANENT
    assert code.category is Category.MAIL_SYSTEM
    assert code.verdict is Verdict.FIX_FIRST
    assert code.status is Status.CURRENT
    assert (code.source.rfc, code.source.place) == (5321, "4.2.3")


@pytest.mark.parametrize(
    ("mapping", "code", "phrase", "rfc"),
    [
        (smtp, 220, "<domain> Service ready", 5321),
        (smtp, 354, "Start mail input; end with <CRLF>.<CRLF>", 5321),
        (smtp, 421, "<domain> Service not available, closing transmission channel (This may be a reply to any command "
         "if the service knows it must shut down)", 5321),
        (smtp, 535, "Authentication credentials invalid", 4954),
        (smtp, 556, "Domain does not accept mail", 7504),
        (ftp, 110, "Restart marker reply.", 959),
        (ftp, 331, "User name okay, need password.", 959),
        (ftp, 425, "Can't open data connection.", 959),
        (ftp, 530, "Not logged in.", 959),
        (ftp, 553, "Requested action not taken. File name not allowed.", 959),
    ],
)
def test_phrases_are_the_words_of_the_rfcs(mapping: Mapping[int, Listing], code: int, phrase: str, rfc: int) -> None:
    assert mapping[code].phrase == phrase
    assert mapping[code].source.rfc == rfc


@pytest.mark.parametrize(
    ("protocol", "code", "severity", "category"),
    [
        # RFC 5321 section 4.2.1, RFC 959 section 4.2, RFC 2228 section 5.
        ("smtp", 421, Severity.TRANSIENT, Category.CONNECTIONS),
        ("smtp", 535, Severity.PERMANENT, Category.UNSPECIFIED),
        ("smtp", 354, Severity.INTERMEDIATE, Category.MAIL_SYSTEM),
        ("smtp", 120, Severity.UNASSIGNED, Category.CONNECTIONS),
        ("ftp", 120, Severity.PRELIMINARY, Category.CONNECTIONS),
        ("ftp", 331, Severity.INTERMEDIATE, Category.AUTHENTICATION),
        ("ftp", 550, Severity.PERMANENT, Category.FILE_SYSTEM),
        ("ftp", 631, Severity.PROTECTED, Category.AUTHENTICATION),
        ("ftp", 99, Severity.UNASSIGNED, Category.UNASSIGNED),
        ("ftp", 1000, Severity.UNASSIGNED, Category.UNASSIGNED),
    ],
)
def test_digits_as_the_rfcs_assign_them(protocol: str, code: int, severity: Severity, category: Category) -> None:
    assert replycode.severity(protocol, code) is severity
    assert replycode.category(protocol, code) is category


def test_one_code_with_several_senses_has_several_names() -> None:
    assert Smtp["STARTTLS_GO_AHEAD"] is Smtp["SERVICE_READY"] is Smtp(220)
    assert Smtp(220).name == "SERVICE_READY"
    assert [sense.source.rfc for sense in Smtp.SERVICE_READY.senses] == [5321, 3207]
    # RFC 3207 and RFC 4954 both define 454.
    assert [sense.commands for sense in smtp[454].senses] == [("STARTTLS",), ("AUTH",)]
    names = [sense.id.upper() for code in Smtp for sense in (*code.senses, *code.field)]
    assert list(Smtp.__members__) == names


def test_there_is_one_object_a_code() -> None:
    for protocol, mapping, cls in [("smtp", smtp, Smtp), ("ftp", ftp, Ftp)]:
        assert replycode.listings(protocol) is mapping
        for code, member in mapping.items():
            assert member is cls(code) is replycode.lookup(protocol, code) is mapping[member.code]
            assert isinstance(member, cls) and isinstance(member, Listing) and isinstance(member, enum.Enum)
            assert (member.code, member.value, int(member)) == (code, code, code)
            assert member.phrase is member.phrase is member.entry.phrase
            assert member.title("ja") is member.title("ja") is member.entry.title("ja")


def test_a_code_counts_as_its_number() -> None:
    code: Any = Smtp.MAILBOX_UNAVAILABLE
    assert code == 550 and 550 == code and code != 551 and code in (550, 551)
    assert hash(code) == hash(550) and {550: "x"}[code] == "x"
    assert operator.index(code) == 550 and list(range(600))[code] == 550
    assert 500 < code <= 550 and code < Smtp.USER_NOT_LOCAL_TRY
    assert sorted([smtp[554], smtp[250], smtp[421]]) == [250, 421, 554]
    assert (str(code), f"{code}", f"{code:>5}", "%d" % code) == ("550", "550", "  550", "550")
    assert json.dumps({"code": code.value}) == '{"code": 550}'
    assert not isinstance(code, int)


def test_codes_of_different_protocols_are_never_equal() -> None:
    one, other = smtp[550], ftp[550]
    assert one == 550 == other and one != other
    assert len({one, other}) == 2
    with pytest.raises(TypeError, match="'<' not supported"):
        one < other  # type: ignore[operator]


def test_the_mappings_are_mappings() -> None:
    for protocol, mapping in [("smtp", smtp), ("ftp", ftp)]:
        assert isinstance(mapping, Mapping)
        codes = [code for code in range(65536) if replycode.lookup(protocol, code) is not None]
        assert list(mapping) == list(mapping.keys()) == codes == sorted(mapping)
        assert list(reversed(mapping)) == codes[::-1]
        assert list(mapping.values()) == [mapping[code] for code in codes]
        assert list(mapping.items()) == [(code, mapping[code]) for code in codes]
        assert dict(mapping) == mapping and mapping != {}
        assert len(mapping) == len(codes) > 50
        assert codes[0] in mapping and 599 not in mapping and not mapping.__contains__("550")
        assert mapping.get(599) is None and mapping.get(599, 1) == 1
    assert smtp != ftp
    match smtp:
        case {550: found}:
            assert found is Smtp.MAILBOX_UNAVAILABLE
        case _:
            pytest.fail("a mapping pattern does not match")


def test_the_mappings_cannot_be_changed() -> None:
    mapping: Any = smtp
    with pytest.raises(TypeError):
        mapping[550] = 1
    with pytest.raises(TypeError):
        del mapping[550]
    for view in mapping.keys(), mapping.values(), mapping.items():
        with pytest.raises(TypeError):
            view.mapping[550] = 1
    with pytest.raises(AttributeError):
        mapping.members = {}


@pytest.mark.parametrize("code", [599, -1, 2**70, "550", None, 550.5])
def test_a_missing_code_says_whom_to_ask(code: Any) -> None:
    with pytest.raises(KeyError) as error:
        smtp[code]
    assert error.value.args == (
        f"the catalogue does not list smtp {code!r}; explain('smtp', {code!r}) answers for every number",
    )


def test_a_key_that_cannot_be_one_is_a_type_error_as_in_a_dict() -> None:
    key: Any = []
    with pytest.raises(TypeError, match="unhashable"):
        smtp[key]
    with pytest.raises(TypeError, match="unhashable"):
        key in smtp


def test_a_value_that_is_no_member_says_whom_to_ask() -> None:
    with pytest.raises(ValueError, match=r"^599 is not a Smtp: explain\('smtp', 599\) answers for every number$"):
        Smtp(599)
    with pytest.raises(KeyError):
        Smtp["NO_SUCH_NAME"]


def test_listings_are_members_only() -> None:
    with pytest.raises(TypeError, match=r"use lookup\(protocol, code\)"):
        Listing("smtp", 550)
    with pytest.raises(TypeError):

        class More(Smtp):  # type: ignore[misc]
            pass


def test_what_servers_do_beside_the_rfcs_is_kept_apart() -> None:
    # FTP 430 is in no RFC in force; some servers refuse a password with it.
    assert ftp[430].senses == ()
    assert ftp[430].entry is ftp[430].field[0]
    assert ftp[430].status is Status.FIELD
    assert ftp[430].source.rfc is None
    # RFC 4954 says nothing of 432 as a limit on threads; Exchange does.
    assert [entry.status for entry in smtp[432].field] == [Status.FIELD]
    assert smtp[432].entry is smtp[432].senses[0]


@pytest.mark.parametrize("protocol", ["SMTP", "pop3", ""])
def test_an_unknown_protocol_is_named_with_the_known_ones(protocol: str) -> None:
    with pytest.raises(ValueError, match="unknown protocol: expected one of smtp, ftp"):
        replycode.lookup(protocol, 550)
    with pytest.raises(ValueError, match="unknown protocol: expected one of smtp, ftp"):
        replycode.listings(protocol)


def test_a_protocol_may_be_a_member() -> None:
    assert replycode.lookup(Protocol.FTP, 425) is Ftp.DATA_CONNECTION_FAILED
    assert replycode.severity(Protocol.SMTP, 425) is Severity.TRANSIENT
