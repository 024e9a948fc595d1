"""Outputs of a grading: nothing that a spreadsheet or browser runs, nothing kept back, files for two systems."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checker.errors import KataError
from checker.findings import BugResult, Code, Verdict, VerdictKind, finding
from checker.grading.feedback import as_html, as_markdown
from checker.grading.grade import Graded
from checker.grading.intake import HandedIn, Learner
from checker.grading.outputs import Outcome, gradebook, lms_import, report, results_json, write_all
from checker.grading.policy import Late, Policy, read_policy
from checker.grading.store import Key
from checker.tests.workers import GREETING

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
    cells = [cell for row in csv.reader(io.StringIO(gradebook(Outcome([RESULT], [], [GREETING], "")))) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert f"'{EVIL}" in cells


def test_the_report_runs_nothing_that_somebody_wrote() -> None:
    page = report(Outcome([RESULT], [HandedIn(RESULT.learner, trouble=(EVIL,))], [GREETING], "practice"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_report_shows_what_escaped_and_who_handed_in_the_same() -> None:
    page = report(Outcome([RESULT, TWIN], [], [GREETING], "examined"))
    assert "Another open one." in page
    assert "2 of 2" in page
    assert ", Sam</li>" in page


@pytest.mark.parametrize("told", [pytest.param(as_markdown, id="markdown"), pytest.param(as_html, id="html")])
def test_feedback_keeps_what_was_held_back_to_itself(told: Callable[..., str]) -> None:
    text = told([RESULT], ["one trouble"], "examined")
    assert "1 of 2 bugs caught, and 0 of 1 that were not handed out." in text
    assert "A secret." not in text
    assert "held one" not in text
    assert "Another open one." in text
    assert "<script>" not in text


def test_results_say_what_they_were_derived_from() -> None:
    (told,) = json.loads(results_json(Outcome([RESULT], [], [GREETING], "examined")))["results"]
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
    write_all(tmp_path, Outcome(results, [], [GREETING], "examined"))
    names = [path.name for path in (tmp_path / "feedback").iterdir()]
    assert len({name.casefold() for name in names}) == 10  # a .md and an .html each
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "feedback",
        "gradebook.csv",
        "report.html",
        "results.json",
    ]


# Canvas and Moodle, read back by their documented rules

CLASS = Outcome(
    [
        Graded(Learner("4711", EVIL, "kim@example.test", "A"), GREETING, KEY, VERDICT),
        Graded(Learner("sam", "Sam", "sam@example.test"), GREETING, None, None),
    ],
    [],
    [GREETING],
    "examined",
)


def test_canvas_finds_who_it_is_and_what_is_possible() -> None:
    head, possible, *people = csv.reader(io.StringIO(lms_import(CLASS, "canvas")))
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert possible[0].strip() == "Points Possible"
    assert possible[5:] == ["100", "100"]
    told = [dict(zip(head, person, strict=True)) for person in people]
    assert [(one["ID"], one["SIS User ID"], one["SIS Login ID"], one[GREETING]) for one in told] == [
        ("4711", "", "kim@example.test", "40"),
        ("", "sam", "sam@example.test", ""),
    ]
    assert told[0]["Student"] == f"'{EVIL}"


def test_moodle_finds_who_it_is_and_a_grade_or_none() -> None:
    people = list(csv.DictReader(io.StringIO(lms_import(CLASS, "moodle"))))
    assert [(one["ID number"], one["Email address"], one[GREETING], one["Async Test Kata"]) for one in people] == [
        ("4711", "kim@example.test", "40", "40.0"),
        ("sam", "sam@example.test", "", ""),
    ]


# Weights and lateness

DEADLINE = datetime(2026, 12, 1, 12, tzinfo=UTC)
LATE = Policy(late=Late(deadline=DEADLINE, grace_minutes=10, percent_per_day=20, least_percent=50))


@pytest.mark.parametrize(
    ("after", "days", "grade"),
    [
        pytest.param(timedelta(0), 0, 90.0, id="at-the-deadline"),
        pytest.param(timedelta(minutes=10), 0, 90.0, id="at-the-end-of-grace"),
        pytest.param(timedelta(minutes=11), 1, 72.0, id="just-after-it"),
        pytest.param(timedelta(days=1), 1, 72.0, id="one-day"),
        pytest.param(timedelta(days=1, seconds=1), 2, 54.0, id="a-second-day-begun"),
        pytest.param(timedelta(days=30), 30, 45.0, id="never-less-than-the-least"),
        pytest.param(None, 0, 90.0, id="nobody-knows-when"),
    ],
)
def test_late_work_loses_a_share_for_each_day_begun(after: timedelta | None, days: int, grade: float) -> None:
    learner = Learner("kim", submitted=None if after is None else DEADLINE + after)
    assert LATE.days_late(learner) == days
    assert LATE.grade(learner, {"a/b": 90}) == pytest.approx(grade)


def test_the_deadline_is_the_same_in_every_zone() -> None:
    learner = Learner("kim", submitted=datetime.fromisoformat("2026-12-01T14:05:00+02:00"))
    assert LATE.days_late(learner) == 0


def test_an_exercise_weighs_what_it_or_its_chapter_is_given() -> None:
    policy = Policy(weights={"a": 2, "a/two": 0, "c/one": 5})
    grade = policy.grade(Learner("kim"), {"a/one": 100, "a/two": 0, "b/one": None, "c/one": 20})
    assert grade == pytest.approx((2 * 100 + 0 + 0 + 5 * 20) / 8)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("format = 1\n[weights]\nnowhere = 1\n", "no chapter or exercise nowhere", id="unknown"),
        pytest.param("format = 1\n[weights]\na = -1\n", "weights.a", id="negative"),
        pytest.param("format = 1\n[weights]\na = 0\n", "everything weighs 0", id="nothing-weighs"),
        pytest.param(
            "format = 1\n[late]\ndeadline = 2026-12-01T12:00:00\npercent_per_day = 1\n", "deadline", id="no-zone"
        ),
        pytest.param("format = 1\nlat = 1\n", "lat", id="a-misspelt-key"),
        pytest.param("format =", "not valid TOML", id="no-toml"),
    ],
)
def test_a_policy_that_is_wrong_is_refused_by_name(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(text)
    with pytest.raises(KataError, match=told):
        read_policy(tmp_path / "policy.toml", {"a/one": None})


def test_a_missing_policy_is_told(tmp_path: Path) -> None:
    with pytest.raises(KataError, match="cannot be read"):
        read_policy(tmp_path / "none.toml", {})


def test_lateness_shows_in_the_gradebook() -> None:
    late = Graded(Learner("kim", submitted=DEADLINE + timedelta(hours=1)), GREETING, KEY, VERDICT)
    rows = list(csv.DictReader(io.StringIO(gradebook(Outcome([late], [], [GREETING], "", LATE)))))
    assert [(row[GREETING], row["days late"], row["grade"]) for row in rows] == [("40", "1", "32.0")]


def test_the_mistakes_that_people_fell_for_are_counted() -> None:
    fell = Graded(Learner("kim"), GREETING, KEY, VERDICT, "It only looks right.")
    assert "It only looks right." in report(Outcome([fell], [], [GREETING], "examined"))
