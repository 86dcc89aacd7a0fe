"""`parse`, `Parser`, `Reply`, `format_reply`: values from the RFCs, and what every object owes."""

from __future__ import annotations

import copy
import datetime
import gc
import html
import json
import pickle
import re
import sys
import threading
import tracemalloc
from typing import Any

import pytest

import replycode
from replycode import (
    Enhanced,
    Ftp,
    MalformedReason,
    MalformedReply,
    Mode,
    Note,
    Parser,
    PermanentReplyError,
    Protocol,
    Reply,
    ReplyError,
    Smtp,
    TransientReplyError,
    UnassignedReplyError,
    format_reply,
    parse,
)


def streamed(data: bytes, protocol: str = "smtp", **arguments: Any) -> Reply:
    (reply,) = Parser(protocol, **arguments).feed(data)
    return reply


def test_a_reply_of_rfc_5321_appendix_d() -> None:
    data = b"250-foo.com greets bar.com\r\n250-8BITMIME\r\n250-SIZE\r\n250-DSN\r\n250 HELP\r\n"
    for reply in parse(data), streamed(data):
        assert (reply.protocol, reply.code, reply.first_code, reply.enhanced) == (Protocol.SMTP, 250, 250, None)
        assert reply.listing is Smtp.ACTION_COMPLETED
        assert (reply.severity, reply.category, reply.notes) == ("completion", "mail_system", ())
        assert reply.lines == (b"foo.com greets bar.com", b"8BITMIME", b"SIZE", b"DSN", b"HELP")
        assert reply.text == "foo.com greets bar.com\n8BITMIME\nSIZE\nDSN\nHELP"
        assert reply.text_bytes == reply.text.encode()
        assert (reply.line_count, reply.is_truncated) == (5, False)
        assert str(reply) == f"250 {reply.text}"
    assert parse(data).raw == data and streamed(data).raw is None


def test_a_reply_of_rfc_2034() -> None:
    # RFC 2034 section 5.
    data = b"571-5.7.1 Not authorized\r\n571 5.7.1 see the help\r\n".replace(b"571", b"550")
    for reply in parse(data), streamed(data):
        assert (reply.code, reply.enhanced, reply.lines) == (550, Enhanced(5, 7, 1), (b"Not authorized", b"see the help"))
        answer = reply.explain().enhanced
        assert answer is not None and answer.code == Enhanced(5, 7, 1)
        assert repr(reply) == r"<Reply smtp 550 5.7.1: 'Not authorized\nsee the help'>"


@pytest.mark.parametrize(
    ("code", "true"),
    [
        (150, {"is_positive", "is_preliminary"}),
        (226, {"is_positive", "is_completion"}),
        (331, {"is_positive", "is_intermediate"}),
        (425, {"is_negative", "is_transient"}),
        (550, {"is_negative", "is_permanent"}),
        (631, set()),
        (777, set()),
    ],
)
def test_severities_under_their_rfc_names(code: int, true: set[str]) -> None:
    names = ["positive", "negative", "preliminary", "completion", "intermediate", "transient", "permanent"]
    reply = parse(f"{code} x\r\n", "ftp")
    assert {f"is_{name}" for name in names if getattr(reply, f"is_{name}")} == true
    assert parse(b"150 x\r\n").is_preliminary is False  # SMTP has no 1yz


def test_matches_as_textproto_does() -> None:
    reply = parse(b"354 go\r\n")
    assert [prefix for prefix in range(1000) if reply.matches(prefix)] == [3, 35, 354]
    assert reply.matches(Smtp.START_MAIL_INPUT)
    with pytest.raises(TypeError, match="a code is an int, not str"):
        reply.matches("3")  # type: ignore[arg-type]


@pytest.mark.parametrize("data", ["550 x\r\n", b"550 x\r\n", bytearray(b"550 x\r\n"), memoryview(b"550 x\r\n")])
def test_what_may_be_read(data: str | bytes | bytearray | memoryview) -> None:
    reply = parse(data)
    assert (reply.code, reply.raw, type(reply.raw)) == (550, b"550 x\r\n", bytes)
    assert Parser().feed(data) == [reply] and Parser().feed_one(data) == (7, reply)


