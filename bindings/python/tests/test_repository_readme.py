"""The example in the repository's own README."""

import contextlib
import io
import pathlib


def test_the_example_runs_and_says_what_its_comments_promise() -> None:
    readme = pathlib.Path(__file__).parents[3] / "README.md"
    source = readme.read_text("utf-8").split("```python\n")[1].split("```")[0]
    printed = io.StringIO()
    namespace: dict[str, object] = {}
    with contextlib.redirect_stdout(printed):
        exec(compile(source, str(readme), "exec"), namespace)
    assert printed.getvalue().startswith("Mailbox unavailable or refused ")
    for line in source.splitlines():
        expression, _, promised = line.partition("#")
        if promised.strip().startswith(("'", "True")):
            assert repr(eval(expression, namespace)) == promised.strip()
