"""Which tests are shown a mutant first, and that a verdict never hangs on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

import pytest
import pytest_asyncio

from checker.catalog import Mutant
from checker.engine.backend import Runner, make_runner
from checker.engine.reach import first_numbers, statements
from checker.engine.trial import Ending, Outcome
from checker.experiment import Experiment
from checker.findings import Code, Verdict
from checker.hunt import chosen, witnesses
from checker.judges import craft, judged, sharp
from checker.tests.builders import MODULE, SHOP, evidence, exercise, id_of, mutant, outcome, report, submission, suite

TESTS = tuple(f"test_{letter}" for letter in "abcdefghijklmnop")
AT_RETURN, IN_LABEL = 7, 11


def came_by(**lines: int) -> Outcome:
    """The reference, of sixteen tests: which line of the shop each has reached. `common` stands for all of them."""
    numbers = {each.line: first_numbers((MODULE,))[MODULE] + n for n, each in enumerate(statements(SHOP))}
    reached = {"" if name == "common" else id_of(name): frozenset({numbers[line]}) for name, line in lines.items()}
    return outcome(tests=TESTS, reached=reached)


def choice(reference: Outcome, *mutants: Mutant) -> Mapping[str, tuple[str, ...]]:
    return chosen(evidence(reference, suite=suite(mutants=mutants)))


class TestChoice:
    def test_those_that_came_by_as_collected(self) -> None:
        reference = came_by(test_e=AT_RETURN, test_b=AT_RETURN, test_a=IN_LABEL)
        assert choice(reference, mutant()) == {"too_cheap": (id_of("test_b"), id_of("test_e"))}

    def test_a_single_test_needs_no_control_of_its_own(self) -> None:
        reference = replace(came_by(test_a=AT_RETURN), items=came_by().items[:2])
        assert choice(reference, mutant()) == {"too_cheap": (id_of("test_a"),)}

    def test_nothing_where_nobody_came_by(self) -> None:
        assert choice(came_by(test_a=IN_LABEL), mutant()) == {}

    def test_nothing_where_all_came_by_before_any_test_ran(self) -> None:
        assert choice(came_by(common=AT_RETURN), mutant()) == {}

    def test_nothing_where_the_control_costs_more_than_is_saved(self) -> None:
        most = came_by(**dict.fromkeys(TESTS[:10], AT_RETURN))
        assert choice(most, mutant()) == {}
        assert set(choice(most, *(mutant(name) for name in "abc"))) == {"a", "b", "c"}

    @pytest.mark.parametrize(
        "bug",
        [
            mutant(find="RATE = 5", replace="RATE = 4"),
            mutant(find="def price(total, member)", replace="def price(total, member=True)"),
            mutant(files={"new.py": b"X = 1\n"}),
            mutant(startup=True),
        ],
        ids=["at import", "in a header", "in a new file", "at start-up"],
    )
    def test_all_are_witnesses_of_what_is_not_within_a_function(self, bug: Mutant) -> None:
        found = evidence(came_by(test_a=AT_RETURN), suite=suite(mutants=(bug,)))
        assert witnesses(found, bug) == ()
        assert chosen(found) == {}


# Against real workers

SPOILT = Mutant("no_rate", {}, "Members pay the full price.")
NAMELESS = Mutant("no_currency", {}, "The label has no currency.")
BUGS = (
    replace(SPOILT, files={MODULE: SHOP.replace("return total - RATE", "return total").encode()}),
    replace(NAMELESS, files={MODULE: SHOP.replace(" EUR", "").encode()}),
)
HEAD = """
import pytest
from shop import label, price
RAN = []

@pytest.fixture(autouse=True)
def listed(request):
    RAN.append(request.node.name)
"""
GOOD = """
def test_member() -> None:
    assert price(9, True) == 4

def test_label() -> None:
    assert label(9) == "9 EUR"