def test_views_are_read_as_their_bytes() -> None:
    assert parse(memoryview(b"2x2x0x xoxkx\r")[::2]).text == "ok"
    buffer = bytearray(b"220 hello\r\n")
    reply = parse(buffer)
    buffer[:] = b"550 other\r\n"
    assert (reply.code, reply.text) == (220, "hello")


@pytest.mark.parametrize("data", [220, None, [b"220 x"], 2.0])
def test_other_things_are_refused_by_name(data: Any) -> None:
    message = f"a reply is bytes, bytearray, memoryview or str, not {type(data).__name__}"
    for read in parse, Parser().feed, Parser().feed_one:
        with pytest.raises(TypeError, match=message):
            read(data)
    with pytest.raises(TypeError, match=message):
        format_reply(220, data)


def test_wrong_arguments_name_the_right_ones() -> None:
    for make in (lambda **arguments: parse(b"220 x\r\n", **arguments)), Parser:
        with pytest.raises(ValueError, match='"pop3": unknown protocol: expected one of smtp, ftp'):
            make(protocol="pop3")
        with pytest.raises(ValueError, match='"lax": unknown mode: expected one of strict, lenient, log'):
            make(mode="lax")
    with pytest.raises(OverflowError):
        Parser(text_limit=-1)


def test_text_that_is_not_utf_8() -> None:
    text = b"\x83G\x83\x89\x81["  # Shift_JIS
    for reply in parse(b"535 " + text + b"\r\n"), streamed(b"535 " + text + b"\r\n"):
        assert (reply.text_bytes, reply.lines) == (text, (text,))
        assert reply.text == "\udc83G\udc83\udc89\udc81["
        assert reply.text.encode("utf-8", "surrogateescape") == text
        assert str(reply).encode()  # Can be printed.
        assert reply.notes == (Note.EIGHT_BIT,)
        assert parse(f"535 {reply.text}\r\n") == reply
    with pytest.raises(UnicodeEncodeError):
        parse("220 \ud800\r\n")


def test_notes_and_modes() -> None:
    assert parse(b"220 ready\n").notes == (Note.BARE_LF,)
    assert parse(b"220").notes == (Note.NO_SPACE, Note.NO_EOL)
    assert "bare-lf" in parse(b"220 ready\n").notes
    with pytest.raises(MalformedReply) as error:
        parse(b"220 ready\n", mode=Mode.STRICT)
    assert (error.value.reason, error.value.offset) == (MalformedReason.BARE_LF, 9)
    assert parse(b" 220-a\nb\n220 c\n\n", mode="log").lines == (b"a", b"b", b"c")
    reply = parse(b"220-hi\r\n421 bye\r\n", "ftp", end_at_any_code=True)
    assert (reply.code, reply.first_code, reply.notes) == (421, 220, (Note.CODE_MISMATCH,))


def test_malformed_replies() -> None:
    with pytest.raises(ValueError) as error:
        parse(b"250 a\r\n250 b\r\n")
    assert isinstance(error.value, MalformedReply)
    assert (error.value.reason, error.value.offset) == (MalformedReason.TRAILING_DATA, 7)
    assert (error.value.replies, error.value.rest) == ((), b"")
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.reason, again.offset) == (str(error.value), error.value.reason, 7)
    with pytest.raises(MalformedReply, match="malformed reply at byte 0: expected a reply, found nothing"):
        parse("")


def test_nothing_is_lost_at_a_malformed_line() -> None:
    data = b"220 a\r\n2200 b\r\n250-c\r\nx\r\n354 d\r\n"
    parser = Parser()
    with pytest.raises(MalformedReply) as first:
        parser.feed(data)
    assert [reply.code for reply in first.value.replies] == [220]
    assert (first.value.reason, first.value.offset, first.value.rest) == ("bad-separator", 3, data[11:])
    with pytest.raises(MalformedReply) as second:
        parser.feed(first.value.rest)
    assert (second.value.replies, second.value.reason, second.value.rest) == ((), "bad-code", data[23:])
    assert [reply.code for reply in parser.feed(second.value.rest)] == [354]


