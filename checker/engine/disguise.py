"""Meaning-preserving edits of a module, chosen by a seed: no text and no bytecode of it can be known beforehand.

Applied to every implementation alike, they defeat a list of hashes of the correct ones. Two kinds of edit: a local
variable gets another name, and a value on its way into a variable, a condition or a return is put into a list and taken
out again. Statements, their lines, and all names that anything outside a function could see stay as they are, so that
numbers of statements (`reach`) fit the undisguised text too.
"""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

_LOOKS_AT_NAMES = {"locals", "vars", "dir", "eval", "exec", "currentframe", "_getframe"}
_BOM = b"\xef\xbb\xbf"
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ki", "lo", "mu", "ne", "pa", "ri", "so", "tu", "ve", "zo")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.Lambda, ast.ClassDef, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_WRAPPED = 0.5


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    """Replace `old` bytes at a line (from 1) and a column (in bytes) with `new`."""

    line: int
    column: int
    old: int
    new: bytes


def disguise(source: bytes, seed: int) -> bytes:
    """The module with other local names and other bytecode, and the same meaning; unchanged if it does not compile."""
    source = source.removeprefix(_BOM)  # it counts as a column in no tree
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    rng = Random(seed)
    taken = {name for node in ast.walk(tree) for name in _identifiers(node)}
    edits: list[_Edit] = []
    for function in _functions(tree):
        new_names = {old: _fresh_name(rng, taken) for old in sorted(_renamable(function))}
        for statement in function.body:
            edits += _renamings(statement, new_names)
    edits += _wrappings(tree, rng)
    return _applied(source, edits)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function, in the order of the text."""
    found = [node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]
    yield from sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _identifiers(node: ast.AST) -> Iterator[str]:
    for _, value in ast.iter_fields(node):
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str):
                yield each


def _fresh_name(rng: Random, taken: set[str]) -> str:
    while True:
        name = "".join(rng.choice(_SYLLABLES) for _ in range(3))
        if name not in taken and not keyword.iskeyword(name) and not hasattr(builtins, name):
            taken.add(name)
            return name


def _renamable(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Local variables that are plain names throughout, and bound in no scope but the function's own."""
    bound: set[str] = set()
    kept = {argument.arg for argument in _arguments(function.args)}
    for node, is_inner in _inside(function):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                (kept if is_inner else bound).add(name)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _LOOKS_AT_NAMES:
                return set()
            case ast.NamedExpr(target=ast.Name(id=name)) if is_inner:
                kept.add(name)
            case ast.arg(annotation=ast.expr() as told) | ast.AnnAssign(annotation=told):
                # A framework may look at what an annotation says, and at a later time than the function runs.
                kept |= {each.id for each in ast.walk(told) if isinstance(each, ast.Name)}
            case ast.FunctionDef(returns=ast.expr() as told) | ast.AsyncFunctionDef(returns=ast.expr() as told):
                kept |= {node.name, *(each.id for each in ast.walk(told) if isinstance(each, ast.Name))}
            case ast.JoinedStr():
                # `f"{name=}"` shows the name, and before 3.12 a place inside an f-string is not told exactly.
                kept |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                kept.update(names)
            case ast.alias(name=name, asname=other):
                kept.add(other or name.partition(".")[0])
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                kept.add(name)
            case ast.MatchMapping(rest=str(name)):
                kept.add(name)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                kept.add(node.name)
            case _:
                pass
            # What another scope takes as a parameter is another variable of that name.
        if isinstance(node, (*_FUNCTIONS, ast.Lambda)):
            kept |= {argument.arg for argument in _arguments(node.args)}
    return {name for name in bound - kept if not name.startswith("__")}


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return named + [each for each in (arguments.vararg, arguments.kwarg) if each is not None]


def _inside(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[ast.AST, bool]]:
    """The nodes of a function's body, and whether each lies in a scope within it."""
    waiting: list[tuple[ast.AST, bool]] = [(node, False) for node in function.body]
    while waiting:
        node, is_inner = waiting.pop()
        yield node, is_inner
        inner = is_inner or isinstance(node, _SCOPES)
        waiting += [(child, inner) for child in ast.iter_child_nodes(node)]


def _renamings(statement: ast.stmt, names: dict[str, str]) -> Iterator[_Edit]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and node.id in names:
            yield _Edit(node.lineno, node.col_offset, len(node.id.encode()), names[node.id].encode())


def _wrappings(tree: ast.AST, rng: Random) -> Iterator[_Edit]:
    """Some of the values inside functions, wrapped as `[(value)][0]` or `[(value)][-1]`; one at least, if any."""
    found = [value for function in _functions(tree) for value in _values(function)]
    unique = sorted({id(value): value for value in found}.values(), key=lambda v: (v.lineno, v.col_offset))
    chosen = [value for value in unique if rng.random() < _WRAPPED] or unique[:1]
    for value in chosen:
        assert value.end_lineno is not None
        assert value.end_col_offset is not None
        yield _Edit(value.lineno, value.col_offset, 0, b"[(")
        yield _Edit(value.end_lineno, value.end_col_offset, 0, rng.choice((b")][0]", b")][-1]")))


def _values(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        value: ast.expr | None = None
        match node:
            case ast.Return() | ast.Assign() | ast.AugAssign():
                value = node.value
            case ast.Expr(value=ast.Call() | ast.Await()):
                value = node.value
            case ast.Raise():
                value = node.exc
            case ast.If(test=test) | ast.While(test=test) if not isinstance(test, ast.Constant):
                value = test
            case _:
                pass
        if value is not None:
            yield value


def _applied(source: bytes, edits: list[_Edit]) -> bytes:
    lines = source.splitlines(keepends=True)
    # From the end, so that what is still to be edited has not moved; of two at one place, the longer first.
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.column] + edit.new + line[edit.column + edit.old :]
    return b"".join(lines)
