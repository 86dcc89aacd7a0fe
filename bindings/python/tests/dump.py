"""Prints the canonical dump of docs/dump.md: everything that the catalogue answers, one row a fact."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import replycode
from replycode import (
    Basis,
    Category,
    DiagnosisBasis,
    Enhanced,
    Entry,
    EntryKind,
    Expectation,
    Party,
    Protocol,
    Severity,
    Status,
    Verdict,
)

VOCABULARIES = {
    "protocol": Protocol,
    "severity": Severity,
    "category": Category,
    "verdict": Verdict,
    "basis": Basis,
    "kind": EntryKind,
    "status": Status,
    "expectation": Expectation,
    "party": Party,
    "diagnosis_basis": DiagnosisBasis,
}
LANGUAGES = [language.id for language in replycode.languages()]
CLASSES = (2, 4, 5)
# Codes that the catalogue does not list, one a severity.
UNLISTED = (299, 399, 499, 599)


def rows() -> Iterator[str]:
    yield f"catalog {replycode.CATALOG_VERSION} {replycode.CATALOG_DIGEST}"
    for language in replycode.languages():
        yield f"language {language.number} {language.id} {escaped(language.name)}"
    for name, vocabulary in VOCABULARIES.items():
        for word in sorted(vocabulary, key=lambda word: word.number):
            yield f"vocabulary {name} {word.number} {word}"
    for protocol in Protocol:
        yield from codes(protocol)
    for owner, entry in entries():
        yield from about(owner, entry)
    for code in (Enhanced(c, subject, detail) for c in CLASSES for subject in range(9) for detail in range(1000)):
        answer = replycode.explain_enhanced(code).entry
        yield f"status {code} {answer.kind} {answer.id}"
    for protocol in Protocol:
        for command in replycode.commands(protocol):
            for number in range(100, 700):
                yield f"expected {protocol} {command} {number} {replycode.expected(protocol, command, number)}"
    for protocol in Protocol:
        yield from explanations(protocol)
    yield from causes()
    for protocol in Protocol:
        yield from diagnoses(protocol)


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def codes(protocol: Protocol) -> Iterator[str]:
    for number in range(65536):
        answer = replycode.explain(protocol, number)
        head = f"code {protocol} {number} {answer.severity} {answer.category}"
        yield f"{head} {answer.basis} {answer.entry.id} {answer.verdict}"


def entries() -> Iterator[tuple[str, Entry]]:
    """Every entry with its owner."""
    for protocol in Protocol:
        for code, listing in replycode.listings(protocol).items():
            for n, entry in enumerate((*listing.senses, *listing.field)):
                yield f"{protocol}/{code}/{n}", entry
        for severity in Severity:
            yield f"{protocol}/severity/{severity}", replycode.severity_entry(protocol, severity)
        for category in Category:
            yield f"{protocol}/category/{category}", replycode.category_entry(protocol, category)
    for number, entry in replycode.not_replies():
        yield f"number/{number}", entry
    for c in CLASSES:
        yield f"enhanced/class/{c}", replycode.explain_enhanced(Enhanced(c, 0, 0)).class_
    for subject in range(1000):
        of_subject = replycode.explain_enhanced(Enhanced(5, subject, 0)).subject
        if of_subject is not None:
            yield f"enhanced/subject/{subject}", of_subject
    for subject, detail, entry in replycode.enhanced_details():
        yield f"enhanced/detail/{subject}.{detail}", entry
    for owner, words in ("note", replycode.Note), ("malformed", replycode.MalformedReason):
        for word in sorted(words, key=lambda word: word.number):
            yield f"{owner}/{word.number}", word.entry
    for cause in replycode.causes():
        yield f"cause/{cause.number}", cause.entry


def about(owner: str, entry: Entry) -> Iterator[str]:
    if not entry.id:
        return
    facts = f"{entry.kind} {entry.id} {entry.status} {entry.verdict or '-'} {entry.rfc or 0} {entry.since or 0}"
    yield f"entry {owner} {facts}"
    yield from listed("commands", owner, entry.commands)
    yield from listed("enhanced", owner, entry.enhanced)
    yield from listed("codes", owner, entry.codes)
    texts = [
        ("phrase -", entry.phrase),
        ("aliases -", "\n".join(entry.aliases)),
        ("place -", entry.source.place),
        *((f"title {lang}", entry.title(lang)) for lang in LANGUAGES),
        *((f"meaning {lang}", entry.meaning(lang)) for lang in LANGUAGES),
        *((f"action {lang}", entry.action(lang)) for lang in LANGUAGES),
        *((f"note {lang}", entry.note(lang)) for lang in LANGUAGES),
    ]
    for kind, text in texts:
        if text:
            yield f"text {owner} {kind} {escaped(text)}"


def listed(row: str, owner: str, items: Iterable[object]) -> Iterator[str]:
    words = " ".join(map(str, items))
    if words:
        yield f"{row} {owner} {words}"


def explanations(protocol: Protocol) -> Iterator[str]:
    verbs = [None, *(command.verb for command in replycode.commands(protocol))]
    for code, listing in replycode.listings(protocol).items():
        own = [status for entry in (*listing.senses, *listing.field) for status in entry.enhanced]
        for verb in verbs:
            for status in [None, *own]:
                yield explanation(protocol, code, verb, status)
    for code in UNLISTED:
        for c in CLASSES:
            for subject, detail, _ in replycode.enhanced_details():
                yield explanation(protocol, code, None, Enhanced(c, subject, detail))


def explanation(protocol: Protocol, code: int, verb: str | None, status: Enhanced | None) -> str:
    answer = replycode.explain(protocol, code, command=verb, enhanced=status)
    asked = f"explain {protocol} {code} {verb or '-'} {status or '-'}"
    enhanced = answer.enhanced.entry.id if answer.enhanced else "-"
    return f"{asked} {answer.severity} {answer.basis} {answer.entry.id} {answer.verdict} {enhanced}"


def causes() -> Iterator[str]:
    for cause in replycode.causes():
        yield f"cause {cause.number} {cause.id} {cause.verdict} {cause.party}"
        for lang in LANGUAGES:
            for n, step in enumerate(cause.action(lang)):
                yield f"step {cause.number} {lang} {n} {escaped(step)}"
    for rule in replycode.rules():
        yield f"rule {rule.id} {rule.cause.id}"


def diagnoses(protocol: Protocol) -> Iterator[str]:
    """Without words: with each code that the catalogue lists and each that it does not, with none, after each command."""
    verbs = [None, *(command.verb for command in replycode.commands(protocol))]
    listings = replycode.listings(protocol)
    for code in sorted({0, 100, *listings}):
        listing = listings.get(code)
        entries = () if listing is None else (*listing.senses, *listing.field)
        own = [status for entry in entries for status in entry.enhanced]
        for verb in verbs:
            for status in [None, *own]:
                yield diagnosis(protocol, code, verb, status)
    for code in (*UNLISTED, 0):
        for c in CLASSES:
            for subject, detail, _ in replycode.enhanced_details():
                yield diagnosis(protocol, code, None, Enhanced(c, subject, detail))


def diagnosis(protocol: Protocol, code: int, verb: str | None, status: Enhanced | None) -> str:
    answer = replycode.diagnose(protocol, code, command=verb, enhanced=status)
    asked = f"diagnose {protocol} {code} {verb or '-'} {status or '-'}"
    said = f"{answer.cause.id} {answer.verdict} {answer.party} {answer.basis} {answer.rule or '-'}"
    return f"{asked} {said} {','.join(cause.id for cause in answer.alternatives) or '-'}"


def main() -> None:
    for row in rows():
        sys.stdout.buffer.write(f"{row}\n".encode())


if __name__ == "__main__":
    main()
