"""A class from end to end: the same twice, resumable, and with bugs of a teacher's own."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.catalog import CourseError, load_exercises
from checker.engine.backend import Walls
from checker.errors import KataError
from checker.findings import Verdict, VerdictKind
from checker.grading.grade import Graded, Unit, grade, judged_here, store_url
from checker.grading.intake import HandedIn, Learner
from checker.grading.points import points, shown
from checker.grading.store import BadStore, Key, Store
from checker.places import find_places
from checker.submission import Submission
from checker.suite import check_private, load_suite
from checker.tests.workers import GREETING, TINY, descendants

PLACES = find_places(TINY)
EXERCISES = {GREETING: load_exercises(PLACES)[GREETING]}
SOLUTION = (TINY / "solutions" / GREETING / "test_tiny_greeting.py").read_bytes()
STARTER = (TINY / "exercises" / GREETING / "test_tiny_greeting.py").read_bytes()


def handed_in(name: str, text: bytes | None) -> HandedIn:
    work = {} if text is None else {GREETING: Submission(GREETING, {"test_tiny_greeting.py": text})}
    return HandedIn(Learner(name), work)


KILLS = 20
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
            walls=None,
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
    assert first == second


@pytest.mark.asyncio
async def test_a_grading_that_is_broken_off_goes_on(store: Store) -> None:
    class Killed(BaseException): ...

    async def killed_at_sam(unit: Unit, walls: Walls | None) -> Verdict:
        if unit.learner.id == "sam":
            raise Killed
        return await judged_here(unit, walls)

    with pytest.raises(BaseExceptionGroup):
        await grade(PLACES, EXERCISES, CLASS, store, walls=None, jobs=1, judge=killed_at_sam)
    judged: list[str] = []
    results = await grade(
        PLACES, EXERCISES, CLASS, store, walls=None, told=lambda done, total, unit: judged.append(unit.learner.id)
    )
    assert judged == ["sam"]
    assert [g.verdict is None for g in results] == [True, False, False]


@pytest.mark.asyncio
async def test_other_work_another_suite_or_another_seed_is_judged_anew(store: Store) -> None:
    judged: list[Key] = []

    async def noted(unit: Unit, walls: Walls | None) -> Verdict:
        judged.append(unit.key)
        return Verdict(unit.exercise.id, VerdictKind.ACCEPTED, 100)

    for text, seed in [(SOLUTION, 1), (SOLUTION, 1), (STARTER, 1), (STARTER, 2)]:
        await grade(PLACES, EXERCISES, [handed_in("kim", text)], store, seed=seed, judge=noted)
    assert len(judged) == len(set(judged)) == 3
    await grade(PLACES, EXERCISES, [handed_in("kim", STARTER)], store, seed=2, walls=None, judge=noted)
    assert len(judged) == 4  # what was practice is never taken for examined, nor the other way round


@pytest.mark.asyncio
async def test_what_is_inconclusive_is_tried_again_and_never_kept(store: Store) -> None:
    async def undecided(unit: Unit, walls: Walls | None) -> Verdict:
        return Verdict(unit.exercise.id, VerdictKind.INCONCLUSIVE, None)

    (result,) = await grade(PLACES, EXERCISES, [handed_in("kim", SOLUTION)], store, judge=undecided)
    assert store.known() == {}
    assert shown(result) == "?"


def test_a_database_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadStore, match="cannot be kept there"):
        Store(f"sqlite:///{tmp_path}/no/such/folder/x.sqlite")
    with pytest.raises(BadStore, match="cannot be kept there"):
        Store("nonsense")


# A teacher's own bugs

OWN = """
format = 1

