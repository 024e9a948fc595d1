"""Were tests found, run to their end, and none failed, skipped or xfailed on the reference?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..catalog import Kind
from ..engine.trial import Ending, Place, Report
from ..evidence import Evidence
from ..findings import Code, Finding, finding
from ..submission import Problem, ProblemKind, parsed
from .words import count, listed, reason, test_name


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """Findings about the suite as such."""
    found = tuple(_findings(evidence))
    reference = evidence.reference
    if found or reference.green or reference.ending is not Ending.COMPLETED:
        return found
    # Nothing was tried on a suite that is not green, so it must never pass for want of a reason.
    return (
        finding(
            Code.SUITE_ERROR,
            f"No test failed, and pytest still reports trouble (exit status {reference.exit_status}).",
            "Run `test` on this exercise to see what pytest says.",
        ),
    )


def _findings(evidence: Evidence) -> Iterator[Finding]:
    reference = evidence.reference
    match reference.ending:
        case Ending.LOST:
            yield finding(
                Code.INCONCLUSIVE,
                "The suite could not be run to its end: this machine was too busy.",
                "Try again when less is running.",
            )
            return
        case Ending.TIMEOUT if not reference.running and reference.reports:
            done = len({report.test for report in reference.reports if report.phase == "teardown"})
            yield finding(
                Code.TIMEOUT,
                f"The suite takes too long: {done} of {count(len(reference.items), 'test')} were done after "
                f"{reference.wall_s:.0f} s.",
                "Look for what each test builds anew, and could build once: `pytest --durations=5` names the slowest.",
            )
            return
        case Ending.TIMEOUT:
            yield finding(
                Code.TIMEOUT,
                f"{test_name(reference.running) or 'The suite'} did not come to an end.",
                "Something waits for what never comes, or a loop has no end. Bound each wait, as with asyncio.timeout.",
                test=reference.running,
                place=_place_of(evidence, reference.running),
            )
            return
        case Ending.CUT_SHORT:
            yield finding(
                Code.TRIAL_CUT_SHORT,
                "The test process ended before pytest did"
                + (f", during {test_name(reference.running)}." if reference.running else "."),
                "Look for os._exit, a crash, or something that closes what pytest needs.",
                test=reference.running,
                place=_place_of(evidence, reference.running),
            )
            return
        case Ending.COMPLETED:
            pass
    if reference.collect_errors:
        yield from (_collect_error(report) for report in reference.collect_errors)
        return
    yield from _missing(evidence)
    if not reference.items or reference.exit_status == 5:
        return
    yield from _outcomes(evidence)
    if reference.exit_status not in (0, 1):
        yield finding(
            Code.SUITE_ERROR,
            f"pytest stopped by itself (exit status {reference.exit_status}) before the suite was done.",
            "Run `test` on this exercise to see what pytest says.",
        )
    second = evidence.second
    if second is not None and second.ending is Ending.COMPLETED:
        yield from (_collect_error(report) for report in second.collect_errors)
    if second is not None and second.ending is Ending.COMPLETED and not second.collect_errors:
        ours, theirs = ({item.id for item in o.items} for o in (reference, second))
        if ours != theirs:
            changed = min(ours ^ theirs)
            yield finding(
                Code.UNSTABLE_IDS,
                f"Two runs of the same suite collected different tests: {test_name(changed)} was in one only.",
                "Parametrize over fixed values, and give cases ids that do not depend on time, chance or addresses.",
                test=changed,
            )


_SAYS_WHY = re.compile(r"^ERROR:|\berror:|^[\w.]*(Error|Warning|Exception)\b")


_OUR_FOLDER = re.compile(r"[/\\\\]\S*[/\\\\]kata-\w+[/\\\\]\w+[/\\\\]")


def _collect_error(report: Report) -> Finding:
    if report.outcome == "skipped":
        return finding(
            Code.SKIPPED,
            f"{report.test} is skipped as a whole, so nothing in it was judged.",
            "Remove the skip.",
            place=report.place,
        )
    lines = [line[2:].strip() for line in report.text.splitlines() if line.startswith("E  ")]
    if report.phase == "configure":
        said = [line.strip() for line in report.text.splitlines() if _SAYS_WHY.search(line)]
        return finding(
            Code.SUITE_ERROR,
            f"pytest could not start with this configuration: {(lines or said or ['it did not say why'])[-1][:200]}",
            "Correct this first; nothing else was judged.",
            detail="\n".join(lines or said),
        )
    what = lines[-1] if lines else (report.text.strip().splitlines() or ["it could not be imported"])[-1]
    what = _OUR_FOLDER.sub("", what)  # a trial's folder means nothing to anyone
    return finding(
        Code.SUITE_ERROR,
        f"{report.test.strip('.') or 'The suite'} could not be imported: {what[:200]}",
        "Correct this first; nothing else was judged.",
        place=report.place,
        detail=report.text,
    )


def _missing(evidence: Evidence) -> Iterator[Finding]:
    """Tests that look written and were not collected; or none at all."""
    items = evidence.reference.items
    own = [item for item in items if item.file in evidence.submission.files]
    writes_tests = any(_is_test_file(path) for path in evidence.exercise.edit)
    if not items or (writes_tests and not own):
        yield finding(
            Code.NO_TESTS,
            "pytest found no test in your file." if items or writes_tests else "pytest found no test at all.",
            "A test is a function named test_…, at module level or in a class named Test….",
            place=Place(evidence.exercise.edit[0], 1),
        )
    # By the id, too: a decorator of another file may have made the function that runs.
    collected = {
        (path, item.id.split("::", 1)[-1].partition("[")[0])
        for item in own
        for path in (item.file, item.id.partition("::")[0])
    }
    for path, text in evidence.submission.files.items():
        if not _is_test_file(path) or evidence.exercise.own_configuration:
            continue
        for name, line, why in _written(text):
            if why or (path, name) not in collected:
                yield finding(
                    Code.NOT_COLLECTED,
                    f"{name} was not collected{why or ''}.",
                    "pytest collects functions named test_…, at module level or in classes named Test… "
                    "without __init__.",
                    place=Place(path, line),
                )


def _is_test_file(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith(".py") and (name.startswith("test_") or name.endswith("_test.py"))


def _written(text: bytes) -> Iterator[tuple[str, int, str]]:
    """Test functions at module level or in a class: name, line, and why it is lost if the text alone says so."""
    tree = parsed(text)
    if tree is None:
        return
    for scope, prefix in _scopes(tree):
        tests = [
            node
            for node in scope.body
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and node.name.startswith("test")
            and not any("fixture" in ast.unparse(d) for d in node.decorator_list)
        ]
        last = {node.name: node for node in tests}
        for node in tests:
            shadowed = last[node.name] is not node
            why = f": line {last[node.name].lineno} defines another test of that name" if shadowed else ""
            yield prefix + node.name, node.lineno, why


def _scopes(tree: ast.Module) -> Iterator[tuple[ast.Module | ast.ClassDef, str]]:
    yield tree, ""
    for node in tree.body:
        # A base class need not be collected itself: its tests run in the classes that inherit from it.
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test") and not _is_switched_off(node):
            yield node, f"{node.name}::"


def _is_switched_off(node: ast.ClassDef) -> bool:
    """True for a class that says `__test__ = False`: a base class that is not meant to be collected."""
    return any(isinstance(line, ast.Assign) and ast.unparse(line) == "__test__ = False" for line in node.body)


def _outcomes(evidence: Evidence) -> Iterator[Finding]:
    skipped: dict[str, Report] = {}
    advice = "The code that you were given is right. Make the suite green on it first; no bug was tried yet."
    if evidence.exercise.kind is Kind.FIXTURE:
        yours = listed(list(evidence.exercise.edit))
        advice = f"The given tests and code are right: mend {yours} until they are green. No probe was tried yet."
    strict = evidence.exercise.allow_strict_xfail
    for report in evidence.reference.reports:
        if report.outcome == "failed":
            when = {"setup": " in its setup", "teardown": " in its teardown"}.get(report.phase, "")
            yield finding(
                Code.RED_ON_REFERENCE,
                f"{test_name(report.test)} fails{when} on the correct code: {reason(report)}",
                advice,
                test=report.test,
                place=report.place,
                detail=report.text,
            )
        elif (report.xfail or report.outcome == "skipped") and not (
            strict and report.strict and report.xfail == "xfailed"
        ):
            skipped.setdefault(report.test, report)
    for test, report in skipped.items():
        word = {"xfailed": "is expected to fail", "xpassed": "is marked xfail, and passes"}.get(
            report.xfail, "is skipped"
        )
        yield finding(
            Code.SKIPPED,
            f"{test_name(test)} {word}, so it guards nothing.",
            _advice_on_skipped(report, strict),
            test=test,
            place=_place_of(evidence, test),
        )
    ended = {report.test for report in evidence.reference.reports}
    never = [item.id for item in evidence.reference.items if item.id not in ended]
    if never and evidence.reference.exit_status in (0, 1) and not evidence.exercise.own_configuration:
        yield finding(Code.SUITE_ERROR, f"{count(len(never), 'test')} did not run.", "", test=never[0])


def _advice_on_skipped(report: Report, may_be_strict: bool) -> str:
    if "got empty parameter set" in f"{report.message}{report.text}":
        return "Its table of cases is empty. Give it rows, and let an empty one be an error."
    if report.xfail and may_be_strict:
        return "Make the mark strict: then the test is red as soon as what it expects is mended."
    return "Remove the mark, and make the test pass on the correct code."


def _place_of(evidence: Evidence, test: str) -> Place | None:
    return next((Place(i.file, i.line) for i in evidence.reference.items if i.id == test), None)


_WAY_OUT = {
    ProblemKind.MISSING: "Write it again, or get it back as it was handed out: `reset` keeps what is there.",
    ProblemKind.NOT_TEXT: "Save it as UTF-8: an editor's “save with encoding” does.",
    ProblemKind.TOO_LARGE: "Keep large data out of it.",
    ProblemKind.UNREADABLE: "Give yourself the right to read it.",
}


def broken_files(problems: tuple[Problem, ...]) -> tuple[Finding, ...]:
    """Findings for files that could not be taken at all: missing, linked, too large, not text."""
    return tuple(
        finding(
            Code.SUITE_ERROR,
            f"{problem.path}: {problem.detail}.",
            _WAY_OUT.get(problem.kind, "Put a plain text file of that name there."),
            place=Place(problem.path, 1),
        )
        for problem in problems
    )
