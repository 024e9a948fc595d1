"""The disguise: other text, other bytecode, the same module."""

from __future__ import annotations

import ast
import asyncio
import inspect
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from checker.engine import reach
from checker.engine.disguise import disguise
from checker.places import find_places
from checker.tests.workers import TINY

PLACES = find_places()
MODULES = sorted(
    path
    for folder in (PLACES.exercises, *PLACES.suites.glob("*/*/variants"), *PLACES.suites.glob("*/*/mutants"), TINY)
    for path in folder.rglob("*.py")
    if not path.name.startswith("test_")
)
SEEDS = (1, 2, 3)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _name(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _public(tree: ast.Module) -> list[str]:
    """Everything that can be seen from outside a function: names, signatures, decorators, docstrings, constants."""
    inner = {id(each) for f in ast.walk(tree) if isinstance(f, FUNCTIONS) for each in ast.walk(f) if each is not f}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            # What decorates a function within a function is part of a body, where a local variable may be named anew.
            decorators = [] if id(node) in inner else [ast.dump(each) for each in node.decorator_list]
            found.append(
                f"{type(node).__name__} {node.name} {ast.dump(node.args)} {decorators} {ast.get_docstring(node)}"
            )
        elif isinstance(node, ast.ClassDef):
            found.append(f"class {node.name} {[ast.dump(base) for base in node.bases]}")
    top = [
        ast.dump(node)
        for node in tree.body
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    ]
    return found + top


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_disguised_module_of_the_course_keeps_its_face_and_its_statements(path: Path) -> None:
    source = path.read_bytes()
    try:
        tree = ast.parse(source)
    except SyntaxError:
        pytest.fail("a module of the course does not compile")
    for seed in SEEDS:
        changed = disguise(source, seed)
        compile(changed, str(path), "exec")
        assert _public(ast.parse(changed)) == _public(tree)
        assert reach.statements(changed.decode()) == reach.statements(source.decode())
        assert changed == disguise(source, seed)


def test_every_module_with_something_to_change_gets_another_text_and_other_bytecode() -> None:
    for path in MODULES:
        source = path.read_bytes()
        texts = [disguise(source, seed) for seed in range(10)]
        if any(text != source for text in texts):
            assert len(set(texts)) > 1, path
            assert all(_codes(text) != _codes(source) for text in texts), path


def _codes(source: bytes) -> set[tuple[str, bytes]]:
    found = set()
    waiting = [compile(source, "module", "exec")]
    while waiting:
        code = waiting.pop()
        found.add((code.co_name, code.co_code))
        waiting += [each for each in code.co_consts if isinstance(each, CodeType)]
    return found


TRICKY = '''
LIMIT = 3


def plain(limit, *rest, key=None, **more):
    """Doc."""
    total = limit + LIMIT
    for index, each in enumerate(rest):
        total += each * index
    text = f"{total=} {limit}"
    if total > 5 and key is not None:
        return total, key, text, sorted(more)
    return [total, text]


def closures(start):
    count = start
    seen = []

    def step(by=start, *, extra=count):
        nonlocal count
        local = by + extra
        count += local
        seen.append(local)
        return lambda local=local: local + count

    first = step()
    second = [step(number)() for number in range(3)]
    squares = {number: number * number for number in second}
    return first(), second, squares, count, seen


def shadows(value):
    name = value
    names = [name for name in "abc"]
    pairs = [(name, other) for other in "xy" for name in "ab"]

    class Inner:
        name = "inner"
        kept = value

        def get(self):
            name = self.name
            return name, value

    return name, names, pairs, Inner().get(), Inner.kept


def catches(text):
    try:
        number = int(text)
    except ValueError as error:
        reason = str(error)
        return ("bad", reason)
    else:
        answer = number
    finally:
        done = True
    return (
        answer
        + (1 if done else 0)
    )


def walrus(items):
    if (size := len(items)) > 2:
        return size
    while size and (last := items[-1]):
        size -= 1
    total = [kept := item for item in items]
    return size, last, total, kept


def matches(thing):
    match thing:
        case {"a": first, **rest}:
            found = first
            return found, rest
        case [head, *tail]:
            return head, tail
        case str() as word:
            longer = word * 2
            return longer
    return None


def uses_global():
    global LIMIT
    LIMIT = 4
    old = LIMIT
    LIMIT = 3
    return old


def by_name():
    one = 1
    two = 2
    return sorted(locals()), eval("one + two")


def unpacks(data):
    (first, *middle), last = data
    first, last = last, first
    chain = other = [*middle, last]
    del other
    umlaut, größe = "ä", len("größe"); return first, chain, umlaut, größe


def generates(top):
    value = None
    while top:
        value = yield top if value is None else value
        top -= 1
    return value


async def waits(items):
    async def one(item):
        result = item
        return result * 2

    results = [await one(item) for item in items]
    async with Manager() as manager:
        results.append(manager)
    total = 0
    async for number in numbers():
        total += number
    return results, total


class Manager:
    async def __aenter__(self):
        opened = "open"
        return opened

    async def __aexit__(self, *exc):
        done = bool(exc)
        return not done


async def numbers():
    number = 1
    yield number
    number += 1
    yield number
'''
CALLS: list[Callable[[dict[str, Any]], object]] = [
    lambda m: m["plain"](1, 2, 3, key="k", z=1),
    lambda m: m["plain"](0),
    lambda m: m["closures"](2),
    lambda m: m["shadows"](5),
    lambda m: (m["catches"]("7"), m["catches"]("x")),
    lambda m: (m["walrus"]([1, 2, 3]), m["walrus"]([1, 2])),
    lambda m: [m["matches"](each) for each in ({"a": 1, "b": 2}, [1, 2, 3], "ab", 5)],
    lambda m: m["uses_global"](),
    lambda m: m["by_name"](),
    lambda m: m["unpacks"](([1, 2, 3], 4)),
    lambda m: list(m["generates"](3)),
    lambda m: asyncio.run(m["waits"]([1, 2])),
]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_disguised_does_the_same(seed: int) -> None:
    changed = disguise(TRICKY.encode(), seed)
    assert changed != TRICKY.encode()
    ours: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    exec(compile(TRICKY, "tricky", "exec"), ours)
    exec(compile(changed, "tricky", "exec"), theirs)
    assert [call(theirs) for call in CALLS] == [call(ours) for call in CALLS]
    for name, value in ours.items():
        if inspect.isfunction(value):
            assert inspect.signature(theirs[name]) == inspect.signature(value)


def test_local_names_are_changed_and_no_others() -> None:
    changed = disguise(b"def f(given):\n    mine = given\n    return [mine, given, print]\n", 1).decode()
    assert "mine" not in changed
    assert changed.startswith("def f(given):\n")
    assert "print" in changed


@pytest.mark.parametrize("source", [b"", b"x = 1\n", b"def f(:\n", b"\x00", b"\xef\xbb\xbfdef f(a): b = a; return b\n"])
def test_odd_texts_pass(source: bytes) -> None:
    disguise(source, 1)
