"""Whole logs: what may be scanned, and Arrow record batches."""

from __future__ import annotations

import importlib
import itertools
import os

from replycode import _replycode

TYPE_CHECKING = False  # `typing` would double the time that the import takes; type checkers know the name.
if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator
    from typing import IO, Any

    from replycode._replycode import Rules, Scan


def scan(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | IO[str] | Iterable[str | bytes | os.PathLike[str]],
    *,
    protocol: str | None = None,
    encoding: str | None = None,
    jobs: int | None = None,
    since: str | datetime.date | None = None,
    until: str | datetime.date | None = None,
    rules: Rules | None = None,
) -> Scan:
    """The replies in logs, with what went wrong: a Scan, over which one iterates.

    >>> import replycode
    >>> log = ["10:11:12 S: 250 Ok", "10:11:13 S: 550 5.1.1 User unknown"]
    >>> for finding in replycode.scan(log, protocol="smtp"):
    ...     print(finding.line, finding.time, finding.code, finding.cause.id)
    1 10:11:12 250 no_error
    2 10:11:13 550 recipient_unknown

    `source` is

    - a path, as str or PathLike, of a file or of a directory with everything below it; or an iterable of PathLike (a str
      in an iterable is a line). Files may be compressed (gzip, bzip2, Zstandard); the parts of a rotated log are read in
      their order.
    - the log itself, as bytes.
    - an open file, or anything with `read(size)`, in bytes or text.
    - an iterable of lines, str or bytes, with or without their line ends.

    `protocol` is the one that is known, "smtp" or "ftp"; what a log says for certain prevails. `encoding` is a name of the
    WHATWG Encoding Standard, "cp932", or "auto", which looks at each line by itself. `jobs` is the number of threads,
    without it as many as there are cores; the result is the same. `since` and `until` (not included) leave out what has
    another date or none: a date or datetime, or ISO 8601; without an offset they are UTC. `rules` are tried before the
    built-in ones.

    Memory is bounded: some 3 megabytes a thread, and the findings that wait to be taken. What cannot be read is in
    `Scan.errors()`; the rest is read. What a file object or an iterable raises is raised when its turn comes.
    """
    given, name = _given(source)
    return _replycode.begin_scan(given, name, protocol, encoding, jobs, _time(since), _time(until), rules)


def scan_batches(
    batches: Iterable[Any],
    column: str = "value",
    *,
    protocol: str | None = None,
    rules: Rules | None = None,
    every_row: bool = False,
) -> Iterator[Any]:
    """What went wrong in the lines of record batches: for `mapInArrow` of PySpark, and whatever else has
    `pyarrow.RecordBatch`.

    >>> import pyarrow, replycode
    >>> lines = pyarrow.record_batch({"value": ["all is well", "S: 550 5.1.1 User unknown"], "host": ["a", "b"]})
    >>> answer, = replycode.scan_batches([lines])
    >>> answer.select(["host", "code", "cause"]).to_pylist()
    [{'host': 'b', 'code': 550, 'cause': 'recipient_unknown'}]

    `column` has one line of a log, or one text, a row. For each batch there is one with the columns of the batch and
    behind them the fields that `scan_column` gives. Rows in which no reply is found are left out, unless `every_row` is
    true. One batch at a time is in memory.
    """
    # By name, so that type checkers do not need it.
    pyarrow: Any = importlib.import_module("pyarrow")
    compute: Any = importlib.import_module("pyarrow.compute")

    for batch in batches:
        if column not in batch.schema.names:
            raise ValueError(f"the batch has no column {column!r}: it has {', '.join(batch.schema.names)}")
        answers = pyarrow.array(_replycode.scan_column(batch.column(column), protocol=protocol, rules=rules))
        fields = [(field.name, answers.field(place)) for place, field in enumerate(answers.type)]
        taken = [name for name, _ in fields if name in batch.schema.names]
        if taken:
            raise ValueError(f"the batch has columns with the names of fields: {', '.join(taken)}; rename them")
        names = [*batch.schema.names, *(name for name, _ in fields)]
        whole = pyarrow.record_batch([*batch.columns, *(values for _, values in fields)], names=names)
        if not every_row:
            found = compute.or_(whole["code"].is_valid(), whole["enhanced"].is_valid())
            whole = whole.filter(found)
        yield whole


class _Lines:
    """An iterable of lines as a file object."""

    def __init__(self, lines: Iterator[Any]) -> None:
        self.lines = lines

    def read(self, size: int) -> bytes:
        pieces: list[bytes] = []
        length = 0
        for piece in _pieces(self.lines):
            pieces.append(piece)
            length += len(piece)
            if length >= size:
                break
        return b"".join(pieces)


def _pieces(lines: Iterator[Any]) -> Iterator[bytes]:
    """The lines in bytes, each with its end."""
    for line in lines:
        if isinstance(line, str):
            piece = line.encode("utf-8", "surrogateescape")
        elif isinstance(line, (bytes, bytearray, memoryview)):
            piece = bytes(line)
        else:
            raise TypeError(f"a line of a log is str or bytes, not {type(line).__name__}")
        yield piece if piece.endswith(b"\n") else piece + b"\n"


def _given(source: Any) -> tuple[object, str]:
    """What the native part takes, and what findings call it."""
    if isinstance(source, (str, os.PathLike)):
        return [source], os.fspath(source) if isinstance(source, str) else os.fsdecode(source)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source), "<bytes>"
    if hasattr(source, "read"):
        name = getattr(source, "name", None)
        return source, name if isinstance(name, str) else "<file>"
    try:
        items = iter(source)
    except TypeError:
        raise TypeError(
            f"a log is a path, bytes, a file or an iterable of lines, not {type(source).__name__}"
        ) from None
    first = next(items, None)
    if isinstance(first, os.PathLike):
        return [first, *items], "<paths>"
    if isinstance(source, (list, tuple)):
        # It can be read again, as a stream cannot.
        return b"".join(_pieces(iter(source))), "<lines>"
    return _Lines(itertools.chain([] if first is None else [first], items)), "<lines>"


def _time(time: Any) -> str | None:
    if time is None or isinstance(time, str):
        return time
    if hasattr(time, "isoformat"):
        # Milliseconds are all that logs have.
        return str(time.isoformat(timespec="milliseconds") if hasattr(time, "hour") else time.isoformat())
    raise TypeError(f"a time is a str, a date or a datetime, not {type(time).__name__}")
