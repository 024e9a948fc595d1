"""Texts that all trials of a submission have in common, read by the compiler once, before a worker is forked.

Only files that the learner has anyway are prepared: the submission's own and given ones. A text whose compilation
warns is left to each worker, where the warning is heard. Telling why a test failed needs a text's statements as well,
those of libraries on the way included (all of `unittest.mock` for one failed assertion): these are remembered, too.
"""

from __future__ import annotations

import ast
import contextlib
import warnings
from collections.abc import Iterable
from pathlib import Path
from types import CodeType

import pytest
from _pytest._code import Source, code
from _pytest._code import source as source_code
from _pytest.assertion import rewrite

from . import reach
from .watch import patch

KEPT = 500
_codes: dict[tuple[str, bytes], CodeType] = {}
_statements: dict[str, ast.AST] = {}  # text → a bare node that carries the lines of its statements
_rewrite_test = rewrite._rewrite_test
_range_of_statement = source_code.getstatementrange_ast


def under_test(path: str, first: int) -> CodeType:
    """A module under test with its points, counted from `first`; its text on disk stays as it is."""
    source = Path(path).read_bytes()
    known = _codes.get((path, source))
    return known or compile(reach.instrument(source, path, first), path, "exec", dont_inherit=True)


def prepare(folder: Path, paths: Iterable[str], points: dict[str, int], config: pytest.Config) -> None:
    """Compile these files of a folder as a worker in it will want them. `points`: file under test → first point."""
    for path in paths:
        file = folder / path
        with contextlib.suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("error")
            key = (str(file), file.read_bytes())
            if key in _codes:
                continue
            for known in (_codes, _statements):
                if len(known) > KEPT:  # a person's file after many saves
                    known.clear()
            known_statements("\n".join(line.rstrip() for line in key[1].decode().splitlines()))
            if str(file) in points:
                _codes[key] = under_test(str(file), points[str(file)])
            elif file.suffix == ".py":
                _codes[key] = _rewrite_test(file, config)[1]


def install() -> None:
    """Let pytest find what is known here."""

    def rewritten(file: Path, config: pytest.Config) -> tuple[bytes, CodeType]:
        source = file.read_bytes()
        known = _codes.get((str(file), source))
        return (b"", known) if known is not None else _rewrite_test(file, config)

    def range_of_statement(
        lineno: int, source: Source, assertion: bool = False, astnode: ast.AST | None = None
    ) -> tuple[ast.AST, int, int]:
        return _range_of_statement(lineno, source, assertion, astnode or known_statements(str(source)))

    patch(rewrite, "_rewrite_test", rewritten)
    patch(source_code, "getstatementrange_ast", range_of_statement)
    patch(code, "getstatementrange_ast", range_of_statement)


def known_statements(text: str) -> ast.AST:
    """A node from which pytest can tell the lines of this text's statements. Raises SyntaxError."""
    node = _statements.get(text)
    if node is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, "source", "exec")
        node = ast.Module([], [])
        node._pytest_statement_linenos = source_code._statement_linenos(tree)  # type: ignore[attr-defined]
        _statements[text] = node
    return node
