"""What every object owes: it does not change, hashes, compares, pickles, shows itself, and may be shared by threads."""

from __future__ import annotations

import copy
import gc
import html
import pickle
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

import replycode
from replycode import Enhanced, Entry, Severity, Smtp, Verdict, explain, explain_enhanced, ftp, smtp


def entries() -> Iterator[Entry]:
    """Every entry of the catalogue, as far as the public API reaches."""
    for protocol in replycode.Protocol:
        for listing in replycode.listings(protocol).values():
            yield from listing.senses
            yield from listing.field
        yield from (replycode.severity_entry(protocol, severity) for severity in Severity)
        yield from (replycode.category_entry(protocol, category) for category in replycode.Category)
    yield from (entry for _, entry in replycode.not_replies())
    yield from (entry for _, _, entry in replycode.enhanced_details())
    yield from (note.entry for note in replycode.Note)
    yield from (reason.entry for reason in replycode.MalformedReason)
    yield from (cause.entry for cause in replycode.causes())
    for class_ in 2, 4, 5:
        for subject in range(8):
            answer = explain_enhanced(Enhanced(class_, subject, 999))
            assert answer.subject is not None
            yield from (answer.subject, answer.class_)


def singletons() -> Iterator[Any]:
    """Objects of which there is one each."""
    yield from entries()
    yield from (smtp, ftp, *smtp.values(), *ftp.values())
    for name in "Basis", "Category", "EntryKind", "Expectation", "Protocol", "Severity", "Status", "Verdict":
        yield from getattr(replycode, name)
    for name in "Mode", "Note", "MalformedReason", "Party", "DiagnosisBasis", "Speaker", "Form":
        yield from getattr(replycode, name)
    yield from replycode.causes()


def values() -> Iterator[Any]:
    """Objects that are equal when they say the same."""
    yield from (entry.source for entry in entries())
    yield from replycode.languages()
    yield from (*replycode.commands("smtp"), *replycode.commands("ftp"))
    yield from (Enhanced(5, 7, 606), explain_enhanced("5.7.606"), explain_enhanced("4.2.2"))
    yield from replycode.rules()
    yield replycode.diagnose("smtp")
    yield replycode.diagnose("ftp", 425, "Data connection failed: connection timed out")
    for text in ("> STOR a\n< 553 Could not create file.", "dsn=5.1.1, stat=User unknown", "ECONNREFUSED", "", "550 \udc83x"):
        yield from replycode.find(text)
        yield replycode.explain_incident(text)
    for code in 550, 599, 10060:
        yield explain("smtp", code)
        yield explain("ftp", code)
        yield explain("smtp", code, command="RCPT", enhanced="5.7.1")


def one_of_each() -> list[Any]:
    objects = [Smtp.MAILBOX_BUSY, smtp, Smtp.MAILBOX_BUSY.entry, Smtp.MAILBOX_BUSY.source, Verdict.DONE]
    objects += [explain("smtp", 1), explain_enhanced("5.0.0"), Enhanced(5, 0, 0)]
    objects += [replycode.causes()[0], replycode.rules()[0], replycode.diagnose("ftp", 530)]
    objects += [replycode.explain_incident("550 no"), replycode.find("550 5.1.1 no")[0]]
    return objects + [replycode.languages()[0], replycode.commands("ftp")[0]]


