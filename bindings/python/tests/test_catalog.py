"""generated/catalog.json against the public API: every field of every entry.

Each object of the file is taken apart; a field that nothing here compares is a failure, so that a new field of the
catalogue cannot be forgotten.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import replycode
from replycode import (
    Category,
    Enhanced,
    Entry,
    EntryKind,
    Expectation,
    MalformedReason,
    Note,
    Party,
    Protocol,
    Severity,
    Status,
    Verdict,
)

CATALOG = Path(__file__).resolve().parents[3] / "generated/catalog.json"

# What the tables leave out on purpose: it is for people who read the catalogue, not for programs.
READERS_ONLY = {
    "source": {"see"},
    "verdict": {"reason"},
    "entry": {"deprecated"},
    "flow": {"source", "note"},
    "protocol": {"name"},
    # What it asks for is compared by its examples.
    "rule": {"source", "when"},
}


class Fields:
    """An object of the file, field by field."""

    def __init__(self, what: str, fields: dict[str, Any]) -> None:
        self.what = what
        self.fields = dict(fields)

    def take(self, name: str, default: Any = None) -> Any:
        return self.fields.pop(name, default)

    def done(self) -> None:
        left = set(self.fields) - READERS_ONLY.get(self.what, set())
        assert not left, f"catalog.json has fields of a {self.what} that this test does not compare: {sorted(left)}"


@pytest.fixture(scope="module")
def catalog() -> Fields:
    with CATALOG.open(encoding="utf-8") as file:
        return Fields("catalogue", json.load(file))


def same_entry(row: Fields, kind: EntryKind, entry: Entry, verdict: str | None) -> None:
    """What every kind of row has; `verdict` is the one that holds where the row has none of its own."""
    row.what = "entry"
    assert entry.kind is kind
    assert entry.id == row.take("id")
    assert entry.phrase == row.take("phrase", "")
    source = Fields("source", row.take("source"))
    rfc, places = source.take("rfc"), [source.take(name) for name in ("section", "iana", "field")]
    place = next((place for place in places if place is not None), "")
    source.done()
    assert (entry.source.rfc, entry.source.place, entry.rfc) == (rfc, place, rfc)
    assert str(entry.source) == (place if rfc is None else f"RFC {rfc}, section {place}" if place else f"RFC {rfc}")
    assert entry.since == row.take("since")
    assert entry.status is Status(row.take("status", "current"))
    own = row.take("verdict")
    if isinstance(own, dict):
        override = Fields("verdict", own)
        own = override.take("is")
        override.done()
    expected = own or verdict
    assert entry.verdict is (None if expected is None else Verdict(expected))
    assert entry.commands == tuple(row.take("commands", ()))
    assert entry.aliases == tuple(row.take("aliases", ()))
    assert [str(code) for code in entry.enhanced] == row.take("enhanced", [])
    assert all(Enhanced.parse(str(code)) == code for code in entry.enhanced)
    assert entry.codes == tuple(row.take("codes", ()))
    for name in "title", "meaning", "action", "note":
        texts = dict(row.take(name, {}))
        for language in replycode.languages():
            assert getattr(entry, name)(language.id) == texts.pop(language.id, "")
        assert not texts, f"languages that the API does not know: {sorted(texts)}"
    row.done()


def test_head(catalog: Fields) -> None:
    assert catalog.fields["version"] == replycode.CATALOG_VERSION
    assert catalog.fields["digest"] == replycode.CATALOG_DIGEST
    assert replycode.CATALOG_DIGEST[:16] in catalog.fields["generated"]
    languages = [
        {"id": language.id, "number": language.number, "name": language.name} for language in replycode.languages()
    ]
    assert languages == catalog.fields["languages"]
    assert [protocol["id"] for protocol in catalog.fields["protocols"]] == [str(protocol) for protocol in Protocol]
    assert set(catalog.fields) == {
        *("generated", "version", "digest", "languages"),
        *("protocols", "enhanced", "not_replies", "notes", "malformed"),
        *("causes", "rules"),
    }, "a part of catalog.json is compared by no test"


PARTS = {"id", "name", "severities", "categories", "replies", "field", "commands"}


@pytest.mark.parametrize("protocol", Protocol)
def test_codes_and_their_senses(catalog: Fields, protocol: Protocol) -> None:
    rows = catalog.fields["protocols"][protocol.number]
    assert set(rows) == PARTS, "a part of a protocol is compared by no test"
    listings = replycode.listings(protocol)
    seen: dict[int, list[Entry]] = {code: [] for code in listings}
    for part, kind in [("replies", EntryKind.SENSE), ("field", EntryKind.FIELD)]:
        for item in rows[part]:
            reply = Fields("reply", item)
            listing = listings[reply.take("code")]
            found = listing.senses if kind is EntryKind.SENSE else listing.field
            senses = reply.take("senses")
            assert len(found) == len(senses)
            for sense, entry in zip(senses, found):
                same_entry(Fields("entry", sense), kind, entry, listing.severity.verdict)
                assert getattr(type(listing), entry.id.upper()) is listing
            seen[listing.code] += found
            reply.done()
    for code, listing in listings.items():
        assert (*listing.senses, *listing.field) == tuple(seen[code])
        assert listing.entry is seen[code][0]
        first = listing.entry
        assert (listing.phrase, listing.status, listing.source) == (first.phrase, first.status, first.source)
        assert listing.verdict is first.verdict
        for language in replycode.languages():
            for name in "title", "meaning", "action", "note":
                assert getattr(listing, name)(language.id) is getattr(first, name)(language.id)


@pytest.mark.parametrize("protocol", Protocol)
def test_severities(catalog: Fields, protocol: Protocol) -> None:
    digits = {}
    for item in catalog.fields["protocols"][protocol.number]["severities"]:
        row = Fields("entry", item)
        severity = Severity(item["id"])
        digits.update(dict.fromkeys(row.take("digits"), severity))
        assert severity.verdict is Verdict(item["verdict"])
        same_entry(row, EntryKind.SEVERITY, replycode.severity_entry(protocol, severity), None)
    assert sorted(digits) == list(range(10))
    for code in range(1000):
        assert replycode.severity(protocol, code) is digits[code // 100]


@pytest.mark.parametrize("protocol", Protocol)
def test_categories(catalog: Fields, protocol: Protocol) -> None:
    digits = {}
    for item in catalog.fields["protocols"][protocol.number]["categories"]:
        row = Fields("entry", item)
        category = Category(item["id"])
        digits.update(dict.fromkeys(row.take("digits"), category))
        same_entry(row, EntryKind.CATEGORY, replycode.category_entry(protocol, category), None)
    assert sorted(digits) == list(range(10))
    for code in range(100, 1000):
        assert replycode.category(protocol, code) is digits[code // 10 % 10]


@pytest.mark.parametrize("protocol", Protocol)
def test_commands_and_what_may_answer_them(catalog: Fields, protocol: Protocol) -> None:
    listed: dict[str, set[int]] = {}
    found = {command.verb: command for command in replycode.commands(protocol)}
    for item in catalog.fields["protocols"][protocol.number]["commands"]:
        row = Fields("command", item)
        verb = row.take("verb")
        assert (found[verb].number, found[verb].protocol) == (row.take("number"), protocol)
        codes = set()
        for reply in row.take("replies"):
            flow = Fields("flow", reply)
            codes.add(flow.take("code"))
            flow.done()
        listed[verb] = codes
        row.done()
    assert list(listed) == list(found)
    (any_command,) = [verb for verb, command in found.items() if command.number == 0]
    for verb, command in found.items():
        proper = listed[verb] | listed[any_command]
        severities = {replycode.severity(protocol, code) for code in proper}
        for code in range(1100):
            answer = replycode.expected(protocol, command, code)
            severity = replycode.severity(protocol, code)
            if code in proper:
                assert answer is Expectation.EXPECTED
            elif 100 <= code <= 999 and (severity in severities or severity.is_negative):
                assert answer is Expectation.UNUSUAL
            else:
                assert answer is Expectation.UNEXPECTED


def test_enhanced_codes(catalog: Fields) -> None:
    parts = Fields("enhanced", catalog.fields["enhanced"])
    for item in parts.take("classes"):
        row = Fields("entry", item)
        code = Enhanced(row.take("class"), 0, 0)
        verdict = code.severity.verdict
        same_entry(row, EntryKind.ENHANCED_CLASS, replycode.explain_enhanced(code).class_, verdict)
    for item in parts.take("subjects"):
        row = Fields("entry", item)
        subject = row.take("subject")
        for class_ in 2, 4, 5:
            entry = replycode.explain_enhanced(Enhanced(class_, subject, 999)).subject
            assert entry is not None
            same_entry(Fields("entry", row.fields), EntryKind.ENHANCED_SUBJECT, entry, None)
    found = replycode.enhanced_details()
    details = parts.take("details")
    assert len(found) == len(details)
    for item, (subject, detail, entry) in zip(details, found):
        row = Fields("entry", item)
        assert (subject, detail) == (row.take("subject"), row.take("detail"))
        same_entry(row, EntryKind.ENHANCED_DETAIL, entry, None)
        for class_ in 2, 4, 5:
            assert replycode.explain_enhanced(Enhanced(class_, subject, detail)).entry is entry
    parts.done()


@pytest.mark.parametrize(
    ("part", "kind", "words"),
    [("notes", EntryKind.NOTE, Note), ("malformed", EntryKind.MALFORMED, MalformedReason)],
)
def test_what_the_parser_tells(
    catalog: Fields, part: str, kind: EntryKind, words: type[Note] | type[MalformedReason]
) -> None:
    rows = catalog.fields[part]
    assert len(rows) == len(words)
    for item, word in zip(rows, words):
        row = Fields("entry", item)
        assert (row.take("number"), item["id"]) == (word.number, word)
        same_entry(row, kind, word.entry, None)


def test_numbers_that_are_no_reply(catalog: Fields) -> None:
    rows = catalog.fields["not_replies"]
    found = replycode.not_replies()
    assert len(rows) == len(found)
    for item, (number, entry) in zip(rows, found):
        row = Fields("entry", item)
        assert number == row.take("number")
        same_entry(row, EntryKind.NOT_REPLY, entry, None)
        # Linux's 111 is a number that a server could have sent: there the digits speak.
        if not 100 <= number <= 999:
            for protocol in Protocol:
                assert replycode.explain(protocol, number).entry is entry
                assert replycode.explain(protocol, number).verdict is entry.verdict


def test_causes(catalog: Fields) -> None:
    rows, found = catalog.fields["causes"], replycode.causes()
    assert len(rows) == len(found)
    for item, cause in zip(rows, found):
        row = Fields("cause", item)
        assert (row.take("id"), row.take("number")) == (cause.id, cause.number)
        assert (row.take("verdict"), row.take("party")) == (cause.verdict, cause.party)
        assert cause.party is Party(cause.party) and cause.verdict is cause.entry.verdict
        assert (cause.entry.kind, cause.entry.id) == (EntryKind.CAUSE, cause.id)
        title, meaning, steps = row.take("title"), row.take("meaning"), row.take("action")
        for language in replycode.languages():
            assert cause.title(language.id) == cause.entry.title(language.id) == title.pop(language.id)
            assert cause.meaning(language.id) == cause.entry.meaning(language.id) == meaning.pop(language.id)
            expected = [step.pop(language.id) for step in steps]
            assert list(cause.action(language.id)) == expected
            assert cause.entry.action(language.id) == "\n".join(expected)
        assert not (title or meaning or any(steps)), "languages that the API does not know"
        row.done()
        assert replycode.cause(cause.id) is replycode.cause(cause.number) is cause


def test_rules(catalog: Fields) -> None:
    rows, found = catalog.fields["rules"], replycode.rules()
    assert len(rows) == len(found)
    for item, rule in zip(rows, found):
        row = Fields("rule", item)
        assert (row.take("id"), row.take("cause")) == (rule.id, rule.cause.id)
        own = row.take("verdict")
        assert rule.verdict is (None if own is None else Verdict(own["is"]))
        protocols = [item["when"]["protocol"]] if "protocol" in item["when"] else list(Protocol)
        for name, decides in [("yes", True), ("no", False)]:
            for example in row.take(name, []):
                for protocol in protocols:
                    answer = ask(protocol, example)
                    assert (answer.rule == rule.id) is decides, (rule, protocol, example)
                    assert not decides or (answer.cause, answer.basis) == (rule.cause, rule.basis)
        row.done()


def ask(protocol: str, example: str) -> replycode.Diagnosis:
    """`RCPT -> 550 5.1.1 words`, where everything but the words may be missing."""
    verb, arrow, reply = example.rpartition(" -> ")
    if not arrow:
        verb, reply = "", example
    code = int(reply[:3]) if reply[:3].isascii() and reply[:3].isdigit() and reply[3:4] in ("", " ") else None
    rest = reply if code is None else reply[4:]
    first, _, words = rest.partition(" ")
    try:
        enhanced = Enhanced.parse(first)
    except ValueError:
        return replycode.diagnose(protocol, code, rest, command=verb or None)
    return replycode.diagnose(protocol, code, words, command=verb or None, enhanced=enhanced)
