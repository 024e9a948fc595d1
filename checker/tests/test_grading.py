"""A class from end to end: the same twice, resumable, and outputs that no spreadsheet and no browser runs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.catalog import load_exercises
from checker.findings import BugResult, Code, Verdict, VerdictKind, finding
from checker.grading import grade as grading
from checker.grading.grade import Graded, grade, store_url
from checker.grading.intake import HandedIn, Learner
from checker.grading.outputs import feedback, gradebook, report, results_json, write_all
from checker.grading.store import BadStore, Key, Store
from checker.places import find_places
from checker.submission import Submission
from checker.tests.workers import GREETING, TINY

PLACES = find_places(TINY)
EXERCISES = {GREETING: load_exercises(PLACES)[GREETING]}
SOLUTION = (TINY / "solutions" / GREETING / "test_tiny_greeting.py").read_bytes()
STARTER = (TINY / "exercises" / GREETING / "test_tiny_greeting.py").read_bytes()


def handed_in(name: str, text: bytes | None) -> HandedIn:
    work = {} if text is None else {GREETING: Submission(GREETING, {"test_tiny_greeting.py": text})}
    return HandedIn(Learner(name), work)


CLASS = [handed_in("absent", None), handed_in("kim", SOLUTION), handed_in("sam", STARTER)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(store_url(tmp_path))
    yield opened
    opened.close()


@pytest.mark.asyncio
async def test_a_class_is_graded_and_nobody_twice(store: Store) -> None:
    judged: list[str] = []

    async def once() -> list[Graded]:
        return await grade(
            PLACES,
            EXERCISES,
            CLASS,
            store,
            sandboxed=False,
            told=lambda done, total, unit: judged.append(unit.learner.id),
        )

    first = await once()
    assert [(g.learner.id, g.verdict and g.verdict.kind.value) for g in first] == [
        ("absent", None),
        ("kim", "accepted"),
        ("sam", "rejected"),
    ]
    second = await once()
    assert sorted(judged) == ["kim", "sam"]
    assert gradebook(first, list(EXERCISES)) == gradebook(second, list(EXERCISES))


@pytest.mark.asyncio
async def test_a_grading_that_is_broken_off_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException): ...

    judge = grading._judged

    async def killed_at_sam(unit: grading.Unit, sandboxed: bool) -> Verdict:
        if unit.learner.id == "sam":
            raise Killed
        return await judge(unit, sandboxed)

    monkeypatch.setattr(grading, "_judged", killed_at_sam)
    with pytest.raises(BaseExceptionGroup):
        await grade(PLACES, EXERCISES, CLASS, store, sandboxed=False, jobs=1)
    monkeypatch.undo()
    judged: list[str] = []
    results = await grade(
        PLACES, EXERCISES, CLASS, store, sandboxed=False, told=lambda done, total, unit: judged.append(unit.learner.id)
    )
    assert judged == ["sam"]
    assert [g.verdict is None for g in results] == [True, False, False]


@pytest.mark.asyncio
async def test_other_work_another_suite_or_another_seed_is_judged_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Key] = []

    async def noted(unit: grading.Unit, sandboxed: bool) -> Verdict:
        judged.append(unit.key)
        return Verdict(unit.exercise.id, VerdictKind.ACCEPTED, 100)

    monkeypatch.setattr(grading, "_judged", noted)
    for text, seed in [(SOLUTION, 1), (SOLUTION, 1), (STARTER, 1), (STARTER, 2)]:
        await grade(PLACES, EXERCISES, [handed_in("kim", text)], store, seed=seed)
    assert len(judged) == len(set(judged)) == 3
    await grade(PLACES, EXERCISES, [handed_in("kim", STARTER)], store, seed=2, sandboxed=False)
    assert len(judged) == 4  # what was practice is never taken for examined, nor the other way round


@pytest.mark.asyncio
async def test_what_is_inconclusive_is_tried_again_and_never_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def undecided(unit: grading.Unit, sandboxed: bool) -> Verdict:
        return Verdict(unit.exercise.id, VerdictKind.INCONCLUSIVE, None)

    monkeypatch.setattr(grading, "_judged", undecided)
    (result,) = await grade(PLACES, EXERCISES, [handed_in("kim", SOLUTION)], store)
    assert store.known() == {}
    assert list(csv.reader(io.StringIO(gradebook([result], [GREETING]))))[1] == ["kim", "", "", "", "?", "0.0"]


def test_a_database_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadStore, match="cannot be kept there"):
        Store(f"sqlite:///{tmp_path}/no/such/folder/x.sqlite")
    with pytest.raises(BadStore, match="cannot be kept there"):
        Store("nonsense")


# Outputs

EVIL = "=HYPERLINK(1) <script>alert(1)</script> [x](http://x)"
KEY = Key("kim", GREETING, "work", "suite", "0.1.0", 1, True)
VERDICT = Verdict(
    GREETING,
    VerdictKind.REJECTED,
    40,
    (finding(Code.NEVER_AWAITED, EVIL, "Await it."), finding(Code.BUG_ESCAPED, "held one", bug="held")),
    (
        BugResult("a", "Open one.", True),
        BugResult("b", "Another open one.", False),
        BugResult("held", "A secret.", False, held=True),
    ),
)
RESULT = Graded(Learner("kim", EVIL, EVIL, EVIL), GREETING, KEY, VERDICT)
TWIN = Graded(Learner("sam", "Sam"), GREETING, Key("sam", GREETING, "work", "suite", "0.1.0", 1, True), VERDICT)


def test_no_cell_of_the_gradebook_is_a_formula() -> None:
    cells = [cell for row in csv.reader(io.StringIO(gradebook([RESULT], [GREETING]))) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert f"'{EVIL}" in cells


def test_the_report_runs_nothing_that_somebody_wrote() -> None:
    page = report([RESULT], [HandedIn(RESULT.learner, trouble=(EVIL,))], [GREETING], "practice")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_report_shows_what_escaped_and_who_handed_in_the_same() -> None:
    page = report([RESULT, TWIN], [], [GREETING], "examined")
    assert "Another open one." in page
    assert "2 of 2" in page
    assert ", Sam</li>" in page


def test_feedback_keeps_what_was_held_back_to_itself() -> None:
    text = feedback([RESULT], ["one trouble"], "examined")
    assert "1 of 2 bugs caught, and 0 of 1 that were not handed out." in text
    assert "A secret." not in text
    assert "held one" not in text
    assert "Another open one." in text
    assert "<script>" not in text


def test_results_say_what_they_were_derived_from() -> None:
    (told,) = json.loads(results_json([RESULT], [], "examined"))["results"]
    assert told["derived_from"] == {
        "learner": "kim",
        "exercise": GREETING,
        "submission": "work",
        "suite": "suite",
        "course": "0.1.0",
        "seed": 1,
        "sandboxed": True,
    }
    assert told["verdict"]["duration_s"] is None


def test_learners_with_odd_names_get_files_of_their_own(tmp_path: Path) -> None:
    results = [Graded(Learner(name), GREETING, None, None) for name in ("../../etc", "a/b", "A_b", "", "kim")]
    write_all(tmp_path, results, [], [GREETING], "examined")
    names = [path.name for path in (tmp_path / "feedback").iterdir()]
    assert len({name.casefold() for name in names}) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "feedback",
        "gradebook.csv",
        "report.html",
        "results.json",
    ]
