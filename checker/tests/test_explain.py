"""The story of each code: one for every code, complete, and with examples that do what it says."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from checker.explain import FOLDER, UnknownCode, codes, explanation
from checker.findings import Code

OFFICIAL = (
    "https://docs.pytest.org/en/stable/",
    "https://pytest-asyncio.readthedocs.io/en/stable/",
    "https://docs.python.org/3/",
    "https://fastapi.tiangolo.com/",
    "https://www.python-httpx.org/",
    "https://docs.sqlalchemy.org/",
)
DEADLINE_S = 60
INI = """\
[pytest]
asyncio_mode = strict
asyncio_default_fixture_loop_scope = function
asyncio_default_test_loop_scope = function
"""

# What a plain `pytest`, without warnings as errors, says to each example before it is mended.
GREEN, RED, NOT_RUN = "green", "red", "not run"
BEFORE = {
    Code.NO_TESTS: NOT_RUN,
    Code.NOT_COLLECTED: GREEN,
    Code.SKIPPED: NOT_RUN,
    Code.RED_ON_REFERENCE: RED,
    Code.SUITE_ERROR: RED,
    Code.TIMEOUT: GREEN,
    Code.UNSTABLE_IDS: GREEN,
    Code.NEVER_AWAITED: GREEN,
    Code.MOCK_NEVER_AWAITED: GREEN,
    Code.LOST_TASK_EXCEPTION: GREEN,
    Code.PENDING_TASK: GREEN,
    Code.NOT_REALLY_ASYNC: GREEN,
    Code.OVER_SPECIFIED: GREEN,
    Code.BUG_ESCAPED: GREEN,
    Code.CAUGHT_BY_ACCIDENT: GREEN,
    Code.PROBE_FAILED: GREEN,
    Code.ORDER_DEPENDENT: GREEN,
    Code.LEAVES_STATE_BEHIND: GREEN,
    Code.TIMING_DEPENDENT: GREEN,
    Code.BLOCKED_LOOP: RED,
    Code.REAL_SLEEP: GREEN,
    Code.UNCLOSED_RESOURCE: GREEN,
    Code.NOT_PARAMETRIZED: GREEN,
    Code.UNTYPED_TEST: GREEN,
    Code.REDUNDANT_TEST: GREEN,
    Code.BROAD_RAISES: GREEN,
    Code.ALWAYS_TRUE: GREEN,
    Code.INCONCLUSIVE: GREEN,
}
NOT_A_SUITE = {
    Code.TRIAL_CUT_SHORT: "it ends the process",
    Code.NETWORK: "it goes to the network",
    Code.CONFIG_OVERRIDDEN: "a conftest.py",
    Code.GIVEN_FILE_EDITED: "a file of the course",
}


@dataclass(frozen=True, slots=True)
class Story:
    """An explanation in its parts. `given` is the code that both examples share, if they share any."""

    title: str
    prose: str
    given: str
    before: str
    after: str
    last_line: str

    @property
    def blocks(self) -> tuple[str, ...]:
        return (self.given, self.before, self.after)


def story(code: Code) -> Story:
    text = explanation(code)
    block = re.compile(r"^(The code|Before|After)\b[^\n]*:\n\n```python\n(.*?)^```$", re.M | re.S)
    blocks = dict(block.findall(text))
    lines = text.splitlines()
    return Story(
        title=lines[0],
        prose=re.sub(r"```.*?```", "", "\n".join(lines[1:-1]), flags=re.S),
        given=blocks.get("The code", ""),
        before=blocks.get("Before", ""),
        after=blocks.get("After", ""),
        last_line=lines[-1],
    )


def results(folder: Path, suites: dict[Code, str], *options: str) -> dict[Code, str]:
    """Run the examples in one pytest process, each as a file of its own; say what came of each file."""
    (folder / "pytest.ini").write_text(INI)
    names = {f"test_{code.name.lower()}": code for code in suites}
    for name, code in names.items():
        (folder / f"{name}.py").write_text(suites[code])
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
    subprocess.run(
        [*command, "--continue-on-collection-errors", *options],
        cwd=folder,
        capture_output=True,
        timeout=DEADLINE_S,
        check=False,
    )
    found = dict.fromkeys(suites, NOT_RUN)
    for case in ElementTree.parse(report).iter("testcase"):
        place = f"{case.get('classname')}.{case.get('name')}".split(".")
        code = next(names[part] for part in place if part in names)
        bad = case.find("failure") is not None or case.find("error") is not None
        if bad:
            found[code] = RED
        elif case.find("skipped") is None and found[code] is not RED:
            found[code] = GREEN
    return found


def test_every_code_has_a_story_and_every_story_a_code() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{code}.md" for code in Code}


def test_codes_are_listed_with_their_titles() -> None:
    listed = dict(codes())
    assert set(listed) == set(Code)
    assert all(listed.values())


@pytest.mark.parametrize("code", Code)
class TestStory:
    def test_it_begins_with_its_code_and_a_title(self, code: Code) -> None:
        assert re.fullmatch(rf"# {code}: \S.{{10,}}", story(code).title)

    def test_it_says_what_was_seen_and_what_that_means(self, code: Code) -> None:
        assert len(re.findall(r"[.?](?=\s)", story(code).prose)) >= 2

    def test_it_shows_code_before_and_after(self, code: Code) -> None:
        told = story(code)
        assert told.before
        assert told.after
        assert told.before != told.after

    def test_its_code_compiles(self, code: Code) -> None:
        for block in story(code).blocks:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)  # a "before" may be what Python itself warns of
                compile(block, f"{code}.md", "exec")

    def test_it_ends_with_an_official_page(self, code: Code) -> None:
        label, _, address = story(code).last_line.partition(": ")
        assert label == "Official page"
        assert address.startswith(OFFICIAL)

    def test_it_is_short_calm_and_fits_a_terminal(self, code: Code) -> None:
        lines = explanation(code).splitlines()
        assert 20 <= len(lines) <= 60
        assert [line for line in lines[:-1] if len(line) > 90] == []
        assert "!" not in story(code).title + story(code).prose
        assert "simply" not in story(code).prose.lower()


def test_every_mended_example_is_green_with_warnings_as_errors(tmp_path: Path) -> None:
    suites = {code: f"{story(code).given}\n\n{story(code).after}" for code in Code}
    assert results(tmp_path, suites, "-W", "error") == dict.fromkeys(Code, GREEN)


def test_every_example_before_does_what_its_story_says(tmp_path: Path) -> None:
    suites = {code: f"{story(code).given}\n\n{story(code).before}" for code in BEFORE}
    assert results(tmp_path, suites) == BEFORE


def test_no_example_is_left_out_without_a_reason() -> None:
    assert {*BEFORE, *NOT_A_SUITE} == set(Code)


def test_a_misspelt_code_is_told_the_nearest() -> None:
    with pytest.raises(UnknownCode, match=r"no code never-awated\. Did you mean never-awaited\?"):
        explanation("never-awated")


def test_a_code_that_resembles_none_is_told_where_the_list_is() -> None:
    with pytest.raises(UnknownCode, match=r"no code zzz\. `.*explain` lists them") as raised:
        explanation("zzz")
    assert "Did you mean" not in str(raised.value)


def test_a_path_is_no_code() -> None:
    with pytest.raises(UnknownCode):
        explanation("../explain")
