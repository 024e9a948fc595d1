"""The path of a request: every message between the test, the client, the transport and the app, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .svg import BLUE, FAINT, GREEN, INK, RED, box, card, line, text

_PARTS = ("test", "client", "transport", "app")
_GAP, _ROW, _LEFT = 210, 26, 90


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `sender` and `to` are test, client, transport or app."""

    sender: str
    to: str
    what: str


def draw(messages: Sequence[Message], outcome: str = "passed", title: str = "The path of a request") -> str:
    """The picture as SVG text."""
    at = {part: _LEFT + _GAP * number for number, part in enumerate(_PARTS)}
    bottom = 84 + _ROW * len(messages)
    shapes: list[str] = []
    for part, x in at.items():
        shapes.append(box(x - 50, 38, 100, 24, colour=BLUE))
        shapes.append(text(x, 54, part, anchor="middle", bold=True, colour=INK))
        shapes.append(line(x, 62, x, bottom - 10, dashed=True))
    for number, message in enumerate(messages):
        y = 84 + _ROW * number
        x1, x2 = at[message.sender], at[message.to]
        colour = RED if message.what.startswith("raises") else GREEN if x2 < x1 else BLUE
        shapes.append(line(x1, y + 4, x2, y + 4, colour=colour, arrow=True))
        shapes.append(text((x1 + x2) / 2, y - 1, message.what, anchor="middle", size=11, colour=colour))
    if outcome != "passed":
        shapes.append(text(12, bottom + 8, f"ends with {outcome}"[:120], colour=RED))
        bottom += 20
    if not messages:
        shapes.append(text(12, bottom, "No request went through an ASGITransport.", colour=FAINT))
    description = " ".join(f"{m.sender} to {m.to}: {m.what}." for m in messages)
    return card(_LEFT + _GAP * 3 + 90, bottom + 8, title, description, shapes)
