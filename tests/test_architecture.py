"""The house and its laws: who may import whom, and what each floor may not do. The source is read, not trusted."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = [name for name in ("maestro_actors", "supabase_local", "web") if (ROOT / name).is_dir()]
MAX_LINES = 400

# Who may import what of ours. The longest prefix of a module's name is its rule; every module needs one.
PURE = ("maestro_actors.core", "maestro_actors.errors")
LIGHT_RENDERING = ("maestro_actors.rendering.specs", "maestro_actors.rendering.plan", "maestro_actors.rendering.child")
CONTRACTS = ("maestro_actors.providers.text", "maestro_actors.providers.images")
JOURNAL_WORDS = ("maestro_actors.journal.entries", "maestro_actors.journal.errors")
EDGE = ("maestro_actors.settings", "maestro_actors.workspace", "maestro_actors.examples", "maestro_actors.storage")
OURS: dict[str, Sequence[str]] = {
    "maestro_actors": (),
    "maestro_actors.core": ("maestro_actors.core",),
    "maestro_actors.errors": (),
    "maestro_actors.settings": ("maestro_actors.errors",),
    "maestro_actors.kept_secrets": ("maestro_actors.errors",),
    "maestro_actors.log_lines": (),
    "maestro_actors.workspace": ("maestro_actors.errors",),
    "maestro_actors.examples": ("maestro_actors.core",),
    "maestro_actors.rendering": (*PURE, "maestro_actors.rendering"),
    "maestro_actors.providers": (*PURE, "maestro_actors.providers"),
    "maestro_actors.storage": PURE,
    "maestro_actors.journal": (*PURE, "maestro_actors.journal"),
    "maestro_actors.ical_feed": (*PURE, "maestro_actors.journal.rows"),
    "maestro_actors.actors": (*PURE, "maestro_actors.actors", *LIGHT_RENDERING, *CONTRACTS, *JOURNAL_WORDS),
    "maestro_actors.system": (
        *(*PURE, *EDGE, *JOURNAL_WORDS),
        *("maestro_actors.actors", "maestro_actors.rendering", "maestro_actors.providers"),
    ),
    "maestro_actors.gateway": (*PURE, "maestro_actors.kept_secrets", "maestro_actors.gateway"),
    "maestro_actors.cli": (
        *(*PURE, "maestro_actors.gateway", *EDGE, "maestro_actors.journal", "maestro_actors.ical_feed"),
        "maestro_actors.log_lines",
        *("maestro_actors.cli", "maestro_actors.system", "maestro_actors.providers"),
        *("maestro_actors.rendering.check", "maestro_actors.rendering.typefaces"),
        *(
            "supabase_local.launch",
            "supabase_local.folder",
            "supabase_local.keys",
            "supabase_local.__main__",
            "web.settings",
        ),
    ),
    "maestro_actors.__main__": ("maestro_actors.cli",),
    "supabase_local": ("supabase_local",),
    "web": (
        *(*PURE, "maestro_actors.settings", "maestro_actors.examples", "maestro_actors.journal"),
        *("maestro_actors.gateway", "maestro_actors.ical_feed", "maestro_actors.kept_secrets"),
        *("maestro_actors.rendering.typefaces", "maestro_actors.log_lines", "web"),
    ),
}

# Who may import each package of others. One that stands nowhere here may be imported by nobody.
THEIRS: dict[str, Sequence[str]] = {
    "pykka": ("maestro_actors.actors", "maestro_actors.system"),
    "supabase": ("maestro_actors.storage", "web.sign_in"),
    "storage3": ("maestro_actors.storage",),
    "httpx": ("maestro_actors.storage", "web.sign_in"),
    "PIL": ("maestro_actors.rendering", "supabase_local.renditions"),
    "av": ("maestro_actors.rendering",),
    "fontTools": ("maestro_actors.rendering",),
    "rich": ("maestro_actors.cli",),
    "click": ("maestro_actors.cli",),
    "sqlalchemy": (
        "maestro_actors.journal",
        "maestro_actors.cli",
        "web",
    ),  # the command line alone hands an engine about
    "apscheduler": ("maestro_actors.actors", "maestro_actors.system"),
    "icalendar": ("maestro_actors.ical_feed",),
    "tzlocal": ("maestro_actors.cli",),
    "alembic": ("maestro_actors.journal",),
    "platformdirs": ("maestro_actors.settings",),
    "pydantic": ("maestro_actors.gateway", "web"),
    "pydantic_core": ("maestro_actors.journal.database", "web.models"),
    "flask": ("supabase_local", "web"),
    "werkzeug": ("supabase_local", "web"),
    "flask_openapi3": ("web",),
    "flask_openapi3_swagger": ("web.routes.documentation",),
    "flask_limiter": ("web",),
    "prometheus_client": ("web",),
    "waitress": ("supabase_local",),
    "gunicorn": ("web.serving",),
    "honcho": ("maestro_actors.cli",),
    "jwt": ("supabase_local", "web.tokens"),
    "cryptography": ("maestro_actors.journal.passes", "web.cookies"),
    "_typeshed": ("maestro_actors", "supabase_local"),  # for the type checker alone
}
HEAVY = {
    "PIL",
    "av",
    "fontTools",
    "supabase",
    "storage3",
    "httpx",
    "rich",
    "flask",
    "sqlalchemy",
    "alembic",
    "icalendar",
}

PURE_STANDARD_LIBRARY = {
    *("__future__", "abc", "bisect", "collections", "dataclasses", "datetime", "enum", "functools", "heapq"),
    *("itertools", "math", "operator", "re", "string", "typing", "unicodedata", "zoneinfo"),
}
CLOCKS = {"now", "utcnow", "today"}
MUTABLE = (list, dict, set, bytearray, deque)
LOCKS = {"Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Barrier"}


@dataclass(frozen=True, slots=True)
class Source:
    """A module of ours: its dotted name, its text, its syntax tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    def __str__(self) -> str:
        return self.name

    def imports(self, nodes: Iterable[ast.AST] | None = None) -> Iterator[str]:
        """Every imported name, wherever in the module; `from a import b` is `a.b`."""
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        for node in nodes or ast.walk(self.tree):
            match node:
                case ast.Import(names=names):
                    yield from (each.name for each in names)
                case ast.ImportFrom(module=module, names=names, level=level):
                    above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                    base = ".".join([*above, *([module] if module else [])])
                    yield from (f"{base}.{each.name}" for each in names)