def test_pipelined_replies_are_told_apart() -> None:
    data = b"250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 End data\r\n22"
    parser = Parser()
    assert [str(reply) for reply in parser.feed(data)] == ["250 2.1.0 Ok", "250 2.1.5 Ok", "354 End data"]
    assert parser.state == "need-more"
    assert parser.feed(b"1 bye\r\n") == [parse(b"221 bye\r\n")] and parser.state == "idle"
    consumed, reply = parser.feed_one(data)
    assert (consumed, reply) == (14, parse(b"250 2.1.0 Ok\r\n"))
    assert parser.feed_one(data[42:]) == (2, None)
    assert repr(parser) == "<Parser smtp lenient: need-more>"


def test_the_end_of_a_stream() -> None:
    parser = Parser("ftp", mode="strict")
    assert parser.finish() is None
    assert parser.feed(b"220-Welcome\r\n") == []
    with pytest.raises(MalformedReply) as error:
        parser.finish()
    assert error.value.reason is MalformedReason.CUT_OFF
    assert parser.finish() is None and parser.state == "idle"
    parser = Parser("ftp")
    assert parser.feed(b"530 no") == []
    last = parser.finish()
    assert last is not None and (last.code, last.text, last.notes) == (530, "no", (Note.NO_EOL,))
    assert parser.finish() is None


@pytest.mark.parametrize("limit", [0, 1, 5, 7, 8, 100])
def test_text_beyond_the_limit_is_counted_but_not_kept(limit: int) -> None:
    data = b"250-abc\r\n250 defg\r\n"
    for size in 1, 3, len(data):
        parser = Parser(text_limit=limit)
        replies = [reply for n in range(0, len(data), size) for reply in parser.feed(data[n : n + size])]
        assert len(replies) == 1
        assert replies[0].text_bytes == b"abc\ndefg"[:limit]
        assert (replies[0].line_count, replies[0].is_truncated) == (2, limit < 8)


def test_an_endless_reply_takes_no_more_memory_than_the_limit() -> None:
    parser = Parser(text_limit=1000)
    piece = b"250-" + b"x" * 1000 + b"\r\n"
    parser.feed(piece)
    gc.collect()
    tracemalloc.start()
    for _ in range(10_000):
        assert parser.feed(piece) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000
    (reply,) = parser.feed(b"250 end\r\n")
    assert (reply.code, reply.line_count, len(reply.text)) == (250, 10_002, 1000)
    assert reply.notes == (Note.LONG_LINE,)


def test_values_of_ftp() -> None:
    # RFC 959, RFC 2428 section 3, RFC 3659 sections 3 and 4.
    def read(data: bytes) -> Reply:
        (one,) = Parser("ftp").feed(data)
        assert one == parse(data, "ftp")
        return one

    assert read(b"227 Entering Passive Mode (192,0,2,7,19,137).\r\n").passive_address == ("192.0.2.7", 5001)
    assert read(b"229 Entering Extended Passive Mode (|||6446|)\r\n").extended_passive_port == 6446
    assert read(b'257 "/say ""hi""" created\r\n').pathname == '/say "hi"'
    assert read(b'257 "/\xff"\r\n').pathname == "/\udcff"
    assert read(b"213 68719476736\r\n").file_size == 1 << 36
    assert read(b"213 " + b"9" * 5000 + b"\r\n").file_size is None
    time = read(b"213 19980615100045.014\r\n").modification_time
    assert time is not None
    assert time.datetime() == datetime.datetime(1998, 6, 15, 10, 0, 45, 14_000, datetime.timezone.utc)
    assert (time.fraction, str(time)) == ("014", "1998-06-15 10:00:45.014")
    assert pickle.loads(pickle.dumps(time)) == time == copy.copy(time) and len({time, copy.copy(time)}) == 1
    no_day = read(b"213 20230231000000\r\n").modification_time
    assert no_day is not None
    with pytest.raises(ValueError, match="day is out of range"):
        no_day.datetime()
    other = read(b"200 227 (1,2,3,4,5,6)\r\n")
    names = "passive_address", "extended_passive_port", "pathname", "file_size", "modification_time"
    assert [getattr(other, name) for name in (*names, "domain", "forward_path")] == [None] * 7