[[mutant]]
id = "own_bug"
behaviour = "Members are greeted in too few words."
file = "tiny_greeting.py"
find = '"Welcome back"'
replace = '"Welcome"'
"""


def private(folder: Path, text: str = OWN, exercise: str = GREETING) -> Path:
    (folder / exercise).mkdir(parents=True)
    (folder / exercise / "suite.toml").write_text(text)
    return folder


@pytest.mark.asyncio
async def test_bugs_of_ones_own_are_judged_and_count_as_held(store: Store, tmp_path: Path) -> None:
    ours = private(tmp_path / "private")
    (kim,) = await grade(PLACES, EXERCISES, [handed_in("kim", SOLUTION)], store, walls=None, private=ours)
    assert kim.verdict is not None
    assert [(bug.held, bug.caught) for bug in kim.verdict.bugs if bug.id == "own_bug"] == [(True, True)]


@pytest.mark.asyncio
async def test_with_other_bugs_of_ones_own_all_is_judged_anew(store: Store, tmp_path: Path) -> None:
    judged: list[Key] = []

    async def noted(unit: Unit, walls: Walls | None) -> Verdict:
        judged.append(unit.key)
        return Verdict(unit.exercise.id, VerdictKind.ACCEPTED, 100)

    for ours in (None, private(tmp_path / "one"), private(tmp_path / "two", OWN.replace("own_bug", "other"))):
        await grade(PLACES, EXERCISES, [handed_in("kim", SOLUTION)], store, judge=noted, private=ours)
    assert len({key.suite for key in judged}) == 3


def test_an_id_that_the_course_uses_is_refused(tmp_path: Path) -> None:
    ours = private(tmp_path, OWN.replace("own_bug", "greets_nobody"))
    with pytest.raises(CourseError, match="the id greets_nobody is used by the course"):
        load_suite(PLACES, EXERCISES[GREETING], ours)


@pytest.mark.parametrize(
    ("exercise", "told"),
    [
        pytest.param("01_first/09_gone", "there is no exercise 01_first/09_gone", id="unknown-exercise"),
        pytest.param("", "Lay it out like", id="no-exercise"),
    ],
)
def test_a_folder_that_adds_to_nothing_is_refused(exercise: str, told: str, tmp_path: Path) -> None:
    ours = private(tmp_path / "p", exercise=exercise)
    with pytest.raises(KataError, match=told):
        check_private(ours, EXERCISES)


# A well-known mistake


@pytest.mark.asyncio
async def test_a_false_friend_is_recognised(store: Store) -> None:
    suite = load_suite(PLACES, EXERCISES[GREETING])
    friend = suite.false_friends[0]
    (text,) = friend.files.values()
    (kim,) = await grade(PLACES, EXERCISES, [handed_in("kim", text)], store, walls=None)
    assert kim.friend == friend.why


# Killed


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_grading_killed_at_any_moment_goes_on_where_it_stopped(tmp_path: Path) -> None:
    texts = [SOLUTION + f"\n# {number}\n".encode() for number in range(10)]
    for number, text in enumerate(texts):
        place = tmp_path / "class" / f"learner{number}" / GREETING
        place.mkdir(parents=True)
        (place / "test_tiny_greeting.py").write_bytes(text)

    def begun(out: str) -> subprocess.Popen[str]:
        call = [sys.executable, "-m", "checker", "grade", "class", "--out", out, "--only", GREETING, "--sandbox", "off"]
        surroundings = os.environ | {"KATA_COURSE": str(TINY), "PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.Popen(call, cwd=tmp_path, env=surroundings, stdout=subprocess.PIPE, text=True)

    whole = begun("whole")
    whole.communicate()
    chance = random.Random(KILLS)
    for _ in range(KILLS):
        broken_off = begun("killed")
        assert broken_off.stdout is not None
        for _ in range(chance.randrange(2)):  # so many results, and then at some moment of the next one
            broken_off.stdout.readline()
        broken_off.kill()
        broken_off.communicate()
    last = begun("killed")
    told, _ = last.communicate()
    assert (whole.returncode, last.returncode) == (0, 0)
    assert len(told.splitlines()) <= len(texts) + 1
    for name in ("gradebook.csv", "results.json", "report.html"):
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


# On a cluster


@pytest.mark.asyncio
async def test_a_cluster_says_what_this_machine_says(store: Store, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="Dask is an extra")
    from checker.grading.cluster import LOCAL, cluster

    here = await grade(PLACES, EXERCISES, CLASS, store, walls=None)
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    async with cluster(LOCAL, 2) as ours:
        there = await grade(PLACES, EXERCISES, CLASS, other, walls=None, judge=ours.judge, jobs=ours.slots)
    other.close()
    assert [(g.learner, points(g), g.verdict and g.verdict.findings) for g in there] == [
        (g.learner, points(g), g.verdict and g.verdict.findings) for g in here
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.asyncio
async def test_a_worker_that_is_lost_costs_only_what_it_was_at(store: Store) -> None:
    pytest.importorskip("distributed", reason="Dask is an extra")
    from checker.grading.cluster import LOCAL, cluster

    entries = [handed_in(f"learner{number}", SOLUTION + f"\n# {number}\n".encode()) for number in range(6)]
    killed: list[int] = []

    def kill_one(done: int, total: int, unit: Unit) -> None:
        if not killed:
            workers = [pid for pid, command in descendants(os.getpid()).items() if "multiprocessing.spawn" in command]
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)

    async with cluster(LOCAL, 2) as ours:
        results = await grade(
            PLACES, EXERCISES, entries, store, walls=None, judge=ours.judge, jobs=ours.slots, told=kill_one
        )
    assert killed
    assert [points(result) for result in results] == [100] * len(entries)
