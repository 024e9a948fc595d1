"""Watch mode: one exercise on the desk, judged at each save, and keys to move about.

Saves, keys and verdicts arrive in one queue, so that no two things happen at once. What is judged is named by the text
that was read: a save during a judgement cancels it, and a verdict on another text than the one on the disk is dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from rich.text import Text

from ...catalog import Exercise
from ...changes import changes
from ...errors import KataError
from ...findings import VerdictKind
from ...last import previous, recall
from ...locate import Location
from ...state import submission_hash
from ...submission import Submission, read_submission
from ...workspace import start
from ..context import Context
from ..record import record, told_progress
from ..show import headline
from . import actions, listing, pages
from . import keys as key_reader
from .events import Decided, Event, Happening, Pressed
from .judge import WarmJudge, ended
from .listing import Listing
from .pages import Page, Work
from .saves import saves
from .screen import Screen

TICK_S = 0.1
_WORK_KEYS = ("h", "b", "m", "l", "e", "r", "x", "n", "?", "q")
_BY_SAVES = "Keys can't be read here, so this works by saves alone: save your file and it is judged. Ctrl-C leaves."


class Desk:
    """One person at work. `run` returns when they leave."""

    def __init__(
        self,
        context: Context,
        screen: Screen,
        *,
        has_keys: bool,
        poll: bool = False,
        edit_command: str | None = None,
    ) -> None:
        self.context, self.screen, self.has_keys = context, screen, has_keys
        self.poll, self.edit_command = poll, edit_command
        self.page, self.message, self.question = Page.WORK, "", ""
        self.kept = ""  # what a reset did, told with the verdict that follows it
        self.location: Location
        self.work: Work
        self.listing = Listing(())
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._text, self._left_at = "", 0  # hash of what was judged last; top line of its page when another came
        self._judge: WarmJudge | None = None
        self._watching: asyncio.Task[None] | None = None

    async def run(self, first: Exercise) -> None:
        """Go on until the person leaves. Raises KataError where not even the first exercise can be opened."""
        ticking = asyncio.create_task(self._feed(self._ticks()))
        reading = asyncio.create_task(self._feed(self._keys())) if self.has_keys else None
        try:
            await self._open(first)
            if told := actions.news(self.context):
                self.message = told
                self._show()
            while await self._handled(await self._events.get()):
                pass
        finally:
            for task in (ticking, reading, self._watching):
                await ended(task)
            if self._judge is not None:
                await self._judge.close()

    def continued(self) -> None:
        """Take the terminal again, after somebody stopped the program and went on."""
        if self.screen.is_live:
            self.screen.take()
            self._show(from_top=False)

    def resized(self) -> None:
        """Lay the page out anew for another size of the terminal."""
        if self.screen.is_live:
            self._show(from_top=False)

    # What happens

    async def _feed(self, source: AsyncIterator[Event]) -> None:
        async for event in source:
            self._events.put_nowait(event)

    async def _ticks(self) -> AsyncIterator[Event]:
        while True:
            await asyncio.sleep(TICK_S)
            if self._is_judging:
                yield Happening.TICK

    async def _keys(self) -> AsyncIterator[Event]:
        async for key in key_reader.pressed():
            yield Pressed(key)
        yield Pressed("q")

    async def _saved(self, folder: Path) -> AsyncIterator[Event]:
        async for is_told in saves(folder, poll=self.poll):
            yield Happening.SAVED if is_told else Happening.LOOK

    async def _handled(self, event: Event) -> bool:
        """Deal with one event; False when it was the last."""
        try:
            match event:
                case Happening.TICK:
                    self.screen.note(self._footer())
                case Happening.SAVED:
                    await self._look(again=self.work.verdict is None and not self._is_judging)
                case Happening.LOOK:
                    await self._look()
                case Decided():
                    await self._decided(event)
                case Pressed(key):
                    return await self._pressed(key)
        except KataError as error:
            self.message = str(error)
            self._show()
        return True

    # One exercise

    async def _open(self, exercise: Exercise) -> None:
        """Put an exercise on the desk; what was started is judged, what is as handed out waits for a save."""
        context, message = self.context, ""
        if not context.workspace.exercise_folder(exercise.id).is_dir():
            for adopted in start(context.workspace, exercise).adopted:
                message = f"{adopted}: your work from exercises/ is in the workspace now."
        location, suite = context.location(exercise), context.suite(exercise).without_held()
        await ended(self._watching)
        if self._judge is not None:
            await self._judge.close()
        self.location, self.page, self.message = location, Page.WORK, message or location.note
        self.work = Work(exercise, location.folder, *context.progress)
        self._watching = asyncio.create_task(self._feed(self._saved(location.folder)))
        submission = self._read()
        self._judge = WarmJudge(exercise, suite, submission)
        known = recall(context.workspace.folder, context.workspace.places, exercise, submission)
        is_pristine = not submission.problems and submission.files == exercise.starter
        self._text = _hash(submission) if known is not None or is_pristine else ""
        if known is not None:
            self.work = replace(self.work, verdict=known, added=actions.added(context, exercise, known.kind))
        await self._look()
        self._show()

    def _read(self) -> Submission:
        exercise = self.work.exercise
        return read_submission(self.location.folder, exercise, {**exercise.given, **exercise.starter})

    # Judging

    @property
    def _is_judging(self) -> bool:
        return self._judge is not None and self._judge.is_busy

    async def _look(self, *, again: bool = False) -> None:
        """Judge what is on the disk now, unless that is what is or was judged."""
        submission = self._read()
        text = _hash(submission)
        if self._judge is None or (text == self._text and not again):
            return
        self._text, self.message = text, ""
        self.work = replace(self.work, verdict=None, hint="", added="", is_judging=True)
        await self._judge.begin(
            submission, lambda judged, trouble: self._events.put_nowait(Decided(text, judged, trouble))
        )
        if self.screen.is_live:
            self._show(from_top=self.page is Page.WORK)
        else:
            self.screen.console.print(Text(f"Judging {self.work.exercise.id} …"))

    async def _decided(self, event: Decided) -> None:
        if event.text != self._text:
            return
        if event.text != _hash(self._read()):
            await self._look()
            return
        self.work = replace(self.work, is_judging=False)
        if event.judged is None:
            self.message = event.trouble
        else:
            verdict = event.judged.verdict
            before = previous(self.context.workspace.folder, self.work.exercise.id)
            self.message = " ".join([self.kept, *record(self.context, self.location, event.judged)]).strip()
            self.kept = ""
            new, added = changes(before, verdict), actions.added(self.context, self.work.exercise, verdict.kind)
            self.work = replace(self.work, verdict=verdict, new=new, added=added, done=self.context.progress[0])
        if self.page in (Page.WORK, Page.MATRIX) or not self.screen.is_live:
            self.page = Page.WORK if not self.screen.is_live else self.page
            self._show()
        else:
            self.screen.note(self._footer())

    # Keys

    async def _pressed(self, key: str) -> bool:
        if self.question:
            self.question = ""
            if key in ("y", "Y"):
                self.kept = actions.put_back(self.context, self.work)
                await self._look(again=True)
            self._show()
            return True
        if self.page is Page.LIST:
            await self._pressed_in_list(key)
            return True
        if self.screen.scroll(key):
            return True
        pages_by_key = {"b": Page.BRIEF, "m": Page.MATRIX, "?": Page.HELP, "escape": Page.WORK}
        was = self.page
        match key:
            case "q":
                return False
            case "b" | "m" | "?" | "escape":
                self.page = Page.WORK if self.page is pages_by_key[key] else pages_by_key[key]
            case "h":
                self.page = Page.WORK
                self._hint()
            case "l":
                self.listing = actions.listed(self.context, self.work.exercise)
                self.page = Page.LIST
            case "e":
                self.message = actions.edit(self.work, self.edit_command, self.screen)
            case "r":
                await self._look(again=True)
            case "x":
                self.question = f"Put {self.work.exercise.id} back as it was handed out? Your text is kept aside. (y/n)"
            case "n":
                await self._next()
                return True
            case _:
                return True
        if was is Page.WORK and self.page is not Page.WORK:
            self._left_at = self.screen.top
        self._show(from_top=key != "h")
        if was is not Page.WORK and self.page is Page.WORK and key in pages_by_key:
            self.screen.top = self._left_at
        if key == "h":
            self.screen.scroll_to(pages.HINT)
        return True

    def _hint(self) -> None:
        if self.work.verdict is None:
            self.message = "A hint is about your tests: save your file, or press r, and it is judged first."
        else:
            self.work = replace(self.work, hint=actions.hint(self.context, self.work.exercise, self.work.verdict))

    async def _next(self) -> None:
        following = self.context.next_exercise(self.work.exercise.id)
        if following is None or following.id == self.work.exercise.id:
            self.message = "That was the whole course." if following is None else "This is the only one left."
            self._show()
        else:
            await self._open(following)

    async def _pressed_in_list(self, key: str) -> None:
        chosen = self.listing.chosen
        if key == "enter" and not self.listing.is_typing and chosen is not None:
            await self._open(chosen)
            return
        after = listing.pressed(self.listing, key)
        if after is None:
            self.page = Page.WORK
        else:
            self.listing = after
        self._show()

    # Showing

    def _show(self, *, from_top: bool = True) -> None:
        work, shown = self.work, self.listing
        printing: dict[Page, pages.Printing] = {
            Page.WORK: lambda console: pages.work_page(console, work),
            Page.BRIEF: lambda console: pages.brief_page(console, work.exercise),
            Page.MATRIX: lambda console: pages.matrix_page(console, work.verdict),
            Page.LIST: lambda console: listing.list_page(console, shown),
            Page.HELP: pages.help_page,
        }
        self.screen.show(printing[self.page], self._footer(), from_top=from_top)
        if not self.screen.is_live:
            self.screen.console.print(self._status())

    def _footer(self) -> Text:
        if self.page is Page.LIST:
            return Text("↑ ↓ move  Enter open  / filter  t to do only  l back", style="dim")
        keys = _WORK_KEYS if self.has_keys else ()
        return pages.footer(keys, self._status(), self.screen.console.width)

    def _status(self) -> Text:
        if self.question:
            return Text(self.question, style="bold")
        if self._judge is not None and self._judge.is_busy:
            return Text(f"Judging … {told_progress(self._judge.progress)}", style="bold")
        if self.message:
            return Text(self.message)
        if self.page is not Page.WORK and self.work.verdict is not None:
            return Text.assemble(headline(self.work.verdict), ("  Esc shows it.", "dim"))
        if self.work.verdict is None:
            return Text("Save your file and it is judged." if self.has_keys else _BY_SAVES)
        if self.work.verdict.kind is VerdictKind.ACCEPTED:
            return Text("Done. n goes on when you want to." if self.has_keys else "Done. Ctrl-C leaves.")
        return Text("Waiting for your next save.")


def _hash(submission: Submission) -> str:
    told = repr((submission.problems, submission.edited_given, submission.ignored)).encode()
    return submission_hash({**submission.files, "\0": told})