def _sources() -> Iterator[Source]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            text = path.read_text()
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield Source(name, path, text, ast.parse(text))


SOURCES = list(_sources())


def within(name: str, places: Sequence[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def those_of(place: str) -> list[Source]:
    found = [source for source in SOURCES if within(source.name, [place])]
    assert found, f"there is nothing in {place}"
    return found


def rule_of(name: str) -> Sequence[str]:
    place = max((place for place in OURS if within(name, [place])), key=len, default=None)
    assert place, f"say in OURS what {name} may import"
    assert place != "maestro_actors" or name == place, f"say in OURS what {name} may import"
    return OURS[place]


def classes_of(module: ModuleType) -> list[type]:
    return [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]


def method_calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def test_nothing_of_ours_is_imported_from_above() -> None:
    assert not [
        f"{source} imports {name}"
        for source in SOURCES
        for name in source.imports()
        if within(name, PACKAGES) and not within(name, rule_of(source.name))
    ]


def test_each_package_of_others_is_imported_in_its_own_room_alone() -> None:
    assert not [
        f"{source} imports {name}"
        for source in SOURCES
        for name in {name.partition(".")[0] for name in source.imports()} - sys.stdlib_module_names - set(PACKAGES)
        if not within(source.name, THEIRS.get(name, ()))
    ]


def test_nobody_needs_a_lock() -> None:
    sources = those_of("maestro_actors")
    imported = [(source, name) for source in sources for name in source.imports() if name.startswith("threading.")]
    assert not [f"{source} imports {name}" for source, name in imported if name.rpartition(".")[2] in LOCKS]
    assert not [
        f"{source}:{node.lineno} has a {node.attr}"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in LOCKS
    ]


def test_inside_an_actor_nobody_waits_for_an_answer() -> None:
    """A dict's `get` has a key; that of a future or a queue waits, which only a thread outside an actor may."""
    for source in those_of("maestro_actors.actors"):
        classes = [node for node in source.tree.body if isinstance(node, ast.ClassDef)]
        inside = {id(node) for each in classes for node in ast.walk(each)}
        waits = [
            (name, call.lineno)
            for name, call in method_calls(source)
            if name in ("ask", "proxy", "get_all") or (name == "get" and not call.args and id(call) in inside)
        ]
        assert not waits, source


def test_the_core_reads_no_clock_and_touches_nothing() -> None:
    for source in those_of("maestro_actors.core"):
        assert {name.partition(".")[0] for name in source.imports()} - {"maestro_actors"} <= PURE_STANDARD_LIBRARY, (
            source
        )
        assert not [call.lineno for name, call in method_calls(source) if name in CLOCKS], source
        names = [node for node in ast.walk(source.tree) if isinstance(node, ast.Name)]
        assert not [node.lineno for node in names if node.id in ("open", "print", "input")], source


def test_the_core_shares_no_state() -> None:
    for source in those_of("maestro_actors.core"):
        shared = {name: value for name, value in vars(importlib.import_module(source.name)).items() if name[:2] != "__"}
        mutable = [
            name for name, value in shared.items() if isinstance(value, MUTABLE) or hasattr(value, "cache_clear")
        ]
        assert not mutable, source
        assert not [node.lineno for node in ast.walk(source.tree) if isinstance(node, ast.Global)], source


@pytest.mark.parametrize("module", ["maestro_actors.actors.messages", "maestro_actors.core.events"])
def test_what_is_told_is_frozen_and_slotted(module: str) -> None:
    told = [each for each in classes_of(importlib.import_module(module)) if not issubclass(each, Enum)]
    assert len(told) > 10
    for each in told:
        assert dataclasses.is_dataclass(each), each
        parameters: Any = vars(each)["__dataclass_params__"]
        assert parameters.frozen, each
        assert "__slots__" in vars(each), each


def test_everything_that_happens_to_a_burst_is_an_event_with_a_time() -> None:
    events = importlib.import_module("maestro_actors.core.events")
    dated = {each for each in classes_of(events) if "at" in getattr(each, "__dataclass_fields__", ())}
    assert dated - {events.BurstStarted} == set(get_args(events.Event))


def test_what_a_renderers_parent_imports_is_light() -> None:
    """Each in turn in a fresh interpreter, which says what heavy thing came with which of them."""
    light = [source.name for source in those_of("maestro_actors.actors")]
    light += [*LIGHT_RENDERING, *CONTRACTS, "maestro_actors.system", "maestro_actors.__main__"]
    code = f"""
import importlib, sys
for name in {light!r}:
    importlib.import_module(name)
    heavy = sorted({HEAVY!r} & set(sys.modules))
    if heavy:
        sys.exit(f"{{name}} loads {{heavy}}")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_entry_imports_only_the_standard_library_at_its_top() -> None:
    (entry,) = those_of("maestro_actors.__main__")
    assert {name.partition(".")[0] for name in entry.imports(entry.tree.body)} <= sys.stdlib_module_names


def test_no_file_is_long() -> None:
    assert not [str(source) for source in SOURCES if source.text.count("\n") > MAX_LINES]


def test_no_media_has_a_fixed_place_on_disk() -> None:
    assert not [str(source) for source in SOURCES if "/app/output" in source.text]


def test_every_public_module_and_class_says_what_it_is() -> None:
    public = [
        (source, node)
        for source in SOURCES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Module) or (isinstance(node, ast.ClassDef) and not node.name.startswith("_"))
    ]
    assert not [f"{source}: {getattr(node, 'name', '')}" for source, node in public if not ast.get_docstring(node)]
