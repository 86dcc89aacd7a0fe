"""The package as a whole: what it exports, its documentation, and that importing it is light."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import replycode

ROOT = Path(__file__).resolve().parents[3]


def members() -> Iterator[tuple[str, str, Any]]:
    """Every public class with the names and values in its body."""
    for cls in replycode.__all__:
        item = getattr(replycode, cls)
        if inspect.isclass(item):
            for name, value in vars(item).items():
                if not name.startswith("_") and not isinstance(value, item):
                    yield cls, name, value


def documented() -> list[tuple[str, Any]]:
    """Every public class, function and method, by its path."""
    items = [(name, getattr(replycode, name)) for name in replycode.__all__]
    callables = [(name, item) for name, item in items if callable(item)]
    methods = [
        (f"{cls}.{name}", getattr(value, "__func__", value))
        for cls, name, value in members()
        if inspect.isroutine(value) or isinstance(value, classmethod)
    ]
    return callables + methods


def attributes() -> list[tuple[str, Any]]:
    """Every public attribute that is no method, by its path."""
    return [(f"{cls}.{name}", value) for cls, name, value in members() if inspect.isdatadescriptor(value)]


def run_examples(text: str, name: str) -> int:
    test = doctest.DocTestParser().get_doctest(text, {}, name, None, None)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False).run(test, out=report.append)
    assert not report, "".join(report)
    return len(test.examples)


@pytest.mark.parametrize(("name", "item"), documented(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_public_item_has_an_example_that_runs(name: str, item: Any) -> None:
    text = inspect.getdoc(item)
    assert text, f"{name} has no documentation"
    assert run_examples(text, name) > 0, f"the documentation of {name} has no example"


def test_the_walk_over_the_documentation_finds_what_there_is() -> None:
    names = {name for name, _ in documented()}
    assert {"explain", "Smtp", "Listing.title", "Enhanced.parse", "Listings.get", "Severity"} <= names
    assert "Entry.source" in {name for name, _ in attributes()}


@pytest.mark.parametrize(("name", "item"), attributes(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_public_attribute_is_documented(name: str, item: Any) -> None:
    assert inspect.getdoc(item), f"{name} has no documentation"


def test_the_module_and_the_readme_have_examples_that_run() -> None:
    assert replycode.__doc__ is not None
    assert run_examples(replycode.__doc__, "replycode") > 3
    readme = (ROOT / "bindings/python/README.md").read_text(encoding="utf-8")
    assert run_examples(readme, "README.md") > 3


def test_names_are_those_of_all() -> None:
    kinds = {name: (not name.isupper(), not name[0].isupper(), name) for name in replycode.__all__}
    assert replycode.__all__ == sorted(kinds, key=lambda name: kinds[name])
    for name in replycode.__all__:
        item = getattr(replycode, name)
        if inspect.isclass(item):
            assert (item.__module__, item.__qualname__) == ("replycode", name)
    assert set(replycode.__all__) <= set(dir(replycode))
    public = {name for name, value in vars(replycode).items() if not name.startswith("_")}
    public = {name for name in public if not isinstance(vars(replycode)[name], ModuleType)}
    assert public - set(replycode.__all__) == {"TYPE_CHECKING", "annotations"}
    with pytest.raises(AttributeError, match="module 'replycode' has no attribute 'nonsense'"):
        replycode.nonsense  # type: ignore[attr-defined]


def test_signatures_are_readable() -> None:
    assert str(inspect.signature(replycode.explain)) == "(protocol, code, *, command=None, enhanced=None)"
    assert str(inspect.signature(replycode.Listing.title)) == "(self, /, lang='en')"
    assert str(inspect.signature(replycode.Enhanced)) == "(class_, subject, detail)"


def test_catalogue_version_and_digest() -> None:
    assert re.fullmatch(r"\d{4}\.\d{1,2}\.\d+", replycode.CATALOG_VERSION)
    assert re.fullmatch(r"[0-9a-f]{64}", replycode.CATALOG_DIGEST)


def test_importing_loads_nothing_heavy() -> None:
    program = """
import sys
import _collections_abc  # as `os` does
before = set(sys.modules)
import replycode
replycode.CATALOG_VERSION, replycode.languages()
print(*sorted(set(sys.modules) - before))
replycode.smtp[550].severity
print("enum" in sys.modules, "typing" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-S", "-E", "-c", program_with_path(program)], capture_output=True, text=True)
    assert run.stderr == ""
    assert run.stdout == "__future__ replycode replycode._replycode\nTrue False\n"


def program_with_path(program: str) -> str:
    """The program, in a process without `site`, which may load modules of its own."""
    return f"import sys; sys.path.append({str(Path(replycode.__file__).parents[1])!r})\n{program}"
