"""Figures as text: ratios first, bars in proportion, and the README's markers kept."""

from __future__ import annotations

import os
import sys

import pytest

from checker.bench import report
from checker.bench.crowd import Crowd, _engine_processes
from checker.bench.tools import ToolCost, ToolFailed, _last
from checker.bench.verdicts import Cost

QUICK = Cost("01_a/01_quick", 20, cold_s=0.5, warm_s=0.25, pytest_s=1.0)
SLOW = Cost("01_a/02_slow", 30, cold_s=6.0, warm_s=1.5, pytest_s=1.0)


def test_a_ratio_is_to_one_cold_pytest_run() -> None:
    assert (QUICK.cold_ratio, QUICK.warm_ratio) == (0.5, 0.25)


def test_the_table_has_the_ratios_before_the_seconds() -> None:
    assert "| 01_a/01_quick | 0.50 | 0.25 | 20 | 0.50 | 0.25 | 1.00 |" in report.verdicts([QUICK], 3).splitlines()


def test_bars_are_as_long_as_their_ratios_and_have_an_end() -> None:
    head, cold, warm, far, _ = report.chart([QUICK, SLOW]).splitlines()
    assert cold.count("█") == report.ONE // 2
    assert warm.count("▒") == report.ONE // 4
    assert far.count("█") == report.LONGEST
    assert head.index("▼") == cold.index("█") + report.ONE - 1


def test_a_tool_is_compared_with_ours_on_the_same_exercise() -> None:
    ours, theirs = ToolCost("kata", "01_a/01_quick", 20, 1.0), ToolCost("mutmut", "01_a/01_quick", 10, 5.0)
    assert (ours.each_ms, theirs.each_ms) == (50.0, 500.0)
    assert "| 01_a/01_quick | mutmut | 10.0 | 500 | 10 |" in report.tools([ours, theirs]).splitlines()


def test_a_tool_that_says_nothing_we_understand_is_an_error() -> None:
    assert _last("1/5 … 5/5", r"\d+/(\d+)", "mutmut") == 5
    with pytest.raises(ToolFailed, match="mutmut told no number"):
        _last("Traceback", r"\d+/(\d+)", "mutmut")


def test_a_class_is_told_by_how_busy_it_kept_the_processors() -> None:
    row = report.crowds([Crowd("01_a/01_quick", 30, 600, wall_s=60.0, busy=0.93, zygote_mib=40.4, worker_mib=12.6)])
    assert row.splitlines()[-1] == "| 01_a/01_quick | 93% | 30 | 600 | 40 | 13 |"


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    text = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    assert report.written_into(text, "new") == f"before\n{report.BEGIN}\nnew\n{report.END}\nafter\n"
    with pytest.raises(ValueError, match="kata bench: begin"):
        report.written_into("no markers", "new")


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_the_engines_processes_are_those_below_this_one() -> None:
    assert os.getpid() not in {pid for pid, _ in _engine_processes()}
