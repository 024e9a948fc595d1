"""The page for the teacher in a real browser: it is searched and sorted, by keys, too, and readable."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from checker.findings import BugResult, Code, Verdict, VerdictKind, finding
from checker.grading.grade import Graded
from checker.grading.intake import HandedIn, Learner
from checker.grading.outputs import Outcome, report
from checker.grading.store import Key

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium")
LIMIT_S = 60.0
EVIL = "<img src=x onerror=\"document.title='forged'\">"
EXERCISES = ["a/one", "a/two"]

DRIVER = """
<script>
const told = {title: document.title, errors: []};
window.onerror = (text) => told.errors.push(text);
const names = () => [...document.querySelectorAll("#people tbody tr:not([hidden]) th")].map((cell) => cell.textContent);
const heads = [...document.querySelectorAll("#people thead th")];
told.first = names();
const search = document.getElementById("search");
search.value = "rose SECTION-B"; search.dispatchEvent(new Event("input")); told.found = names();
search.value = ""; search.dispatchEvent(new Event("input")); told.again = names();
const button = heads.find((head) => head.textContent === "a/one").querySelector("button");
button.focus(); told.focus = document.activeElement === button; told.tab = button.tabIndex;
button.click(); told.up = [names(), button.parentElement.getAttribute("aria-sort")];
button.click(); told.down = [names(), button.parentElement.getAttribute("aria-sort")];
told.label = search.labels[0].textContent.trim();
told.scopes = [...document.querySelectorAll("#people th")].every((cell) => cell.scope);
told.wide = document.documentElement.scrollWidth <= window.innerWidth;
const light = (colour) => {
  const parts = colour.match(/[\\d.]+/g).map((part) => part / 255);
  const [r, g, b] = parts.map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b;
};
const over = (top, ground) => {
  const [t, g] = [top, ground].map((colour) => colour.match(/[\\d.]+/g).map(Number)), a = t.length > 3 ? t[3] : 1;
  return `rgb(${t.slice(0, 3).map((c, n) => c * a + g[n] * (1 - a)).join(",")})`;
};
const ground = getComputedStyle(document.body).backgroundColor;
told.ground = ground;
told.contrast = Math.min(...[...document.querySelectorAll("td, th, p, li, .soft, h1, h2, label")].map((one) => {
  const style = getComputedStyle(one);
  const pair = [light(style.color), light(over(style.backgroundColor, ground))].sort((a, b) => b - a);
  return (pair[0] + .05) / (pair[1] + .05);
}));
const out = document.createElement("pre");
out.id = "told"; out.textContent = JSON.stringify(told); document.body.append(out);
</script>
"""


def result(who: str, exercise: str, score: int | None, section: str) -> Graded:
    learner = Learner(who, who.title(), section=section)
    if score is None:
        return Graded(learner, exercise, None, None)
    kind = VerdictKind.ACCEPTED if score == 100 else VerdictKind.REJECTED
    bugs = (BugResult("bug", f"{EVIL} escapes.", score == 100),)
    found = () if score == 100 else (finding(Code.NEVER_AWAITED, EVIL, "Await it."),)
    return Graded(
        learner, exercise, Key(who, exercise, who, "s", "1", 1, True), Verdict(exercise, kind, score, found, bugs)
    )


def page() -> str:
    class_ = [("robin", 40, 100, "section-a"), ("rose", 100, None, "section-b"), (EVIL, 5, 70, "section-b")]
    results = [
        result(who, exercise, score, section)
        for who, *scores, section in class_
        for exercise, score in zip(EXERCISES, scores, strict=True)
    ]
    return report(Outcome(results, [HandedIn(results[0].learner, trouble=(EVIL,))], EXERCISES, "examined"))


def opened(text: str, folder: Path, *options: str) -> dict[str, Any]:
    """What the driver saw on the page."""
    assert BROWSER is not None
    (folder / "report.html").write_text(text.replace("</body>", f"{DRIVER}</body>"), encoding="utf-8")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder / 'profile'}"]
    call = [BROWSER, *quiet, *options, "--dump-dom", (folder / "report.html").as_uri()]
    done = subprocess.run(call, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    found = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    return told


def test_the_page_is_searched_and_sorted(tmp_path: Path) -> None:
    told = opened(page(), tmp_path)
    robin, rose, evil = "Robin", "Rose", EVIL.title()
    assert (told["title"], told["errors"], told["first"]) == ("Class report", [], [robin, rose, evil])
    assert (told["found"], told["again"]) == ([rose], [robin, rose, evil])
    assert told["up"] == [[evil, robin, rose], "ascending"]
    assert told["down"] == [[rose, robin, evil], "descending"]


def test_the_page_is_used_by_keys_and_read_aloud(tmp_path: Path) -> None:
    told = opened(page(), tmp_path)
    assert (told["focus"], told["tab"], told["label"], told["scopes"]) == (True, 0, "Search", True)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_can_be_read(theme: str, tmp_path: Path) -> None:
    told = opened(page(), tmp_path, *(["--blink-settings=preferredColorScheme=0"] if theme == "dark" else []))
    assert told["ground"] == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[theme]
    assert told["contrast"] >= 4.5
    assert told["wide"]
