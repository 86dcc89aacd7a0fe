"""What the generated enums have in common.

The vocabularies (Severity, Verdict, ...) are `str` enums whose values are the core's ids. What people read in JSON, in
logs and in `catalog.yaml` is then what programs compare with: `severity == "transient"` is true, not silently false,
and members go into JSON, CSV and data frames as they are. A `str` sorts by letter; where an order is meant, use
`number`.

The codes are no such mixture: a member of Smtp or Ftp is a native Listing that counts as its number (there it says why
it is no int).
"""

from __future__ import annotations

import enum

from replycode import _replycode

TYPE_CHECKING = False  # `typing` would double the time that the import takes; type checkers know the name.
if TYPE_CHECKING:
    from typing import TypeVar

    from typing_extensions import Never, Self

    from replycode._replycode import Entry
    from replycode.generated.vocabulary import Verdict

    _E = TypeVar("_E", bound=type[enum.Enum])


def frozen(cls: _E) -> _E:
    """Once an enum is made, its members do not change."""

    def setattr_(self: enum.Enum, name: str, value: object, /) -> Never:
        raise AttributeError(f"{type(self).__name__}.{self.name} cannot be changed: {name}")

    def delattr_(self: enum.Enum, name: str, /) -> Never:
        raise AttributeError(f"{type(self).__name__}.{self.name} cannot be changed: {name}")

    # Not in the class body: `enum` itself gives members their names.
    setattr(cls, "__setattr__", setattr_)
    setattr(cls, "__delattr__", delattr_)
    return cls


class Vocabulary(str, enum.Enum):
    """A closed vocabulary of the core: the value is the stable id."""

    _value_: str

    if TYPE_CHECKING:

        def __new__(cls, value: str) -> Self: ...
        @property
        def value(self) -> str: ...

    @property
    def number(self) -> int:
        """The stable number, the same in Rust and C."""
        return _replycode.number(type(self).__name__, self._value_)

    def __str__(self) -> str:
        return self._value_

    def __format__(self, spec: str) -> str:
        return format(self._value_, spec)

    @classmethod
    def _missing_(cls, value: object) -> Never:
        known = ", ".join(repr(member._value_) for member in cls)
        raise ValueError(f"{value!r} is not a {cls.__name__}: expected one of {known}")


class SeverityVocabulary(Vocabulary):
    """What a severity implies."""

    @property
    def verdict(self) -> Verdict:
        """The Verdict where nothing but the severity is known."""
        return _replycode.severity_verdict(self._value_)

    @property
    def is_positive(self) -> bool:
        """1yz, 2yz or 3yz: the server has accepted what was sent."""
        return _replycode.is_positive(self._value_)

    @property
    def is_negative(self) -> bool:
        """4yz or 5yz: the server has refused."""
        return _replycode.is_negative(self._value_)


class VerdictVocabulary(Vocabulary):
    """What a verdict implies."""

    @property
    def should_retry(self) -> bool:
        """Whether the same attempt, unchanged, has a fair chance later."""
        return _replycode.should_retry(self._value_)


class DescribedVocabulary(Vocabulary):
    """Words that the catalogue has texts for."""

    @property
    def entry(self) -> Entry:
        """The Entry with all its texts, and its source."""
        return _replycode.word_entry(type(self).__name__, self._value_)

    def title(self, lang: str = "en") -> str:
        """One line for a status page, at most 32 columns (a Japanese character takes two).

        >>> import replycode
        >>> replycode.Note.BARE_LF.title()
        'Lines end with bare line feeds'
        """
        return self.entry.title(lang)

    def meaning(self, lang: str = "en") -> str:
        """What it means, in one or two sentences.

        >>> import replycode
        >>> replycode.Note.NO_EOL.meaning() != ""
        True
        """
        return self.entry.meaning(lang)

    def action(self, lang: str = "en") -> str:
        """What a technician should check or change, the likeliest first.

        >>> import replycode
        >>> replycode.MalformedReason.BAD_CODE.action("ja") != ""
        True
        """
        return self.entry.action(lang)


class ReplyEnum(_replycode.Listing, enum.Enum):
    """The reply codes of one protocol: each a Listing, by name."""

    __protocol__: str
    _value_: int

    if TYPE_CHECKING:

        @property
        def value(self) -> int: ...

    def __new__(cls, value: int) -> Self:
        self = _replycode.Listing.__new__(cls, cls.__protocol__, value)
        self._value_ = value
        return self

    def __repr__(self) -> str:
        return f"<{type(self).__name__}.{self._name_}: {self._value_} {self.title()!r}>"

    def __str__(self) -> str:
        return str(self._value_)

    def __format__(self, spec: str) -> str:
        return format(self._value_, spec)

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[int]]:
        return type(self), (self._value_,)

    @classmethod
    def _missing_(cls, value: object) -> Never:
        raise ValueError(
            f"{value!r} is not a {cls.__name__}: explain({cls.__protocol__!r}, {value!r}) answers for every number"
        )