def test_values_of_smtp() -> None:
    # RFC 5321 section 4.2.
    assert parse(b"421 4.4.2 mx.example.com Error: timeout exceeded\r\n").domain == "mx.example.com"
    assert parse(b"220 [192.0.2.1] ESMTP\r\n").domain == "[192.0.2.1]"
    assert parse(b"221 2.0.0 Bye\r\n").domain is None
    assert parse(b"551 User not local; please try <bob@example.net>\r\n").forward_path == "bob@example.net"
    assert parse(b"550 <bob@example.net> unknown\r\n").forward_path is None


def test_no_value_is_read_from_text_that_was_cut() -> None:
    data = b"213 123456\r\n"
    assert streamed(data, "ftp", text_limit=6).file_size == 123456
    cut = streamed(data, "ftp", text_limit=5)
    assert (cut.text, cut.file_size) == ("12345", None)
    assert pickle.loads(pickle.dumps(cut)).file_size is None


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (450, TransientReplyError),
        (550, PermanentReplyError),
        (631, ReplyError),
        (799, UnassignedReplyError),
        (999, UnassignedReplyError),
    ],
)
def test_raise_for_status(code: int, error: type[ReplyError]) -> None:
    reply = parse(f"{code} text\r\n", "ftp")
    with pytest.raises(ReplyError) as raised:
        reply.raise_for_status()
    assert type(raised.value) is error and raised.value.reply is reply
    assert str(raised.value) == f"{code} text"
    again = pickle.loads(pickle.dumps(raised.value))
    assert type(again) is error and again.reply == reply


def test_what_is_accepted_is_returned() -> None:
    for code in 150, 220, 331:
        reply = parse(f"{code} text\r\n", "ftp")
        assert reply.raise_for_status() is reply
    with pytest.raises(UnassignedReplyError):
        parse(b"150 x\r\n").raise_for_status()  # SMTP has no 1yz


def test_what_is_written_is_read() -> None:
    for protocol in Protocol:
        for code in replycode.listings(protocol):
            for text in "", "one", "two\nlines", "\n\n", " a\n b\nc ", "日本語", "220 ok\n220-no\nyes":
                enhanced = f"{code // 100}.1.2" if protocol is Protocol.SMTP and code // 100 in (2, 4, 5) else None
                wire = format_reply(code, text, enhanced, protocol=protocol)
                reply = parse(wire, protocol)
                assert (reply.code, reply.text) == (code, text)
                assert reply.enhanced == (Enhanced.parse(enhanced) if enhanced else None)
                assert reply.wire() == wire


def test_writing() -> None:
    assert format_reply(250, b"a\r\nb\rc\nd") == b"250-a\r\n250-b\r\n250-c\r\n250 d\r\n"
    assert format_reply(Smtp.MAILBOX_UNAVAILABLE, "no", Enhanced(5, 1, 1)) == b"550 5.1.1 no\r\n"
    assert format_reply(535, "\udc83") == b"535 \x83\r\n"
    for code in 0, 99, 1000:
        with pytest.raises(ValueError, match=f"{code} is no reply code, which is a number from 100 to 999"):
            format_reply(code, "x")
    with pytest.raises(ValueError, match="FTP has no enhanced status codes.*leave out 5.1.1"):
        format_reply(550, "x", "5.1.1", protocol="ftp")
    with pytest.raises(ValueError, match="not an enhanced status code"):
        format_reply(550, "x", "5.1")


def test_equal_replies_say_the_same() -> None:
    reply = parse(b"550 5.1.1 no\r\n")
    same = [streamed(b"550 5.1.1 no\r\n"), parse(b"550 5.1.1 no\n"), parse(b"550 #5.1.1 no")]
    assert all(reply == other and hash(reply) == hash(other) for other in same)
    others = [parse(b"550 5.1.2 no\r\n"), parse(b"550 no\r\n"), parse(b"551 5.1.1 no\r\n"), parse(b"550 5.1.1 na\r\n")]
    assert all(reply != other for other in others) and reply != 550 and reply != "550 5.1.1 no"
    assert parse(b"220 x\r\n", "ftp") != parse(b"220 x\r\n", "smtp")
    assert len({reply, *same, *others}) == 5


