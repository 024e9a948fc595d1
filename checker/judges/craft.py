"""The one technique that the brief names as a point of the contract, if any; all else is a note."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..engine.trial import Ending, Place
from ..evidence import Evidence
from ..findings import Code, Finding, finding
from ..submission import parsed
from . import sharp
from .words import count, listed, test_name


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """Findings about the text of the tests."""
    return (
        *_required(evidence),
        *_untyped(evidence),
        *_broad(evidence),
        *_always_true(evidence),
        *_redundant(evidence),
    )


def _required(evidence: Evidence) -> Iterator[Finding]:
    if "parametrized" in evidence.exercise.craft:
        ids = [item.id for item in evidence.reference.items]
        if not any("[" in test and not test.endswith("[asyncio]") for test in ids):
            yield finding(
                Code.NOT_PARAMETRIZED,
                "The brief asks for one parametrized test, and there is none.",
                "Put the cases in a table with pytest.mark.parametrize.",
            )


def _tests(evidence: Evidence) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path, text in evidence.submission.files.items():
        if path.endswith(".py"):
            tree = parsed(text)  # where it cannot be parsed, no test imports it, or the suite would not be green
            for node in ast.walk(tree) if tree is not None else ():
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test"):
                    yield path, node


def _untyped(evidence: Evidence) -> Iterator[Finding]:
    bare = [
        (path, node)
        for path, node in _tests(evidence)
        if any(a.annotation is None and a.arg != "self" for a in node.args.args) or node.returns is None
    ]
    if bare:
        path, node = bare[0]
        yield finding(
            Code.UNTYPED_TEST,
            f"{count(len(bare), 'test')} without type hints ({listed([n.name for _, n in bare])}).",
            "Hints on fixtures and -> None let an editor and a type checker see a forgotten await.",
            place=Place(path, node.lineno),
        )


def _broad(evidence: Evidence) -> Iterator[Finding]:
    """`raises(Exception)`: green for a typing error in the test as well, unless the error itself is asserted on."""
    for path, test in _tests(evidence):
        looked_at = _errors_looked_at(test)
        for node in ast.walk(test):
            if node in looked_at:
                continue
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("pytest.raises", "raises"):
                wide = [ast.unparse(a) for a in node.args[:1] if ast.unparse(a) in ("Exception", "BaseException")]
                if wide and not any(keyword.arg in ("match", "check") for keyword in node.keywords):
                    yield finding(
                        Code.BROAD_RAISES,
                        f"{test.name} is content with any {wide[0]}, a misspelt name in the test itself included.",
                        "Name the exception that the contract promises, and match what it says.",
                        place=Place(path, node.lineno),
                        test=test.name,
                    )


def _errors_looked_at(test: ast.AST) -> set[ast.AST]:
    """The calls in `with raises(…) as caught` whose `caught.value` an assertion of the test looks at."""
    asserted = {
        part.value.id
        for node in ast.walk(test)
        if isinstance(node, ast.Assert)
        for part in ast.walk(node.test)
        if isinstance(part, ast.Attribute) and part.attr == "value" and isinstance(part.value, ast.Name)
    }
    return {
        item.context_expr
        for node in ast.walk(test)
        if isinstance(node, ast.With | ast.AsyncWith)
        for item in node.items
        if isinstance(item.optional_vars, ast.Name) and item.optional_vars.id in asserted
    }


def _always_true(evidence: Evidence) -> Iterator[Finding]:
    """`assert (value == 1, "why")`: a tuple that is not empty is true."""
    for path, test in _tests(evidence):
        for node in ast.walk(test):
            if isinstance(node, ast.Assert) and isinstance(node.test, ast.Tuple) and node.test.elts:
                yield finding(
                    Code.ALWAYS_TRUE,
                    f"{test.name} asserts a tuple, and a tuple that is not empty is always true.",
                    'Take the parentheses away: assert value == 1, "why".',
                    place=Place(path, node.lineno),
                    test=test.name,
                )


def _redundant(evidence: Evidence) -> Iterator[Finding]:
    """Tests that catch no planted bug. A note: they may well guard something else."""
    results = sharp.bugs(evidence)
    if not evidence.mutants or not all(bug.caught for bug in results):
        return
    useful = {test for bug in results for test in bug.caught_by}
    for mutant, outcome in evidence.mutants:
        if outcome.ending is Ending.TIMEOUT:  # whoever would have caught it later had no turn
            useful.update(evidence.reference.reaching(evidence.place(mutant).points))
    idle = [i.id for i in evidence.reference.items if i.id not in useful and i.file in evidence.submission.files]
    if idle:
        names = listed([test_name(test) for test in idle])
        yield finding(
            Code.REDUNDANT_TEST,
            f"{count(len(idle), 'test')} caught none of the bugs planted here ({names}).",
            "More can go wrong than is planted. Keep each that would notice something that no other test does.",
        )
