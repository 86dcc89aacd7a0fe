"""Explains a camera's error log: explain_log.py LOG LANG [LANG...].

A line is date, time, protocol, and the server's reply: `2026-11-02 08:15:03 smtp 550 5.7.1 Relaying denied`. For each
line and language it prints what the reply means and what to do. `bindings/c/examples/statuspage.c` and
`crates/replycode/examples/explain_log.rs` print the same, to the byte.
"""

from __future__ import annotations

import sys

import replycode


def main(arguments: list[str]) -> int:
    if len(arguments) < 2:
        return fail("usage: explain_log.py LOG LANG [LANG...]")
    path, *languages = arguments
    known = [language.id for language in replycode.languages()]
    for lang in languages:
        if lang not in known:
            return fail(f"the catalogue has no language {lang!r}; it has {', '.join(known)}")
    try:
        with open(path, "rb") as file:
            log = file.read()
    except OSError as error:
        return fail(f"cannot read {path}: {error.strerror}")
    # Bytes in, bytes out: a server's text is in whatever encoding it likes, and no platform shall translate line ends.
    for line in filter(None, log.split(b"\n")):
        answer = explain(line)
        for lang in languages:
            sys.stdout.buffer.write(line + block(answer, lang).encode())
    return 0


def fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def explain(line: bytes) -> replycode.Explanation | None:
    """The third word is the protocol, the fourth begins with the code; the fifth may be an enhanced status code."""
    words = [word for word in line.split(b" ") if word][2:5]
    if len(words) < 2 or words[0] not in (b"smtp", b"ftp"):
        return None
    protocol, digits = words[0].decode(), words[1][:3]
    if not (len(digits) == 3 and digits.isdigit() and digits >= b"100"):
        return None
    return replycode.explain(protocol, int(digits), enhanced=enhanced_code(words) if protocol == "smtp" else None)


def enhanced_code(words: list[bytes]) -> replycode.Enhanced | None:
    try:
        return replycode.Enhanced.parse(words[2].decode())
    except (IndexError, ValueError):
        return None


def block(answer: replycode.Explanation | None, lang: str) -> str:
    """What is printed under a line."""
    if answer is None:
        words = "この行に応答コードはありません" if lang == "ja" else "no reply code in this line"
        return f"\n  {words}\n"
    verdict = answer.verdict
    return (
        f"\n  {answer.code} {answer.severity}/{answer.category} {answer.title(lang)}"
        f"\n  {answer.meaning(lang)}"
        f"\n  {answer.action(lang)}"
        f"\n  retry: {'yes' if verdict.should_retry else 'no'} ({verdict})\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
