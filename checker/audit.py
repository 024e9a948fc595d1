"""Proves the course: that every exercise accepts what it should and rejects what it should.

Each rule is one function from what is known of an exercise to the problems it sees. `audit_exercise` runs all that
the exercise keeps (starter, solution, accepted submissions, false friends, witnesses) through the same judging as a
learner's work, and applies the rules. An exercise without problems is proven.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from .audit_rules import RULES, Material, Problem, fingerprint
from .catalog import Exercise, Sample, Suite
from .engine.backend import Runner, make_runner
from .engine.trial import Ending
from .errors import KataError
from .experiment import preload_names, raw_trial
from .judges import sharp
from .judging import judge_all
from .places import Places
from .suite import load_solution, load_suite

__all__ = ["RULES", "Material", "Problem", "audit_exercise", "fingerprint", "material", "name_problems", "problems"]


def problems(material: Material) -> tuple[Problem, ...]:
    """What the rules find, each problem once."""
    found = (Problem(material.exercise.id, name, message) for name, rule in RULES.items() for message in rule(material))
    return tuple(dict.fromkeys(found))


def name_problems(exercises: Mapping[str, Exercise]) -> tuple[Problem, ...]:
    """Module names that two exercises share: plain pytest on a whole workspace would mix them up."""
    owner: dict[str, str] = {}
    found = []
    for exercise in exercises.values():
        for path in (*exercise.given, *exercise.starter):
            name = path.rpartition("/")[2]
            if name.endswith(".py") and name not in ("conftest.py", "__init__.py"):
                other = owner.setdefault(name, exercise.id)
                if other != exercise.id:
                    found.append(Problem(exercise.id, "names_are_unique", f"{name} is also a file of {other}"))
    return tuple(found)


async def audit_exercise(
    places: Places, exercise: Exercise, *, repeat: int = 1, fresh: bool = False
) -> tuple[Problem, ...]:
    """Judge all that the exercise keeps, and apply every rule. A broken suite is a problem, not an error.

    With `fresh`, judge it in new processes as well, and compare.
    """
    try:
        suite, solution = load_suite(places, exercise), load_solution(places, exercise)
    except KataError as error:
        return (Problem(exercise.id, "the_suite_can_be_read", str(error)),)
    return problems(await material(places, exercise, suite, solution, repeat=repeat, fresh=fresh))


async def material(
    places: Places, exercise: Exercise, suite: Suite, solution: Sample, *, repeat: int = 1, fresh: bool = False
) -> Material:
    """Run everything that the rules look at."""
    kept = [("starter", Sample("starter", exercise.starter)), ("solution", solution)]
    kept += [("accepted", sample) for sample in suite.accepted]
    kept += [("false_friend", sample) for sample in suite.false_friends]
    kept += [("witness", sample) for sample in suite.witnesses]
    samples = [sample for _, sample in kept]
    names = [(kind, sample.id) for kind, sample in kept]
    rounds = [await judge_all(exercise, suite, samples) for _ in range(repeat)]
    afresh = await judge_all(exercise, suite, samples, fresh=True) if fresh else []
    folder = places.suites.joinpath(*exercise.id.split("/"))
    design = folder / "design.md"
    async with make_runner(preload_names(exercise, solution.files)) as runner:
        raising_is_red = await _raising_is_red(runner, exercise, suite, solution)
    return Material(
        exercise,
        suite,
        solution,
        {
            "README.md (the brief)": bool(exercise.brief.strip()),
            "solutions/…/README.md": bool(solution.why.strip()),
            "design.md": design.is_file() and bool(design.read_text(encoding="utf-8").strip()),
        },
        {name: tuple(judged[index] for judged in rounds) for index, name in enumerate(names)},
        raising_is_red,
        {name: judged.verdict for name, judged in zip(names, afresh, strict=bool(fresh))},
    )


async def _raising_is_red(runner: Runner, exercise: Exercise, suite: Suite, solution: Sample) -> bool:
    modules = [path for path in suite.implementation if path in exercise.given and path.endswith(".py")]
    changed = {path: raising(exercise.given[path]) for path in modules}
    outcome = await raw_trial(runner, exercise, suite, solution.files, changed)
    if outcome.ending is Ending.COMPLETED and not outcome.green:
        return True
    for probe in suite.probes:
        outcome = await raw_trial(runner, exercise, suite, solution.files, changed, probe=probe)
        if sharp.probe_fault(probe, outcome) is not None:
            return True
    return False


def raising(source: bytes) -> bytes:
    """The module with every function's body replaced by a raise."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.body = ast.parse("raise NotImplementedError").body
    return ast.unparse(ast.fix_missing_locations(tree)).encode()
