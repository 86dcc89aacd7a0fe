"""`scan_batches` in a local Spark, as examples/mail_logs_on_a_cluster.py uses it, and `scan_column` in Dask."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import replycode

PROGRAM = Path(__file__).resolve().parents[4] / "examples/mail_logs_on_a_cluster.py"
LINES = [
    "Mar  1 10:11:12 mx postfix/smtp[8]: 4F25B1234: host mx.example.net[192.0.2.1] said: 550 5.1.1 User unknown",
    "Mar  1 10:11:13 mx postfix/smtp[8]: 4F25B1235: status=sent (250 2.0.0 Ok: queued as 7C1)",
    "Mar  1 10:11:14 mx postfix/qmgr[8]: 4F25B1235: removed",
    "Mar  1 10:11:15 mx postfix/smtpd[9]: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 554 5.7.1 Relay access denied",
] * 2500
EXPECTED = Counter(
    {"recipient_unknown": 2500, "relay_denied": 2500},
)


@pytest.mark.parametrize("kind", ["text", "parquet"])
def test_a_day_of_mail_logs_in_spark(tmp_path: Path, kind: str) -> None:
    import pyarrow
    import pyarrow.parquet

    logs = tmp_path / f"logs.{kind}"
    logs.mkdir()
    for part in range(4):
        lines = LINES[part::4] if kind == "text" else LINES[part * 2500 : part * 2500 + 2500]
        if kind == "text":
            (logs / f"mail.{part}.log").write_text("\n".join(lines) + "\n", encoding="utf-8")
        else:
            pyarrow.parquet.write_table(pyarrow.table({"line": lines}), logs / f"{part}.parquet")
    column = "value" if kind == "text" else "line"
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    command: list[Any] = [sys.executable, PROGRAM, logs, tmp_path / "result", column]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    causes = pyarrow.parquet.read_table(tmp_path / "result/causes").to_pylist()
    assert Counter({row["cause"]: row["count"] for row in causes}) == EXPECTED
    replies = pyarrow.parquet.read_table(tmp_path / "result/replies").to_pylist()
    assert len(replies) == 7500
    for row in replies[::500]:
        incident = replycode.explain_incident(row[column])
        assert (row["cause"], row["verdict"]) == (incident.cause.id, incident.verdict)


def test_dask() -> None:
    import dask.dataframe
    import pandas
    import pyarrow

    def answers(frame: Any) -> Any:
        table = pyarrow.table(replycode.scan_column(frame["line"]))
        return table.to_pandas().set_index(frame.index)[["code", "cause"]]

    frame = dask.dataframe.from_pandas(pandas.DataFrame({"line": LINES}), npartitions=4)
    meta = answers(pandas.DataFrame({"line": ["S: 550 no"]}))[:0]
    result = frame.map_partitions(answers, meta=meta.astype({"code": "float64"})).compute()
    counts = result[result["code"] >= 400]["cause"].value_counts().to_dict()
    assert counts == dict(EXPECTED)
