"""Where a bug is planted, in the numbers of the statements that a suite's run on the reference comes by."""

from __future__ import annotations

import builtins
import textwrap
from typing import Any

import pytest

from checker.engine.reach import POINT, BugPlace, bug_place, first_numbers, instrument, statements

FIRST = 100
REFERENCE = textwrap.dedent('''\
    """A shop."""

    RATE = 5
    PRICES = {"pen": 2}


    def price(total, member=False):
        """The price."""
        if member:
            total -= RATE
        else:
            total += 0
        return total


    def sell(item):
        def note(text):
            return text.upper()

        try:
            cost = PRICES[item]
        except KeyError:
            cost = 0
        finally:
            done = note("sold")
        match cost:
            case 0:
                done = "free"
            case _:
                done += "."
        return cost, done


    class Till:
        """A till."""

        open = True

        def add(self, coin):
            self.coin = coin
            return self

        async def count(self):
            async with self:
                return self.coin
    ''')


def lines(place: BugPlace) -> set[int]:
    """The lines of the reference at which a bug was found."""
    assert not place.unknown
    all_lines = [statement.line for statement in statements(REFERENCE)]
    return {all_lines[point - FIRST] for point in place.points}


def line(text: str, nth: int = 1) -> int:
    """The line of the reference that holds `text` for the nth time."""
    found = [number for number, each in enumerate(REFERENCE.splitlines(), 1) if text in each]
    return found[nth - 1]


def placed(find: str, replace: str) -> BugPlace:
    """The place of a bug made by an edit of the reference."""
    assert REFERENCE.count(find) == 1, f"{find!r} is there {REFERENCE.count(find)} times"
    return bug_place(REFERENCE, REFERENCE.replace(find, replace), FIRST)


def ran(source: str, call: str) -> set[int]:
    """The lines that ran, by the points, when `call` was evaluated in the instrumented module."""
    points: list[int] = []
    names: dict[str, Any] = {}
    had = getattr(builtins, POINT, None)
    setattr(builtins, POINT, points.append)
    try:
        exec(compile(instrument(source.encode(), "shop.py", FIRST), "shop.py", "exec"), names)
        eval(call, names)
    finally:
        if had is None:
            delattr(builtins, POINT)
        else:
            setattr(builtins, POINT, had)
    all_lines = [statement.line for statement in statements(source)]
    return {all_lines[point - FIRST] for point in points}


class TestStatements:
    def test_only_statements_inside_functions_are_numbered(self) -> None:
        assert [each.line for each in statements("X = 1\n\n\ndef f():\n    y = X\n    return y\n")] == [5, 6]

    def test_docstrings_are_not_numbered(self) -> None:
        text = 'def f():\n    """Doc."""\n    class C:\n        """Doc."""\n        x = 1\n    return "text"\n'
        assert [each.line for each in statements(text)] == [3, 5, 6]

    def test_bare_string_further_down_is_a_statement(self) -> None:
        assert [each.line for each in statements("def f():\n    x = 1\n    'note'\n    return x\n")] == [2, 3, 4]

    def test_no_two_statements_share_a_path(self) -> None:
        paths = [each.path for each in statements(REFERENCE + PROPERTY)]
        assert len(paths) == len(set(paths))


class TestInstrument:
    def test_points_tell_the_lines_that_ran(self) -> None:
        source = "def f(x):\n    if x:\n        return 1\n    return 2\n"
        assert ran(source, "f(True)") == {2, 3}
        assert ran(source, "f(False)") == {2, 4}

    def test_every_kind_of_body_has_its_points(self) -> None:
        assert ran(REFERENCE, "sell('pen')") == {
            line("def note"),
            line("return text"),
            line("try:"),
            line("cost = PRICES"),
            line("done = note"),
            line("match cost"),
            line("done += "),
            line("return cost"),
        }
        assert {line("cost = 0"), line('done = "free"')} <= ran(REFERENCE, "sell('ink')")

    def test_module_behaves_as_before(self) -> None:
        expected = "price(7, True) == 2 and price.__doc__ == 'The price.'"
        assert ran(REFERENCE, f"{expected} or no_such_name") >= {line("if member:"), line("total -= RATE")}

    def test_tracebacks_keep_their_lines(self) -> None:
        with pytest.raises(ZeroDivisionError) as raised:
            ran("def f():\n    x = 1\n\n    return x / 0\n", "f()")
        assert raised.traceback[-1].lineno == 3  # counted from 0

    def test_future_import_stays_first(self) -> None:
        source = '"""Doc."""\nfrom __future__ import annotations\n\n\ndef f() -> unknown:\n    return 1\n'
        assert ran(source, "f()") == {6}


