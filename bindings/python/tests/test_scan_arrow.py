"""Findings in polars, pandas, pyarrow and DuckDB, and columns of theirs answered."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest

import replycode

CASES = Path(__file__).resolve().parents[3] / "tests/data/cases.jsonl"
LOG = (
    b"2026-03-01T10:11:13+09:00 < 250 Ok\n"
    b"2026-03-02T10:11:13+09:00 > STOR a.jpg\n"
    b"2026-03-02T10:11:14.5+09:00 < 553 Could not create file.\n"
    b"S: 550 5.1.1 User unknown\n"
) * 5000
LINES = ["S: 550 5.1.1 User unknown", None, "all is well", "< 530 Login incorrect.", "", "550 \N{SNOWMAN} no"]
CAUSES = ["recipient_unknown", None, "not_a_reply", "ftp_login_failed", "not_a_reply", replycode.explain_incident("550 \N{SNOWMAN} no").cause.id]


def rows() -> list[dict[str, Any]]:
    """What the objects say, field by field."""
    names = [name for name in vars(replycode.Finding) if not name.startswith("_")]
    plain: dict[str, Any] = {"cause": lambda value: value.id, "enhanced": str, "code": int}
    result = []
    for finding in replycode.scan(LOG):
        row = {name: getattr(finding, name) for name in names}
        row = {k: v if v is None else plain.get(k, lambda v: getattr(v, "value", v))(v) for k, v in row.items()}
        result.append(row)
    return result


def test_a_table_says_what_the_findings_say() -> None:
    expected = rows()
    table = replycode.scan(LOG).to_arrow()
    table.validate(full=True)
    assert len(expected) == 15_000 and set(table.column_names) == set(expected[0])
    assert table.to_pylist() == [{name: row[name] for name in table.column_names} for row in expected]
    assert str(table.schema.field("timestamp").type) == "timestamp[us, tz=UTC]"
    # In batches, so that a reader of a large log need not hold it.
    reader = pyarrow.RecordBatchReader.from_stream(replycode.scan(LOG))
    assert [batch.num_rows for batch in reader] == [8192, 15_000 - 8192]


def test_every_library_takes_it() -> None:
    counts = {"no_error": 5000, "ftp_permission_denied": 5000, "recipient_unknown": 5000}
    scan = replycode.scan(LOG)
    frame = scan.to_polars()
    assert dict(frame.group_by("cause").len().rows()) == counts
    assert frame["timestamp"].dtype == polars.Datetime("us", "UTC")
    assert polars.DataFrame(scan).equals(frame)
    assert scan.to_pandas()["cause"].value_counts().to_dict() == counts
    asked = duckdb.sql("select cause, count(*) from scan group by cause").fetchall()
    assert dict(asked) == counts
    assert duckdb.sql("select max(line) from scan where problem").fetchall() == [(20_000,)]
    empty = replycode.scan(b"")
    assert empty.to_arrow().num_rows == 0 and empty.to_arrow().schema == scan.to_arrow().schema
    assert empty.to_polars().shape == (0, len(frame.columns))


def test_a_stream_of_python_as_a_table() -> None:
    # The consumer may hold the GIL that the source needs.
    for consume in pyarrow.table, polars.DataFrame:
        assert len(consume(replycode.scan(io.BytesIO(LOG)))) == 15_000

    def lines() -> Any:
        yield "S: 550 no"
        raise KeyError("broken")

    with pytest.raises(Exception, match="broken"):
        replycode.scan(lines()).to_arrow()
    # A table that nobody reads, and one that is left early.
    replycode.scan(LOG).__arrow_c_stream__()
    pyarrow.RecordBatchReader.from_stream(replycode.scan(LOG * 10)).read_next_batch()


@pytest.mark.parametrize(
    "kind", ["string", "large_string", "string_view", "binary", "large_binary", "binary_view"]
)
def test_columns_of_every_type(kind: str) -> None:
    column = pyarrow.array(LINES).cast(getattr(pyarrow, "binary" if "binary" in kind else "string")())
    column = column.cast(getattr(pyarrow, kind)())
    answers = replycode.scan_column(column)
    array = pyarrow.array(answers)
    array.validate(full=True)
    assert len(answers) == len(array) == len(LINES)
    assert array.is_valid().to_pylist() == [line is not None for line in LINES]
    assert [row and row["cause"] for row in array.to_pylist()] == CAUSES
    sliced = pyarrow.array(replycode.scan_column(column[3:5]))
    assert sliced.to_pylist() == array.to_pylist()[3:5]
    chunked = pyarrow.chunked_array([column[:1], column[1:1], column[1:]])
    assert pyarrow.array(replycode.scan_column(chunked)) == array


def test_columns_of_every_library() -> None:
    for column in polars.Series(LINES), pandas.Series(LINES, dtype="str"), pandas.Series(LINES, dtype="string[pyarrow]"):
        array = pyarrow.array(replycode.scan_column(column))
        assert [row and row["cause"] for row in array.to_pylist()] == CAUSES
    answers = replycode.scan_column(polars.Series(LINES))
    assert polars.DataFrame(answers)["cause"].to_list() == CAUSES
    assert polars.Series("a", answers).struct.field("cause").to_list() == CAUSES
    answered = pyarrow.table(answers)
    assert answered["code"].to_pylist() == [550, None, None, 530, None, 550]
    assert duckdb.sql("select count(code) from answered").fetchall() == [(3,)]


def test_a_column_says_what_explain_incident_says_of_the_cases() -> None:
    with CASES.open(encoding="utf-8") as file:
        cases = [json.loads(line) for line in file]
    texts = [base64.b64decode(c["input_b64"]) if "input_b64" in c else c["input"].encode() for c in cases]
    for protocol in None, "smtp", "ftp":
        answers = pyarrow.array(replycode.scan_column(pyarrow.array(texts), protocol=protocol)).to_pylist()
        assert len(answers) == 178
        for text, row in zip(texts, answers):
            incident = replycode.explain_incident(text, protocol)
            deciding, diagnosis = incident.deciding, incident.diagnosis
            assert (row["cause"], row["verdict"], row["party"]) == (incident.cause.id, incident.verdict, incident.party)
            assert row["code"] == (deciding and deciding.code)
            assert row["command"] == (deciding and deciding.command)
            assert row["enhanced"] == (str(deciding.enhanced) if deciding and deciding.enhanced else None)
            assert row["rule"] == (diagnosis and diagnosis.rule)
            assert row["speaker"] == incident.speaker


def test_columns_that_are_none() -> None:
    with pytest.raises(TypeError, match="the column holds Int64: scan_column takes text or bytes"):
        replycode.scan_column(pyarrow.array([1, 2]))
    with pytest.raises(TypeError, match="choose one column"):
        replycode.scan_column(pyarrow.table({"a": ["b"]}))
    with pytest.raises(TypeError, match="a column is an object with __arrow_c_array__ or __arrow_c_stream__"):
        replycode.scan_column(["a"])
    assert len(replycode.scan_column(pyarrow.nulls(3))) == 3
    assert len(replycode.scan_column(pyarrow.array([], pyarrow.string()))) == 0

    class Liar:
        def __init__(self, given: Any) -> None:
            self.given = given

        def __arrow_c_array__(self, requested_schema: object = None) -> Any:
            return self.given

    for given in 7, (), (7, 8), pyarrow.array(["a"]).__arrow_c_array__()[::-1]:
        with pytest.raises((TypeError, ValueError, IndexError)):
            replycode.scan_column(Liar(given))
    pair = pyarrow.array(["550 no"]).__arrow_c_array__()
    assert len(replycode.scan_column(Liar(pair))) == 1
    with pytest.raises(ValueError, match="may be taken only once"):
        replycode.scan_column(Liar(pair))


def test_batches() -> None:
    batch = pyarrow.record_batch({"value": LINES, "host": list("abcdef")})
    found, empty = replycode.scan_batches(iter([batch, batch[:0]]))
    assert found["host"].to_pylist() == ["a", "d", "f"] and empty.num_rows == 0
    assert found.schema == empty.schema
    assert found.schema.names[:2] == ["value", "host"]
    (every,) = replycode.scan_batches([batch], every_row=True)
    assert every["cause"].to_pylist() == CAUSES
    with pytest.raises(ValueError, match="the batch has no column 'line': it has value, host"):
        list(replycode.scan_batches([batch], "line"))
    with pytest.raises(ValueError, match="names of fields: cause; rename them"):
        list(replycode.scan_batches([batch.rename_columns(["value", "cause"])]))
