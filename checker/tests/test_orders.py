"""Orders of tests: shuffling keeps together what belongs together; reversed, selected and twice are what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from _pytest.scope import Scope

from checker.engine.orders import arranged, shuffled
from checker.engine.trial import Order, Plan

SEEDS = range(30)
PATHS = [
    (module, owner, test)
    for module in ("a.py", "b.py", "c.py")
    for owner in ("TestX", "TestY")
    for test in ("test_1", "test_2", "test_3")
]


@dataclass(eq=False)
class Parent:
    nodeid: str


@dataclass(eq=False)
class CallSpec:
    """What pytest knows of a parametrized test: the index of each parameter's value, and the parameter's scope."""

    indices: dict[str, int]
    _arg2scope: dict[str, Scope]


@dataclass(eq=False)
class Stub:
    """As much of a pytest item as an order looks at."""

    nodeid: str
    originalname: str | None = None
    callspec: CallSpec | None = None
    renewed: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.nodeid.rpartition("::")[2]

    @property
    def path(self) -> Path:
        return Path(self.nodeid.partition("::")[0])

    @property
    def parent(self) -> Parent:
        return Parent(self.nodeid.rpartition("::")[0])

    def _initrequest(self) -> None:
        self.renewed.append(self.nodeid)


def collected(*tests: str) -> list[pytest.Item]:
    return [cast(Any, Stub(test)) for test in tests]


def ids(items: list[pytest.Item]) -> list[str]:
    return [each.nodeid for each in items]


def runs(values: list[Any]) -> list[Any]:
    """The values with neighbours that are equal told once."""
    return [value for value, _ in groupby(values)]


ITEMS = ("a.py::test_1", "a.py::test_2", "b.py::test_3")


class TestShuffled:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_nothing_is_lost_or_doubled(self, seed: int) -> None:
        assert sorted(shuffled(PATHS, Random(seed))) == list(range(len(PATHS)))

    @pytest.mark.parametrize("depth", [1, 2])
    @pytest.mark.parametrize("seed", SEEDS)
    def test_members_of_every_prefix_stay_together(self, seed: int, depth: int) -> None:
        prefixes = runs([PATHS[index][:depth] for index in shuffled(PATHS, Random(seed))])
        assert len(prefixes) == len(set(prefixes))

    def test_members_that_were_collected_apart_are_brought_together(self) -> None:
        paths = [("a", "1"), ("b", "1"), ("a", "2"), ("b", "2")]
        modules = runs([paths[index][0] for index in shuffled(paths, Random(1))])
        assert len(modules) == 2

    def test_same_seed_gives_the_same_order(self) -> None:
        assert shuffled(PATHS, Random(7)) == shuffled(PATHS, Random(7))

    @pytest.mark.parametrize("depth", [0, 1, 2])
    def test_every_level_is_shuffled(self, depth: int) -> None:
        firsts = {PATHS[shuffled(PATHS, Random(seed))[0]][depth] for seed in SEEDS}
        assert firsts == {path[depth] for path in PATHS}

    def test_nothing_to_shuffle_is_fine(self) -> None:
        assert shuffled([], Random(1)) == []


class TestArranged:
    def test_collected_order_is_left_as_it_is(self) -> None:
        assert ids(arranged(collected(*ITEMS), Plan())) == list(ITEMS)

    def test_reversed_is_back_to_front(self) -> None:
        assert ids(arranged(collected(*ITEMS), Plan(Order.REVERSED))) == list(ITEMS[::-1])

    def test_selection_runs_in_its_own_order(self) -> None:
        plan = Plan(select=("b.py::test_3", "a.py::test_1"))
        assert ids(arranged(collected(*ITEMS), plan)) == ["b.py::test_3", "a.py::test_1"]

    def test_selected_test_that_is_not_there_is_passed_over(self) -> None:
        assert ids(arranged(collected(*ITEMS), Plan(select=("gone", "a.py::test_1")))) == ["a.py::test_1"]

    def test_selection_is_arranged_too(self) -> None:
        plan = Plan(Order.REVERSED, select=("a.py::test_1", "a.py::test_2"))
        assert ids(arranged(collected(*ITEMS), plan)) == ["a.py::test_2", "a.py::test_1"]

    def test_twice_is_the_whole_list_again(self) -> None:
        assert ids(arranged(collected(*ITEMS), Plan(Order.TWICE))) == [*ITEMS, *ITEMS]

    def test_second_run_is_of_other_items_with_fresh_requests(self) -> None:
        once, again = arranged(collected("a.py::test_1"), Plan(Order.TWICE))
        assert once is not again
        assert cast(Any, again).renewed == ["a.py::test_1"]

    def test_shuffle_keeps_the_tests_of_a_class_together(self) -> None:
        tests = [f"{module}.py::{owner}::test_{n}" for module in "ab" for owner in ("TestX", "TestY") for n in range(3)]
        for seed in SEEDS:
            order = ids(arranged(collected(*tests), Plan(Order.SHUFFLED, seed=seed)))
            owners = runs([each.rpartition("::")[0] for each in order])
            assert sorted(order) == sorted(tests)
            assert len(owners) == len(set(owners))

    def test_shuffle_keeps_the_cases_of_a_function_together(self) -> None:
        for seed in SEEDS:
            items = [
                Stub(f"a.py::{name}[{case}]", name, CallSpec({"case": case}, {"case": Scope.Function}))
                for case in range(3)
                for name in ("test_x", "test_y")
            ]
            order = arranged(cast(Any, items), Plan(Order.SHUFFLED, seed=seed))
            assert len(runs([cast(Any, each).originalname for each in order])) == 2

    def test_shuffle_keeps_the_users_of_one_value_of_a_wide_fixture_together(self) -> None:
        for seed in SEEDS:
            items = [
                Stub(f"a.py::{name}[{case}]", "test_it", CallSpec({"engine": case}, {"engine": Scope.Module}))
                for name in ("test_it", "TestX::test_it", "TestY::test_it")
                for case in range(2)
            ]
            order = arranged(cast(Any, items), Plan(Order.SHUFFLED, seed=seed))
            assert len(runs([cast(Any, each).callspec.indices["engine"] for each in order])) == 2

    def test_shuffle_repeats_with_its_seed(self) -> None:
        plan = Plan(Order.SHUFFLED, seed=5)
        assert ids(arranged(collected(*ITEMS), plan)) == ids(arranged(collected(*ITEMS), plan))