class TestStatementsThatDiffer:
    @pytest.mark.parametrize(
        ("find", "replace", "where"),
        [
            ("total -= RATE", "total += RATE", "total -= RATE"),
            ("if member:", "if not member:", "if member:"),
            ("total += 0", "total += 1", "total += 0"),
            ("cost = PRICES[item]", "cost = 1", "cost = PRICES[item]"),
            ("cost = 0", "raise", "cost = 0"),
            ('done = note("sold")', 'done = ""', 'done = note("sold")'),
            ('done = "free"', 'done = "gift"', 'done = "free"'),
            ('done += "."', 'done += "!"', 'done += "."'),
            ("text.upper()", "text", "text.upper()"),
            ("self.coin = coin", "self.coin = 0", "self.coin = coin"),
            ("return self.coin", "return 0", "return self.coin"),
            ("async with self:", "async with self.lock:", "async with self:"),
        ],
    )
    def test_changed_statement_is_the_place(self, find: str, replace: str, where: str) -> None:
        assert lines(placed(find, replace)) == {line(where)}

    @pytest.mark.parametrize(
        ("find", "replace", "where"),
        [
            ("except KeyError:", "except LookupError:", "try:"),
            ("case 0:", "case 1:", "match cost:"),
            ("case _:", "case 7:", "match cost:"),
        ],
    )
    def test_changed_handler_or_case_counts_at_its_statement(self, find: str, replace: str, where: str) -> None:
        assert lines(placed(find, replace)) == {line(where)}

    @pytest.mark.parametrize(
        ("find", "where"),
        [
            ("        self.coin = coin\n", "self.coin = coin"),
            ("        return self\n\n", "return self"),
            ("    return cost, done\n", "return cost, done"),
            ("    else:\n        total += 0\n", "total += 0"),
        ],
        ids=["first", "last of a method", "last of a function", "else"],
    )
    def test_deleted_statement_counts_where_it_stood(self, find: str, where: str) -> None:
        assert lines(placed(find, "")) == {line(where)}

    def test_inserted_statement_counts_at_the_one_that_it_pushes_on(self) -> None:
        assert lines(placed("    match cost:", "    cost = 1\n    match cost:")) == {line("match cost:")}

    def test_statement_appended_counts_at_the_last(self) -> None:
        assert lines(placed("        total -= RATE\n", "        total -= RATE\n        total = 0\n")) == {
            line("total -= RATE")
        }

    def test_else_that_was_not_there_counts_at_its_if(self) -> None:
        reference = "def f(x):\n    y = 0\n    if x:\n        y = 1\n    return y\n"
        mutant = reference.replace("    return y", "    else:\n        y = 2\n    return y")
        assert bug_place(reference, mutant, FIRST).points == {FIRST + 1}

    def test_two_changes_are_two_places(self) -> None:
        mutant = REFERENCE.replace("total -= RATE", "total = 0").replace("text.upper()", "text")
        assert lines(bug_place(REFERENCE, mutant, FIRST)) == {line("total -= RATE"), line("text.upper()")}


class TestHeaders:
    @pytest.mark.parametrize(
        ("find", "replace", "entry"),
        [
            ("def price(total, member=False):", "def price(total, member=True):", "if member:"),
            ("def price(total, member=False):", "async def price(total, member=False):", "if member:"),
            ("def price(", "@staticmethod\ndef price(", "if member:"),
            ("    def add(", "    @classmethod\n    def add(", "self.coin = coin"),
        ],
        ids=["default", "async", "decorator", "method"],
    )
    def test_changed_header_counts_at_the_entry_of_its_function(self, find: str, replace: str, entry: str) -> None:
        assert lines(placed(find, replace)) == {line(entry)}

    def test_header_of_a_nested_function_counts_where_it_is_defined(self) -> None:
        assert lines(placed("def note(text):", "def note(text=''):")) == {line("def note(text):")}

    def test_deleted_function_counts_at_its_entry(self) -> None:
        start, end = REFERENCE.index("def price"), REFERENCE.index("def sell")
        assert lines(bug_place(REFERENCE, REFERENCE[:start] + REFERENCE[end:], FIRST)) == {line("if member:")}


