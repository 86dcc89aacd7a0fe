"""Prints what went wrong, for each question of a file, as docs/dump.md says: `diagnosis.py PATH`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import replycode


def unescape(text: str) -> bytes:
    """Bytes as the file writes them."""
    return re.sub(r"\\x([0-9a-f]{2})", lambda escape: chr(int(escape[1], 16)), text).encode("latin-1")


def rows(path: Path) -> Iterator[str]:
    verbs = {protocol: {command.verb for command in replycode.commands(protocol)} for protocol in replycode.Protocol}
    for number, line in enumerate(path.read_text(encoding="ascii").split("\n")[:-1], 1):
        kind, _, rest = line.partition(" ")
        if kind == "reply":
            protocol, code, status, verb, text = rest.split(" ", 4)
            command, enhanced = (None if word == "-" else word for word in (verb, status))
            answer = replycode.diagnose(protocol, int(code), unescape(text), command=command, enhanced=enhanced)
            said = f"{answer.cause.id} {answer.verdict} {answer.party} {answer.basis} {answer.rule or '-'}"
            yield f"reply {number} {said} {','.join(cause.id for cause in answer.alternatives) or '-'}"
        elif kind == "incident":
            protocol, text = rest.split(" ", 1)
            incident = replycode.explain_incident(unescape(text), None if protocol == "-" else protocol)
            found, diagnosis = incident.deciding, incident.diagnosis
            head = f"incident {number} {incident.replies}"
            if found is None:
                place, form = "- - - - - -", "-"
            else:
                # A verb that the catalogue does not list has no number, and so none in C.
                listed = found.protocol is not None and found.command in verbs[found.protocol]
                facts = (found.protocol, found.code, found.enhanced, found.command if listed else None)
                place = f"{found.offset} {found.length} {' '.join(str(fact or '-') for fact in facts)}"
                form = str(found.form)
            said = f"{incident.speaker or '-'} {form} {incident.cause.id} {incident.verdict} {incident.party}"
            basis, rule = ("-", "-") if diagnosis is None else (diagnosis.basis, diagnosis.rule or "-")
            yield f"{head} {place} {said} {basis} {rule}"
        else:
            raise ValueError(f"line {number}: expected reply or incident")


def main() -> None:
    (path,) = sys.argv[1:]
    for row in rows(Path(path)):
        sys.stdout.buffer.write(f"{row}\n".encode())


if __name__ == "__main__":
    main()
