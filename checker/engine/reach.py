"""How far a suite got towards a bug.

Every statement inside a function of every implementation alike gets a silent point: a call that notes the statement's
number. The place of a bug is computed in the reference, as the statements at which the mutant's syntax tree first
departs from it; a suite's run on the reference tells which tests come by there. Up to that statement the mutant runs
as the reference does, so no run of the mutant is needed. (mutmut and Stryker call this "covered by".)
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

POINT = "__point__"  # the built-in that a worker calls at each point
_BODIES = ("body", "orelse", "finalbody")
_FIRST = "body.0"
_DEFS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NAMED = (*_DEFS, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Statement:
    """A numbered statement inside a function: where it stands in the tree, and its line."""

    path: tuple[str, ...]
    line: int
    is_code: bool = True  # False for the `...` that stands for a body


@dataclass(frozen=True, slots=True)
class BugPlace:
    """Where a bug is planted: statements of the reference. `at_import` when some of it lies outside every function;
    `unknown` when the two texts are too different to say."""

    points: frozenset[int] = frozenset()
    at_import: bool = False
    unknown: bool = False


def first_numbers(implementation: Sequence[str]) -> dict[str, int]:
    """The number of the first point of each module under test: far enough apart never to meet."""
    return {path: index * 100_000 for index, path in enumerate(sorted(implementation))}


def statements(source: str) -> tuple[Statement, ...]:
    """The statements inside functions, in the order in which `instrument` numbers them."""
    found: list[Statement] = []
    _number(ast.parse(source), (), False, lambda path, node: found.append(Statement(path, node.lineno, _is_code(node))))
    return tuple(found)


def instrument(source: bytes, filename: str, first: int) -> ast.Module:
    """The module's tree with a point before every statement inside a function. Numbers count from `first`."""
    tree = ast.parse(source, filename)
    numbers: dict[int, int] = {}
    _number(tree, (), False, lambda _, node: numbers.setdefault(id(node), first + len(numbers)))
    _point(tree, numbers)
    return tree


def _point(node: ast.AST, numbers: dict[int, int]) -> None:
    """Put the points into all bodies below a node. Statements stand in bodies only, so no expression is visited."""
    for _, child in _children(node):
        _point(child, numbers)
    for name in _BODIES:
        body = getattr(node, name, None)
        if isinstance(body, list):
            body[:] = [new for old in body for new in _pointed(old, numbers.get(id(old)))]


def _pointed(node: ast.stmt, number: int | None) -> tuple[ast.stmt, ...]:
    if number is None:
        return (node,)
    start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
    place: dict[str, Any] = dict(
        zip(("lineno", "col_offset", "end_lineno", "end_col_offset"), start + end, strict=True)
    )
    call = ast.Call(ast.Name(POINT, ast.Load(), **place), [ast.Constant(number, **place)], [], **place)
    return ast.Expr(call, **place), node


def _number(node: ast.AST, path: tuple[str, ...], inside: bool, take) -> None:  # type: ignore[no-untyped-def]
    for label, child in _children(node):
        here = (*path, label)
        is_docstring = isinstance(node, (*_NAMED, ast.Module)) and label == _FIRST and _is_text(child)
        if inside and isinstance(child, ast.stmt) and not is_docstring:
            take(here, child)
        _number(child, here, inside or isinstance(child, _DEFS), take)


def _children(node: ast.AST) -> list[tuple[str, ast.AST]]:
    found: list[tuple[str, ast.AST]] = []
    for name in (*_BODIES, "handlers", "cases"):
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += _labelled(name, value)
    return found


def _labelled(name: str, nodes: list[ast.AST]) -> list[tuple[str, ast.AST]]:
    """The nodes of one list, each with a label that no other has.

    Definitions are known by name, so that moving one does not make all the others look different; those that share
    a name (a property and its setter, overloads) are counted.
    """
    found: list[tuple[str, ast.AST]] = []
    seen: Counter[str] = Counter()
    for index, node in enumerate(nodes):
        label = f"{name}.{index}"
        if isinstance(node, _NAMED):
            seen[node.name] += 1
            kind = "class" if isinstance(node, ast.ClassDef) else "def"
            label = f"{kind} {node.name} {name} {seen[node.name]}"
        found.append((label, node))
    return found