class TestImport:
    @pytest.mark.parametrize(
        ("find", "replace"),
        [
            ("RATE = 5", "RATE = 4"),
            ('PRICES = {"pen": 2}\n', ""),
            ("    open = True", "    open = False"),
            ("class Till:", "class Till(dict):"),
            ("class Till:", "@str\nclass Till:"),
            ("    open = True\n", "    open = True\n    open = False\n"),
        ],
        ids=["constant", "deleted constant", "class attribute", "base class", "class decorator", "class body"],
    )
    def test_what_runs_at_import_is_reached_at_import(self, find: str, replace: str) -> None:
        place = placed(find, replace)
        assert (place.at_import, place.points, place.unknown) == (True, frozenset(), False)

    @pytest.mark.parametrize("added", ["f = None\n", "f.cache = {}\n"])
    def test_line_added_to_a_module_of_functions_alone_runs_at_import(self, added: str) -> None:
        reference = "def f():\n    return 1\n"
        assert bug_place(reference, reference + added, FIRST) == BugPlace(at_import=True)

    def test_both_places_are_told_where_both_change(self) -> None:
        mutant = REFERENCE.replace("RATE = 5", "RATE = 4").replace("text.upper()", "text")
        place = bug_place(REFERENCE, mutant, FIRST)
        assert (place.at_import, lines(place)) == (True, {line("text.upper()")})


class TestNoPlace:
    def test_same_text_has_no_place(self) -> None:
        assert bug_place(REFERENCE, REFERENCE, FIRST) == BugPlace(unknown=True)

    def test_layout_and_comments_are_no_difference(self) -> None:
        assert placed("    return total\n", "\n    # the end\n    return (total)\n").unknown

    @pytest.mark.parametrize(
        ("find", "replace"),
        [('    """The price."""\n', ""), ("The price.", "What it costs."), ("A shop.", "A stall."), ("A till.", "")],
    )
    def test_docstrings_are_no_difference(self, find: str, replace: str) -> None:
        assert placed(find, replace).unknown

    def test_docstring_taken_out_does_not_hide_the_bug(self) -> None:
        mutant = REFERENCE.replace('    """The price."""\n', "").replace("total -= RATE", "total = 0")
        assert lines(bug_place(REFERENCE, mutant, FIRST)) == {line("total -= RATE")}

    def test_moved_function_is_no_difference(self) -> None:
        start, end = REFERENCE.index("def price"), REFERENCE.index("def sell")
        moved = REFERENCE[:start] + REFERENCE[end:] + "\n\n" + REFERENCE[start:end]
        assert bug_place(REFERENCE, moved, FIRST).unknown

    def test_moved_function_does_not_hide_the_bug(self) -> None:
        start, end = REFERENCE.index("def price"), REFERENCE.index("def sell")
        moved = REFERENCE[:start] + REFERENCE[end:] + "\n\n" + REFERENCE[start:end]
        mutant = moved.replace("text.upper()", "text")
        assert lines(bug_place(REFERENCE, mutant, FIRST)) == {line("text.upper()")}


PROPERTY = textwrap.dedent("""\


    class Account:
        @property
        def balance(self):
            return self._balance

        @balance.setter
        def balance(self, value):
            self._balance = value

        def close(self):
            self.closed = True
    """)


class TestSharedNames:
    @pytest.mark.parametrize(
        ("find", "nth"), [("return self._balance", 0), ("self._balance = value", 1), ("self.closed = True", 2)]
    )
    def test_property_and_its_setter_are_told_apart(self, find: str, nth: int) -> None:
        place = bug_place(PROPERTY, PROPERTY.replace(find, "pass"), FIRST)
        assert place.points == {FIRST + nth}

    def test_two_branches_that_define_one_name_are_told_apart(self) -> None:
        reference = "if True:\n    def f():\n        return 1\nelse:\n    def f():\n        return 2\n"
        assert bug_place(reference, reference.replace("return 1", "return 3"), FIRST).points == {FIRST}
        assert bug_place(reference, reference.replace("return 2", "return 3"), FIRST).points == {FIRST + 1}


def test_modules_are_numbered_apart_whatever_their_order() -> None:
    assert first_numbers(("b.py", "a.py")) == first_numbers(("a.py", "b.py")) == {"a.py": 0, "b.py": 100_000}
