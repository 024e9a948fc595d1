"""The rules of the audit: each a function from what is known of an exercise to the problems that it sees."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .catalog import Exercise, Files, Kind, Sample, Suite
from .findings import Verdict, VerdictKind, expectation
from .judging import Judged
from .submission import is_editable, parsed

LEAST = {"mutants or probes": 4, "variants": 2, "equivalents": 2, "accepted": 3, "false friends": 1, "hints": 2}
BRIEF_LINES = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the proof that does not hold: which rule, where, and what was found."""

    exercise: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.exercise}: {self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is known of one exercise: its parts, and what became of each submission kept with it."""

    exercise: Exercise
    suite: Suite
    solution: Sample
    papers: Mapping[str, bool]  # path of a text that must be there → whether it is
    judged: Mapping[tuple[str, str], tuple[Judged, ...]]  # (kind, id) → one for each repetition
    raising_is_red: bool
    afresh: Mapping[tuple[str, str], Verdict] = field(default_factory=dict)  # the same, judged in new processes

    def verdicts(self, kind: str) -> Iterator[tuple[str, Verdict]]:
        for (each, name), repeated in self.judged.items():
            if each == kind:
                yield from ((name, judged.verdict) for judged in repeated)


Rule = Callable[[Material], Iterable[str]]


def starter_is_rejected(m: Material) -> Iterator[str]:
    """What is handed out is not accepted as it is."""
    for _, verdict in m.verdicts("starter"):
        if verdict.kind is not VerdictKind.REJECTED:
            yield f"the starter is {verdict.kind}, not rejected"


def good_ones_are_accepted(m: Material) -> Iterator[str]:
    """The solution and every accepted submission is accepted, every time."""
    for kind in ("solution", "accepted"):
        for name, verdict in m.verdicts(kind):
            if verdict.kind is not VerdictKind.ACCEPTED:
                told = "; ".join(f"{f.code} {f.message}" for f in verdict.blocking[:3])
                yield f"{kind} {name} is {verdict.kind}: {told}"


def false_friends_are_rejected_for_their_reason(m: Material) -> Iterator[str]:
    """Every false friend gets exactly the blocking findings that it names."""
    for friend in m.suite.false_friends:
        for judged in m.judged.get(("false_friend", friend.id), ()):
            got = {expectation(f) for f in judged.verdict.blocking}
            if got != set(friend.expect):
                missing, extra = sorted(set(friend.expect) - got), sorted(got - set(friend.expect))
                yield f"false friend {friend.id}: missing {missing}, unexpected {extra}"


def verdicts_repeat(m: Material) -> Iterator[str]:
    """The same submission gets the same verdict each time."""
    for (kind, name), repeated in m.judged.items():
        seen = {fingerprint(judged.verdict) for judged in repeated}
        if len(seen) > 1:
            yield f"{kind} {name} got {len(seen)} different verdicts in {len(repeated)} runs"


def new_processes_agree(m: Material) -> Iterator[str]:
    """Without a zygote and without any shortcut, every submission gets the very same verdict."""
    for name, fresh in m.afresh.items():
        forked = m.judged[name][0].verdict
        if fingerprint(forked) != fingerprint(fresh):
            here, there = (sorted(map(str, _told(verdict))) for verdict in (forked, fresh))
            only = [f"forked: {each}" for each in here if each not in there]
            only += [f"fresh: {each}" for each in there if each not in here]
            yield f"{' '.join(name)} is {forked.kind} in forks and {fresh.kind} in new processes; {'; '.join(only)}"


def mutants_compile(m: Material) -> Iterator[str]:
    """A mutant is a bug, not a syntax error."""
    for mutant in m.suite.mutants:
        for path, text in mutant.files.items():
            if path.endswith(".py"):
                try:
                    compile(text, path, "exec", dont_inherit=True)
                except (SyntaxError, ValueError) as error:
                    yield f"mutant {mutant.id} does not compile: {error}"


def mutants_are_caught(m: Material) -> Iterator[str]:
    """The solution catches every mutant and passes every probe."""
    for _, verdict in m.verdicts("solution"):
        for bug in verdict.bugs:
            if not bug.caught:
                yield f"the solution does not catch {bug.id}"


def mutants_differ(m: Material) -> Iterator[str]:
    """Every mutant differs from every other in which tests catch it, so that none is there twice."""
    caught: dict[str, set[tuple[str, str, str]]] = {mutant.id: set() for mutant in m.suite.mutants}
    for (kind, name), repeated in m.judged.items():
        for bug in repeated[0].verdict.bugs if repeated else ():
            if bug.id in caught:
                caught[bug.id] |= {(kind, name, test) for test in bug.caught_by}
    first: dict[frozenset[tuple[str, str, str]], str] = {}
    for mutant, tests in caught.items():
        if frozenset(tests) in first:
            yield f"mutants {first[frozenset(tests)]} and {mutant} are caught by the very same tests; add a witness"
        first.setdefault(frozenset(tests), mutant)


def raising_is_red(m: Material) -> Iterator[str]:
    """An implementation in which every function raises turns the solution red."""
    if m.suite.implementation and not m.raising_is_red:
        yield "an implementation that raises everywhere leaves the solution green"


def there_is_enough(m: Material) -> Iterator[str]:
    """Enough mutants or probes, variants, equivalents, false friends and independent good submissions."""
    suite = m.suite
    counts = {
        "mutants or probes": len(suite.mutants) + len(suite.probes),
        "accepted": len(suite.accepted),
        "false friends": len(suite.false_friends),
    }
    if m.exercise.kind is not Kind.CONFIGURATION:
        counts |= {"variants": len(suite.variants), "equivalents": len(suite.equivalents)}
    for what, count in counts.items():
        if count < LEAST[what]:
            yield f"{count} {what}; at least {LEAST[what]} are needed"


def hints_climb(m: Material) -> Iterator[str]:
    """Every mutant and probe has hints, at least two, none twice."""
    hints = [(m.id, m.hints) for m in m.suite.mutants] + [(p.id, p.hints) for p in m.suite.probes]
    for name, ladder in hints:
        if len(set(ladder)) < LEAST["hints"]:
            yield f"{name} has {len(set(ladder))} hints; at least {LEAST['hints']} are needed. Add them in suite.toml"


def red_probes_have_twins(m: Material) -> Iterator[str]:
    """Where the learner owns the configuration, a probe that must be red holds a test that must be green as well.

    Otherwise switching asyncio off, a missing plugin or `--collect-only` would pass for the cause.
    """
    for probe in m.suite.probes:
        if m.exercise.own_configuration and probe.expect:
            red = {expected.test for expected in probe.expect}
            if not _test_names(probe.files) - red:
                yield f"probe {probe.id} has a test that must be red and none that must be green in the same run"


def papers_are_there(m: Material) -> Iterator[str]:
    """Brief, reasons of the solution, and the design note are there; the brief fits a screen."""
    for path, there in m.papers.items():
        if not there:
            yield f"{path} is missing or empty"
    lines = m.exercise.brief.count("\n")
    if lines > BRIEF_LINES:
        yield f"the brief has {lines} lines; {BRIEF_LINES} fit a screen"


def submissions_are_whole(m: Material) -> Iterator[str]:
    """Whatever is kept as a submission holds every required file, and nothing that could not be handed in."""
    kept = [("solution", m.solution), *(("accepted", a) for a in m.suite.accepted)]
    kept += [("false friend", f) for f in m.suite.false_friends] + [("witness", w) for w in m.suite.witnesses]
    for kind, sample in kept:
        for path in m.exercise.edit:
            if path not in sample.files:
                yield f"{kind} {sample.id} has no {path}"
        for path in sample.files:
            if not is_editable(m.exercise, path):
                yield f"{kind} {sample.id} holds {path}, which is not the learner's to edit"


def held_ones_have_twins(m: Material) -> Iterator[str]:
    """Each function that a held mutant changes is changed in a held correct implementation too."""
    return untwinned(m.exercise, m.suite)


def untwinned(exercise: Exercise, suite: Suite) -> Iterator[str]:
    """The held mutants that are found out by how unfamiliar they look: no held correct code is changed there."""
    twins = [each for each in (*suite.variants, *suite.equivalents) if each.held]
    changed = {name for twin in twins for name in _changed(exercise.given, twin.files)}
    for mutant in suite.mutants:
        if mutant.held:
            for path, function in sorted(_changed(exercise.given, mutant.files) - changed):
                yield f"held mutant {mutant.id} changes {function} in {path}, and no held variant or equivalent does"


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        starter_is_rejected,
        good_ones_are_accepted,
        false_friends_are_rejected_for_their_reason,
        verdicts_repeat,
        new_processes_agree,
        mutants_compile,
        mutants_are_caught,
        mutants_differ,
        raising_is_red,
        there_is_enough,
        hints_climb,
        red_probes_have_twins,
        papers_are_there,
        submissions_are_whole,
        held_ones_have_twins,
    )
}


def fingerprint(verdict: Verdict) -> tuple[object, ...]:
    """What two verdicts must share to be the same: everything but times and the number of trials."""
    return verdict.kind, verdict.score, *_told(verdict)


def _told(verdict: Verdict) -> Iterator[tuple[object, ...]]:
    """A verdict's findings, bugs and tests, one by one."""
    yield from ((f.code, f.severity, f.bug, f.place, f.test) for f in verdict.findings)
    yield from ((bug.id, bug.caught, bug.reach, bug.caught_by) for bug in verdict.bugs)
    yield from ((test.id, test.outcome, test.catches) for test in verdict.tests)


def _test_names(files: Files) -> set[str]:
    """The names of the test functions in these files."""
    return {
        node.name
        for path, text in files.items()
        if path.endswith(".py")
        for node in ast.walk(parsed(text) or ast.Module([], []))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test")
    }


def _changed(given: Files, files: Files) -> set[tuple[str, str]]:
    """The functions (path, name) whose text differs from the reference's."""
    found: set[tuple[str, str]] = set()
    for path, text in files.items():
        ours, theirs = _functions(given.get(path, b"")), _functions(text)
        found |= {(path, name) for name in ours if theirs.get(name) != ours[name]}
        found |= {(path, name) for name in theirs if name not in ours}
    return found


def _functions(source: bytes) -> dict[str, str]:
    """Functions and the rest of the module, by dotted name."""
    found: dict[str, str] = {}

    def visit(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found[prefix + child.name] = ast.dump(child)
            elif isinstance(child, ast.ClassDef):
                visit(child, f"{prefix}{child.name}.")
            elif isinstance(node, (ast.Module, ast.ClassDef)) and not isinstance(child, (ast.Expr, ast.alias)):
                name = f"{prefix}(top level)"
                found[name] = found.get(name, "") + ast.dump(child)

    visit(parsed(source) or ast.Module([], []), "")
    return found