@pytest.mark.parametrize("version", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_and_copies_of_singletons_are_the_same_object(version: int) -> None:
    objects = list(singletons())
    assert len(objects) > 500
    for thing in objects:
        assert pickle.loads(pickle.dumps(thing, version)) is thing
    assert copy.copy(objects) == objects
    assert all(copy.copy(thing) is copy.deepcopy(thing) is thing for thing in objects)


@pytest.mark.parametrize("version", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_and_copies_of_values_are_equal(version: int) -> None:
    for thing in values():
        again = pickle.loads(pickle.dumps(thing, version))
        assert type(again) is type(thing) and again == thing and hash(again) == hash(thing)
        assert repr(again) == repr(thing)
        assert copy.copy(thing) == copy.deepcopy(thing) == thing


def test_a_pickled_explanation_keeps_the_question() -> None:
    question = explain("smtp", 454, command="AUTH", enhanced="4.7.0")
    again = pickle.loads(pickle.dumps(question))
    assert (again.command, again.enhanced.code, again.entry) == ("AUTH", Enhanced(4, 7, 0), question.entry)
    assert again != explain("smtp", 454) and again != explain("smtp", 454, command="AUTH")


def test_pickles_are_read_by_a_process_that_has_not_imported_the_package() -> None:
    things = [Smtp.MAILBOX_BUSY, ftp, Smtp.MAILBOX_BUSY.entry, Verdict.DONE, explain("ftp", 425), Enhanced(5, 1, 1)]
    program = "import pickle, sys; print([repr(x) for x in pickle.load(sys.stdin.buffer)])"
    run = subprocess.run([sys.executable, "-X", "utf8", "-c", program], input=pickle.dumps(things), capture_output=True)
    assert run.stderr == b""
    assert run.stdout.decode().strip() == repr([repr(thing) for thing in things])


def test_a_pickle_from_a_newer_catalogue_says_so() -> None:
    data = pickle.dumps(Smtp.MAILBOX_BUSY.entry, 0).replace(b"mailbox_busy", b"mailbox_gone")
    with pytest.raises(LookupError, match=r'catalogue \S+ has no sense "mailbox_gone"; was it pickled by a newer'):
        pickle.loads(data)


def test_equal_means_equal_hashes() -> None:
    things = [*singletons(), *values()]
    by_hash: dict[int, list[Any]] = {}
    for thing in things:
        by_hash.setdefault(hash(thing), []).append(thing)
    for place, thing in enumerate(things[::7]):
        for other in things[place::11]:
            if thing == other:
                assert other in by_hash[hash(thing)]


@pytest.mark.parametrize("thing", one_of_each(), ids=lambda thing: type(thing).__name__)
def test_nothing_can_be_changed(thing: Any) -> None:
    names = [name for name in dir(thing) if not name.startswith("__")]
    assert len(names) >= 2
    for name in [*names, "something_new"]:
        with pytest.raises((AttributeError, TypeError)):
            setattr(thing, name, None)
        with pytest.raises((AttributeError, TypeError)):
            delattr(thing, name)


@pytest.mark.parametrize(
    "name",
    ["Entry", "Source", "Explanation", "EnhancedExplanation", "Command", "Language", "Listings"],
)
def test_answers_are_not_made_by_hand(name: str) -> None:
    cls = getattr(replycode, name)
    with pytest.raises(TypeError):
        cls()
    with pytest.raises(TypeError):
        type("Sub", (cls,), {})


def test_every_repr_explains_itself() -> None:
    assert repr(Smtp.MAILBOX_BUSY) == f"<Smtp.MAILBOX_BUSY: 450 {Smtp.MAILBOX_BUSY.title()!r}>"
    assert repr(smtp) == f"<Listings smtp: {len(smtp)} codes>"
    busy = Smtp.MAILBOX_BUSY.entry
    assert repr(busy) == f"<Entry sense mailbox_busy: {busy.title()!r}>"
    assert repr(busy.source) == "<Source 'RFC 5321, section 4.2.3'>" and str(busy.source) == "RFC 5321, section 4.2.3"
    answer = explain("smtp", 550, enhanced="5.1.1")
    assert repr(answer) == f"<Explanation smtp 550 5.1.1 by sense: {answer.title()!r}>"
    answer = explain("ftp", 599)
    assert repr(answer) == f"<Explanation ftp 599 by severity: {answer.title()!r}>"
    known = explain_enhanced("4.2.2")
    assert repr(known) == f"<EnhancedExplanation 4.2.2 by enhanced_detail: {known.title()!r}>"
    assert repr(replycode.languages()[1]) == "<Language ja: 日本語>" and str(replycode.languages()[1]) == "ja"
    rcpt = next(command for command in replycode.commands("smtp") if command.verb == "RCPT")
    assert repr(rcpt) == "<Command smtp RCPT>" and str(rcpt) == "RCPT"


class Table(HTMLParser):
    """Checks that a text is one table, and collects what it shows."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.shown: list[tuple[str | None, str]] = []
        self.lang: str | None = None
        self.feed(source)
        self.close()
        assert self.open == [] and source.startswith("<table>") and source.endswith("</table>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("table", "caption", "tr", "th", "td"), tag
        self.open.append(tag)
        self.lang = dict(attrs).get("lang")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1] == "td":
            self.shown.append((self.lang, data))


def test_html_shows_every_text_as_text() -> None:
    for entry in entries():
        shown = Table(entry._repr_html_()).shown
        assert {("en", text) for text in (entry.phrase, str(entry.source)) if text} <= set(shown)
        for language in replycode.languages():
            for text in entry.title, entry.meaning, entry.action, entry.note:
                assert text(language.id) == "" or (language.id, text(language.id)) in shown
    for listing in (*smtp.values(), *ftp.values()):
        shown = Table(listing._repr_html_()).shown
        assert {("en", sense.id) for sense in (*listing.senses, *listing.field)} <= set(shown)
    assert ("ja", smtp[550].title("ja")) in Table(smtp._repr_html_()).shown
    answer = explain("smtp", 220)
    assert ("en", "<domain> Service ready") in Table(answer._repr_html_()).shown
    assert "<domain>" not in answer._repr_html_() and html.escape("<domain>") in answer._repr_html_()
    assert ("en", "Mailbox full") in Table(explain_enhanced("4.2.2")._repr_html_()).shown


def test_texts_are_made_once() -> None:
    for entry in entries():
        assert entry.id is entry.id and entry.phrase is entry.phrase and entry.source is entry.source
        for name in "aliases", "commands", "enhanced", "codes":
            assert getattr(entry, name) is getattr(entry, name)
        for language in replycode.languages():
            for text in entry.title, entry.meaning, entry.action, entry.note:
                assert text(language.id) is text(language.id)


def test_questions_leave_nothing_behind() -> None:
    def ask() -> None:
        for code in range(100, 1000):
            pickle.loads(pickle.dumps(explain("smtp", code, command="RCPT", enhanced="5.7.1")))
            explain("ftp", code)._repr_html_()

    ask()
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(3):
        ask()
    gc.collect()
    assert len(gc.get_objects()) - before < 50


THREADS = """
import sys, threading
sys.setswitchinterval(1e-6)
import replycode
barrier = threading.Barrier(16)
seen = []
def ask():
    barrier.wait()
    objects = []
    for code in range(100, 660):
        for protocol in "smtp", "ftp":
            answer = replycode.explain(protocol, code, enhanced="5.7.1")
            listing = replycode.lookup(protocol, code)
            texts = [f(lang) for f in (answer.title, answer.meaning, answer.action) for lang in ("en", "ja")]
            objects += [listing, answer.entry, answer.verdict, answer.entry.source, *texts]
    objects += [replycode.smtp, replycode.Ftp, replycode.Severity]
    seen.append(list(map(id, objects)))
threads = [threading.Thread(target=ask) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(seen) == 16 and all(ids == seen[0] for ids in seen), [len(ids) for ids in seen]
print("the same objects")
"""


def test_threads_that_ask_at_once_get_the_same_objects() -> None:
    # A new process: everything is made for the first time, by all of them at once.
    run = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("the same objects\n", "")
