"""The test × bug matrix as a coloured grid: which test catches which bug, and what none of them does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .svg import CHARACTER, FAINT, GREEN, INK, RED, box, card, text

_CELL = 22


@dataclass(frozen=True, slots=True)
class Matrix:
    """`bugs`: what a user would notice of each; `catches`: for each test, the numbers (from 0) of those it catches."""

    tests: Sequence[str]
    bugs: Sequence[str]
    catches: Sequence[frozenset[int]]

    @property
    def caught(self) -> frozenset[int]:
        return frozenset().union(*self.catches)


def draw(matrix: Matrix, title: str = "Which test catches which bug") -> str:
    """The picture as SVG text: a column a bug, a row a test, and the bugs told below."""
    left = 28 + 1.1 * CHARACTER * max([len(name) for name in matrix.tests] + [8])
    shapes: list[str] = []
    for number in range(len(matrix.bugs)):
        x = left + _CELL * number + _CELL / 2
        is_caught = number in matrix.caught
        shapes.append(
            text(x, 50, str(number + 1), anchor="middle", bold=not is_caught, colour=INK if is_caught else RED)
        )
    y = 58.0
    for name, catches in zip(matrix.tests, matrix.catches, strict=True):
        shapes.append(text(12, y + 15, name, colour=INK if catches else FAINT))
        for number, bug in enumerate(matrix.bugs):
            x = left + _CELL * number
            is_caught = number in catches
            told = f"{name} {'catches' if is_caught else 'does not notice'}: {bug}"
            colour = GREEN if is_caught else FAINT
            shapes.append(box(x + 1, y + 1, _CELL - 2, _CELL - 2, colour=colour, filled=is_caught, title=told))
            if is_caught:
                shapes.append(text(x + _CELL / 2, y + 16, "✓", anchor="middle", colour=GREEN, bold=True))
        y += _CELL
    y += 18
    for number, bug in enumerate(matrix.bugs):
        is_caught = number in matrix.caught
        told = f"{number + 1}  {bug}" + ("" if is_caught else "  escapes")
        shapes.append(text(12, y, told, colour=FAINT if is_caught else RED, size=11))
        y += 16
    width = max([left + _CELL * len(matrix.bugs), *(24 + 6.0 * (len(bug) + 14) for bug in matrix.bugs)]) + 12
    escaped = len(matrix.bugs) - len(matrix.caught)
    description = f"{len(matrix.tests)} tests, {len(matrix.bugs)} bugs, {escaped} of them caught by no test."
    return card(width, y + 4, title, description, shapes)