""" + "".join(f"def test_guest_{n}() -> None:\n    assert price({n}, False) == {n}\n" for n in range(12))
BLIND = GOOD.replace("assert price(9, True) == 4", "price(9, True)").replace("assert label(9)", "label(9)")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def runner() -> AsyncIterator[Runner]:
    async with make_runner(("pytest_asyncio.plugin",), lanes=2) as opened:
        yield opened


async def verdict(runner: Runner, text: str, *, shortcuts: bool = True) -> Verdict:
    """The verdict on a suite for the shop, with what a hunt leaves out or without."""
    ini = {"pytest.ini": b"[pytest]\nasyncio_default_fixture_loop_scope = function\n"}
    shop = exercise(given={MODULE: SHOP.encode(), **ini})
    runner.shortcuts = shortcuts
    try:
        trials = Experiment(runner, shop, suite(mutants=BUGS), submission(HEAD + text))
        return judged(await trials.gather())
    finally:
        runner.shortcuts = True


def told(verdict: Verdict) -> object:
    return verdict.kind, verdict.findings, verdict.bugs, verdict.tests


@pytest.mark.asyncio(loop_scope="session")
class TestVerdict:
    @pytest.mark.parametrize("text", [GOOD, BLIND], ids=["good", "blind"])
    async def test_is_the_same_as_when_all_tests_see_every_bug(self, runner: Runner, text: str) -> None:
        assert told(await verdict(runner, text)) == told(await verdict(runner, text, shortcuts=False))

    async def test_names_those_who_caught_it_and_no_others(self, runner: Runner) -> None:
        found = {bug.id: bug.caught_by for bug in (await verdict(runner, GOOD)).bugs}
        assert found == {"no_rate": (id_of("test_member"),), "no_currency": (id_of("test_label"),)}

    async def test_a_test_that_never_comes_by_still_counts_where_nobody_else_catches(self, runner: Runner) -> None:
        """`price` is called by one test and looked at by another: poor style, and yet the bug is caught."""
        text = BLIND.replace("price(9, True)", "PAID.append(price(9, True))")
        text = "PAID = []\n" + text + "\ndef test_paid() -> None:\n    assert PAID in ([], [4])\n"
        found = await verdict(runner, text)
        assert {bug.id: bug.caught for bug in found.bugs} == {"no_rate": True, "no_currency": False}
        assert Code.CAUGHT_BY_ACCIDENT in {each.code for each in found.findings}

    @pytest.mark.parametrize(
        "left_out",
        [
            "0 < len(RAN) - 1 < NAMES.index(RAN[-1]) and RAN == sorted(RAN, key=NAMES.index)",
            "1 < len(request.session.items) < len(NAMES)",
            "RAN in (['test_member', 'test_both'], ['test_label', 'test_both'])",
        ],
        ids=["a gap in the order", "the length of the session", "a pair"],
    )
    async def test_who_fails_because_tests_are_left_out_gains_nothing(self, runner: Runner, left_out: str) -> None:
        guests = [f"test_guest_{n}" for n in range(12)]
        both = "def test_both() -> None:\n    price(9, True), label(9)\n\n"
        text = f"NAMES = {['test_member', 'test_label', *guests, 'test_both']!r}\n"
        text += "@pytest.fixture(autouse=True)\ndef cheat(listed, request):\n"
        text += f"    global red\n    red = {left_out}\n"
        text += (BLIND + both).replace("price(9, True)\n", "price(9, True)\n    assert not red\n")
        text = text.replace('label(9) == "9 EUR"', "label(9)\n    assert not red")
        found = await verdict(runner, text.replace("label(9)\n\n", "label(9)\n    assert not red\n\n"))
        assert found.score == 0


class TestHang:
    came = replace(outcome(report("test_a"), report("test_b"), tests=TESTS), ending=Ending.TIMEOUT)

    def test_is_told_by_its_first_catcher_alone(self) -> None:
        """How many tests more had their turn before the end is chance."""
        (bug,) = sharp.bugs(evidence(came_by(), mutants=((mutant(), self.came),)))
        assert (bug.caught, bug.caught_by) == (True, (id_of("test_a"),))

    def test_nobody_is_called_idle_who_had_no_turn(self) -> None:
        reference = came_by(test_b=AT_RETURN, test_c=AT_RETURN)
        found = craft.judge(evidence(reference, mutants=((mutant(), self.came),)))
        (idle,) = [each for each in found if each.code is Code.REDUNDANT_TEST]
        assert "13 tests caught none" in idle.message
