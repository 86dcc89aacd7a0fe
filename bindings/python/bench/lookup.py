"""Finding a reply by its code in Python, against what one would compare it with: `cargo xtask bench lookup`.

Every figure is the best of many rounds in one process, the statements taking turns, so that a busy moment of the
machine hits all of them alike. A figure includes the loop's own nanoseconds ("nothing"). Imports are measured in new
processes, less a process that imports nothing.
"""

from __future__ import annotations

import http
import subprocess
import sys
import time
import timeit

import replycode

ROUNDS, NUMBER = 25, 200_000
PROCESSES = 21


class Slot:
    """An object whose text is found as fast as Python finds any attribute."""

    __slots__ = ("phrase",)

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase


NAMES = {
    "numbers": dict(replycode.smtp),
    "smtp": replycode.smtp,
    "lookup": replycode.lookup,
    "explain": replycode.explain,
    "slot": Slot(replycode.smtp[550].phrase),
    "code": replycode.smtp[550],
    "HTTPStatus": http.HTTPStatus,
}

# What is measured, and the statement that it is compared with.
STATEMENTS = {
    "pass": None,
    "numbers[550]": "numbers[550]",
    "smtp[550]": "numbers[550]",
    "slot.phrase": "slot.phrase",
    "code.phrase": "slot.phrase",
    "smtp[550].phrase": "HTTPStatus(404).phrase",
    "HTTPStatus(404).phrase": "HTTPStatus(404).phrase",
    "code.title('ja')": "HTTPStatus(404).phrase",
    "lookup('smtp', 550)": "HTTPStatus(404).phrase",
    "explain('smtp', 550)": "HTTPStatus(404).phrase",
}

IMPORTS = [
    "import replycode",
    "import replycode; replycode.smtp[550].phrase",
    "import enum",
    "import http",
    "import smtplib",
]


def statements() -> dict[str, float]:
    """Nanoseconds a statement."""
    timers = {statement: timeit.Timer(statement, globals=NAMES) for statement in STATEMENTS}
    best = dict.fromkeys(STATEMENTS, float("inf"))
    for _ in range(ROUNDS):
        for statement, timer in timers.items():
            best[statement] = min(best[statement], timer.timeit(NUMBER) / NUMBER * 1e9)
    return best


def imports() -> dict[str, float]:
    """Milliseconds a process, less one that imports nothing."""
    rounds: dict[str, list[float]] = {program: [] for program in ["pass", *IMPORTS]}
    for _ in range(PROCESSES):
        for program, times in rounds.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True)
            times.append((time.perf_counter() - start) * 1e3)
    median = {program: sorted(times)[PROCESSES // 2] for program, times in rounds.items()}
    return {program: median[program] - median["pass"] for program in IMPORTS}


def main() -> None:
    print(f"{f'Python {sys.version.split()[0]}, by code':<28} {'ns':>8} {'ratio':>8}  of")
    measured = statements()
    for statement, base in STATEMENTS.items():
        nanoseconds = measured[statement]
        ratio = f"{nanoseconds / measured[base]:>8.2f}  {base}" if base else ""
        print(f"{statement if base else 'nothing':<28} {nanoseconds:>8.1f} {ratio}".rstrip())
    print(f"\n{'In a new process':<46} {'ms':>8}")
    for program, milliseconds in imports().items():
        print(f"{program:<46} {milliseconds:>8.2f}")


if __name__ == "__main__":
    main()
