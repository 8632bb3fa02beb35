"""Fields that people fill in: what each must be, and how they are read from plain JSON with every problem noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

T = TypeVar("T")

SHOWN = 40  # characters of what was given that a problem repeats
NAMED = 10  # entries of a list that a problem names


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, and what to do: a sentence that begins with the field's name.

    A field within another has its path: `palette.dark`, `publishing_times.reel`.
    """

    field: str
    text: str

    def __str__(self) -> str:
        return f"{self.field} {self.text}"


Problems = tuple[Problem, ...]


class InvalidError(Exception):
    """What was given cannot be used; `problems` has all that is wrong with it."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """What a field must be, and how to find what is wrong with a value of it."""

    must_be: str
    findings: Callable[[T], Iterator[str]]

    def problem(self, field: str, finding: str) -> Problem:
        return Problem(field, f"{finding}: it must be {self.must_be}")

    def judge(self, field: str, value: T) -> Iterator[Problem]:
        return (self.problem(field, finding) for finding in self.findings(value))


class Fields:
    """The fields of a JSON object. What cannot be read is noted, and read as nothing; null is as good as missing."""

    def __init__(self, data: object, name: str, known: Sequence[str], within: Fields | None = None) -> None:
        """The object's fields, which have these names and no others; `name` is the object's own."""
        self._path = f"{name}." if within else ""
        self._found: list[Problem] = within._found if within else []
        self._unread: set[str] = within._unread if within else set()
        self._data: dict[str, Any] | None = data if isinstance(data, dict) else None
        if self._data is None:
            self._cannot_read(Problem(name, f"{_state(data)}: it must be an object with {named(known)}"))
        unknown = [shown(key) for key in self._data or () if key not in known]
        if unknown:
            self._found.append(Problem(name, f"has {named(unknown)}, which nobody knows: there are {named(known)}"))

    def part(self, name: str, known: Sequence[str]) -> Fields:
        """The fields of an object within; what is found there counts here."""
        return Fields((self._data or {}).get(name), name, known, self)

    def text(self, name: str, rule: Rule[str]) -> str:
        """A text, without the spaces around it."""
        return (self._take(name, str, rule) or "").strip()

    def number(self, name: str, rule: Rule[int]) -> int:
        return self._take(name, int, rule) or 0

    def each(self, name: str, rule: Rule[Sequence[T]], read: Callable[[str], T | None]) -> tuple[T, ...]:
        """A list of texts, each read without the spaces around it; None is the answer for one that cannot be."""
        entries = self._take(name, list, rule) or []
        values = [(entry, read(entry.strip()) if isinstance(entry, str) else None) for entry in entries]
        bad = dict.fromkeys(shown(entry) for entry, value in values if value is None)
        if bad:
            self._cannot_read(rule.problem(self._path + name, f"has {named(bad)} in it"))
        return tuple(value for _, value in values if value is not None)

    def require(self, problems: Problems) -> None:
        """See to it that nothing was found, and that there are none of these problems of the values that were read.

        Raises:
            InvalidError: there is a problem. A field that could not be read has only that one.
        """
        if self._data is None:
            raise InvalidError(tuple(self._found[:1]))
        found = (*self._found, *(problem for problem in problems if not self._unread & _parts(problem.field)))
        if found:
            raise InvalidError(found)

    def _take(self, name: str, type_: type[T], rule: Rule[Any]) -> T | None:
        if self._data is None:
            return None
        value = self._data.get(name)
        if type(value) is type_:  # a truth value is no number
            return value
        self._cannot_read(rule.problem(self._path + name, _state(value)))
        return None

    def _cannot_read(self, problem: Problem) -> None:
        self._found.append(problem)
        self._unread.add(problem.field)


def named(entries: Iterable[str]) -> str:
    """The first entries, and how many more there are."""
    names = list(entries)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(islice(names, NAMED)) + more


def shown(value: object) -> str:
    """What was given, so that it can stand in a sentence whatever it is."""
    match value:
        case str():
            return repr(value if len(value) <= SHOWN else f"{value[:SHOWN]}…")
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number"
        case list() | tuple():
            return "a list"
        case None:
            return "null"
        case _:
            return "an object"


def _state(value: object) -> str:
    return "is missing" if value is None else "is a text" if isinstance(value, str) else f"is {shown(value)}"


def _parts(field: str) -> set[str]:
    """A field and the one that it is in."""
    return {field, field.partition(".")[0]}
