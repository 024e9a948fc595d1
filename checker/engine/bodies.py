"""Function bodies, exchanged in a process that has collected its tests already.

Most mutants and equivalents differ from the reference in what stands inside functions and nowhere else. Such a one
needs no collection of its own: a fork of the process that collected the reference gets the new bodies. It is the same
run as a new process's where nothing that was done up to then can depend on a body that changes: the rest of the module
is the same text, no changed function has run yet, and no generator or coroutine of the module is alive. `differing`
looks at the first when a trial is planned; `Stock` looks at the others in the worker, which declines if in doubt.
(mutmut and cosmic-ray run the whole module anew; replacing `__code__` is how Python's own debuggers reload a function.)
"""

from __future__ import annotations

import ast
import gc
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import AsyncGeneratorType, CodeType, CoroutineType, FunctionType, GeneratorType

from . import reach

_RUNNING = {GeneratorType: "gi_code", CoroutineType: "cr_code", AsyncGeneratorType: "ag_code"}
_KINDS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR | inspect.CO_ITERABLE_COROUTINE


@dataclass(frozen=True, slots=True)
class _Outline:
    """A module's text outside of its functions' bodies, each body's text, and the point at which each is entered."""

    outside: tuple[bytes, ...]
    bodies: tuple[bytes, ...]
    entries: tuple[int | None, ...]


def differing(
    old: Mapping[str, bytes], new: Mapping[str, bytes], implementation: Sequence[str]
) -> dict[str, list[int]] | None:
    """The modules of two jobs that differ: path → points at which the changed functions are entered.

    None where anything but function bodies of the implementation differs. A point is a number of `reach.instrument`.
    """
    if old.keys() != new.keys():
        return None
    firsts = reach.first_numbers(implementation)
    found: dict[str, list[int]] = {}
    for path in old:
        if old[path] != new[path]:
            if path not in firsts:
                return None
            entries = _changed(_outline(old[path]), _outline(new[path]))
            if entries is None:
                return None
            found[path] = [firsts[path] + entry for entry in entries]
    return found


def _changed(old: _Outline | None, new: _Outline | None) -> list[int] | None:
    if old is None or new is None or old.outside != new.outside:
        return None
    entries = [entry for mine, theirs, entry in zip(old.bodies, new.bodies, old.entries, strict=True) if mine != theirs]
    known = [entry for entry in entries if entry is not None]
    return known if len(known) == len(entries) else None


@lru_cache(maxsize=256)
def _outline(source: bytes) -> _Outline | None:
    """None for a text that Python cannot read."""
    try:
        text = source.decode()
        tree = ast.parse(text)
        numbers = {(s.line, s.path): n for n, s in enumerate(reach.statements(text))}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    outside: list[bytes] = []
    bodies: list[bytes] = []
    entries: list[int | None] = []
    at = 0
    for function in _outermost(tree):
        first = next((node for node in function.body if not _is_docstring(node, function)), None)
        last = function.body[-1]
        if first is None or last.end_lineno is None or last.end_col_offset is None:
            continue  # nothing but a docstring: it belongs to the outside
        begin = starts[first.lineno - 1] + first.col_offset
        if getattr(first, "decorator_list", None):
            begin = min(starts[d.lineno - 1] + d.col_offset - 1 for d in first.decorator_list)  # type: ignore[attr-defined]
        end = starts[last.end_lineno - 1] + last.end_col_offset
        outside.append(source[at:begin])
        bodies.append(source[begin:end])
        within = [n for (line, _), n in numbers.items() if first.lineno <= line <= last.end_lineno]
        entries.append(min(within, default=None))
        at = end
    return _Outline((*outside, source[at:]), tuple(bodies), tuple(entries))


def _outermost(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that stand in no other function, in the order of the text."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield child
        else:
            yield from _outermost(child)


def _is_docstring(node: ast.stmt, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return node is function.body[0] and ast.get_docstring(function, clean=False) is not None


@dataclass(slots=True)
class Stock:
    """What a worker holds of the implementation once its tests are collected: modules, functions, what has run."""

    loaded: dict[str, list[CodeType]] = field(default_factory=dict)  # file → code of each time it was imported
    ran: set[int] = field(default_factory=set)  # the points that were reached
    functions: dict[int, list[FunctionType]] | None = None  # id of a code object → its functions; None if not taken
    is_running: bool = False  # a generator or coroutine of the implementation is alive

    def take(self) -> None:
        """Find the functions that are alive now. Call it before `gc.freeze`, which hides them."""
        ours = {id(code) for codes in self.loaded.values() for module in codes for code in _codes(module)}
        found: dict[int, list[FunctionType]] = {}
        self.functions = found
        for thing in gc.get_objects():
            kind = type(thing)
            if kind is FunctionType:
                if id(thing.__code__) in ours:
                    found.setdefault(id(thing.__code__), []).append(thing)
            elif kind in _RUNNING:
                self.is_running = self.is_running or id(getattr(thing, _RUNNING[kind])) in ours

    def exchange(self, file: str, new: CodeType, entries: Sequence[int]) -> bool:
        """Give the functions of a module the bodies of `new`, its text compiled; False if that could be seen."""
        loaded = self.loaded.get(file, [])
        if not loaded:
            return True  # whoever imports it now gets the new text
        if len(loaded) > 1 or self.functions is None or self.is_running or not self.ran.isdisjoint(entries):
            return False
        pairs = [(self.functions.get(id(old), []), old, other) for old, other in _paired(loaded[0], new)]
        if any(functions and not _fits(old, other) for functions, old, other in pairs):
            return False
        for functions, _, other in pairs:
            for function in functions:
                function.__code__ = other
        return True


def _fits(old: CodeType, new: CodeType) -> bool:
    same_kind = (old.co_flags ^ new.co_flags) & _KINDS == 0
    return same_kind and old.co_freevars == new.co_freevars and old.co_name == new.co_name


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in _inner(code):
        yield from _codes(inner)


def _inner(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _paired(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The code objects within two, one by one, as far as both hold the same."""
    mine, theirs = _inner(old), _inner(new)
    if [each.co_name for each in mine] == [each.co_name for each in theirs]:
        for a, b in zip(mine, theirs, strict=True):
            yield a, b
            yield from _paired(a, b)
