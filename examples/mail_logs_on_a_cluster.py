"""A day of mail logs on a Spark cluster: mail_logs_on_a_cluster.py LOGS RESULT [COLUMN].

LOGS is a folder or pattern of text files (one line a row, compressed or not) or of Parquet files with a column of lines
(COLUMN, by default `value`), anywhere that Spark can read. RESULT becomes a folder with two tables in Parquet:
`replies`, a row for each line with a reply and what went wrong, and `causes`, how often each cause was found.

Every worker needs the package: `pip install replycode[spark]`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pyarrow
from pyspark.sql import DataFrame, SparkSession, functions
from pyspark.sql.pandas.types import from_arrow_schema

import replycode


def triage(lines: DataFrame, column: str = "value") -> DataFrame:
    """A row for each of the lines in which a reply is found, with what went wrong."""

    def scan(batches: Iterator[Any]) -> Iterator[Any]:
        return replycode.scan_batches(batches, column)

    # What the columns will be, Spark wants to know before it begins: asked of no lines at all.
    (none,) = scan(iter([pyarrow.record_batch({column: pyarrow.array([], pyarrow.string())})]))
    return lines.select(column).mapInArrow(scan, from_arrow_schema(none.schema))


def main(arguments: list[str]) -> int:
    if len(arguments) not in (2, 3):
        print("usage: mail_logs_on_a_cluster.py LOGS RESULT [COLUMN]", file=sys.stderr)
        return 2
    logs, result = arguments[:2]
    column = arguments[2] if len(arguments) == 3 else "value"
    spark = SparkSession.builder.appName("mail logs").getOrCreate()
    parquet = logs.rstrip("/").endswith(".parquet")
    lines = spark.read.parquet(logs) if parquet else spark.read.text(logs)
    replies = triage(lines, column)
    replies.write.mode("overwrite").parquet(f"{result}/replies")
    problems = spark.read.parquet(f"{result}/replies").where("severity in ('transient', 'permanent')")
    causes = problems.groupBy("cause", "verdict", "party").agg(
        functions.count("*").alias("count"), functions.min_by(column, functions.length(column)).alias("example")
    )
    causes.orderBy(functions.desc("count")).coalesce(1).write.mode("overwrite").parquet(f"{result}/causes")
    spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
