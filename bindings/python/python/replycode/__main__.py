"""The command `replycode`, also as `python -m replycode`: the same as the Rust program's."""

from __future__ import annotations

import signal
import sys

from replycode._replycode import run_command


def main() -> int:
    """Run the command with the arguments of the process, and return its exit status."""
    sys.stdout.flush()
    # The command reads and writes by itself; Python would put off Ctrl-C until it has ended.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command(["replycode", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