def replies() -> list[Reply]:
    wire = b"220-a \xff\r\n521 5.7.1 <b> & c\n"
    made = [parse(wire), parse(b"220 x\r\n", "ftp", mode="strict"), parse(b" 220 x\n\n", mode="log")]
    made += [parse(b"220-x\r\n530 y\r\n", "ftp", end_at_any_code=True)]
    return made + [streamed(wire), streamed(wire, text_limit=3), streamed(b"334\r\n")]


@pytest.mark.parametrize("version", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("reply", replies(), ids=repr)
def test_pickles_and_copies_keep_everything(reply: Reply, version: int) -> None:
    for again in pickle.loads(pickle.dumps(reply, version)), copy.copy(reply), copy.deepcopy(reply):
        assert again == reply and hash(again) == hash(reply) and repr(again) == repr(reply)
        for name in (name for name in dir(reply) if not name.startswith("_")):
            value = getattr(reply, name)
            assert callable(value) or getattr(again, name) == value, name


def test_nothing_can_be_changed() -> None:
    reply = parse(b"220 x\r\n")
    for name in [*(name for name in dir(reply) if not name.startswith("__")), "something_new"]:
        with pytest.raises((AttributeError, TypeError)):
            setattr(reply, name, None)
    with pytest.raises(TypeError):
        Reply()
    with pytest.raises(TypeError, match="Parser"):
        pickle.dumps(Parser())


def test_what_is_made_late_is_made_once() -> None:
    for reply in replies():
        assert reply.text is reply.text and reply.lines is reply.lines and reply.severity is reply.severity


def test_repr_is_short() -> None:
    assert repr(parse(b"220 ready\n")) == "<Reply smtp 220: 'ready' (bare-lf)>"
    assert repr(parse(b"220 " + b"x" * 500 + b"\r\n")) == f"<Reply smtp 220: '{'x' * 80}'...>"
    assert repr(streamed(b"220 hello\r\n", "ftp", text_limit=4)) == "<Reply ftp 220: 'hell'...>"


def test_html_is_escaped() -> None:
    reply = parse(b"550 5.1.1 <script>alert('x')</script> & \x1b\x00\"\xff\n")
    source = reply._repr_html_()
    assert "<script" not in source and html.escape("<script>alert('x')</script> & ") in source
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", source)
    assert "<caption>smtp 550 5.1.1</caption>" in source and "bare-lf, control-char, eight-bit" in source
    assert reply.explain().title("ja") in source


def test_attributes_of_json() -> None:
    reply = parse(b"550 5.1.1 no\n")
    assert json.dumps([reply.code, reply.severity, reply.notes, reply.text]) == '[550, "permanent", ["bare-lf"], "no"]'


def test_codes_that_the_catalogue_does_not_list() -> None:
    reply = parse(b"599 what\r\n")
    assert reply.listing is None and reply.explain().basis == "severity"
    assert parse(b"331 x\r\n", "ftp").listing is Ftp.NEED_PASSWORD
    assert parse(b"220 x\r\n").explain("STARTTLS").entry.id == "starttls_go_ahead"


def test_threads_share_a_parser() -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    parser, seen = Parser(), []

    def read() -> None:
        for _ in range(500):
            seen.extend(parser.feed(b"250-a\r\n250 b\r\n354 c\r\n"))

    threads = [threading.Thread(target=read) for _ in range(8)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert len(seen) == 8000 and {str(reply) for reply in seen} == {"250 a\nb", "354 c"}
    assert parser.state == "idle"


def test_reading_leaves_nothing_behind() -> None:
    def read() -> None:
        parser = Parser()
        for _ in range(200):
            for reply in (*parser.feed(b"250-a\r\n250 b\r\n"), parse(b"550 5.1.1 no\r\n")):
                assert reply.text and reply.lines and reply.explain() and repr(reply)
            with pytest.raises(MalformedReply):
                parser.feed(b"x\r\n")

    read()
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(5):
        read()
    gc.collect()
    assert len(gc.get_objects()) - before < 50