def _is_code(node: ast.AST) -> bool:
    return not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


@lru_cache(maxsize=1024)
def bug_place(reference: str, mutant: str, first: int) -> BugPlace:
    """Where `mutant` departs from `reference`, in the numbers that `instrument(reference, first=first)` gives."""
    try:
        old, new = _tree(reference), _tree(mutant)
    except (SyntaxError, ValueError):  # the audit says so; here it is no reason to stop
        return BugPlace(unknown=True)
    numbers = {s.path: first + i for i, s in enumerate(statements(reference))}
    paths: set[tuple[str, ...]] = set()
    _depart(old, new, (), paths)
    points: set[int] = set()
    at_import = False
    for path in paths:
        # A statement that is not numbered (a module's, a class's, a header) counts at the nearest one that is.
        known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in numbers), None)
        if known is not None:
            points.add(numbers[known])
        elif (
            path
            and path[-1].startswith("def ")
            and (entered := [n for p, n in numbers.items() if p[: len(path)] == path])
        ):
            points.add(min(entered))
        else:
            at_import = True
    return BugPlace(frozenset(points), at_import=at_import, unknown=not paths)


def _depart(old: ast.AST, new: ast.AST, path: tuple[str, ...], paths: set[tuple[str, ...]]) -> None:
    """Collect the innermost statements of `old` at which the two trees differ."""
    for name in (*_BODIES, "handlers", "cases"):
        ours, theirs = getattr(old, name, None), getattr(new, name, None)
        if isinstance(ours, list) and isinstance(theirs, list):
            _depart_lists(name, ours, theirs, path, paths)


def _depart_lists(
    name: str, ours: list[ast.AST], theirs: list[ast.AST], path: tuple[str, ...], paths: set[tuple[str, ...]]
) -> None:
    old, new = _labelled(name, ours), _labelled(name, theirs)
    named = dict(new)
    for label, node in old:
        if isinstance(node, _NAMED):
            _compare(node, named.get(label), (*path, label), paths)
    mine, plain = _plain(old), [node for _, node in _plain(new)]
    if len(plain) == len(mine):
        for (label, node), twin in zip(mine, plain, strict=True):
            _compare(node, twin, (*path, label), paths)
        return
    # A statement was put in or taken out: the place is where the two lists part.
    at = next((k for k, ((_, n), o) in enumerate(zip(mine, plain, strict=False)) if not _same(n, o)), None)
    if at is None:
        at = min(len(plain), len(mine) - 1)
    if mine:
        paths.add((*path, mine[max(at, 0)][0]))
    else:
        paths.add(path)


def _plain(nodes: list[tuple[str, ast.AST]]) -> list[tuple[str, ast.AST]]:
    """Those that are neither definitions nor a docstring, which does nothing."""
    return [(k, n) for k, n in nodes if not isinstance(n, _NAMED) and not (k == _FIRST and _is_text(n))]


def _compare(node: ast.AST, other: ast.AST | None, path: tuple[str, ...], paths: set[tuple[str, ...]]) -> None:
    if other is not None and _same(node, other):
        return
    if other is None or type(node) is not type(other) or not _same(_header(node), _header(other)):
        paths.add(path)
        if other is None or type(node) is not type(other):
            return
    if _children(node):
        _depart(node, other, path, paths)
    elif other is not None:
        paths.add(path)


def _header(node: ast.AST) -> ast.AST:
    """The node without its bodies: its test, its targets, its decorators and defaults."""
    bare = type(node)()
    for name, value in ast.iter_fields(node):
        setattr(bare, name, [] if name in (*_BODIES, "handlers", "cases") else value)
    return bare


@lru_cache(maxsize=8)
def _tree(source: str) -> ast.Module:
    return ast.parse(source)


def _same(old: ast.AST, new: ast.AST) -> bool:
    return _dumped(old) == _dumped(new)


def _dumped(node: ast.AST) -> str:
    """`ast.dump`, remembered on the node: a tree is compared from the top down, and the reference with every mutant."""
    dumped: str | None = getattr(node, "_dumped", None)
    if dumped is None:
        dumped = node._dumped = ast.dump(node)  # type: ignore[attr-defined]
    return dumped
