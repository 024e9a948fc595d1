"""A few shapes, and the card that they stand on. All text is escaped; nothing depends on time or chance."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

INK, FAINT, LINE, CARD = "#1f2328", "#656d76", "#d0d7de", "#ffffff"
BLUE, GREEN, RED, AMBER, VIOLET = "#2f6fb7", "#2f7d4f", "#c0362c", "#9a6700", "#7a4db3"
LIGHT = {BLUE: "#dcebfa", GREEN: "#ddf3e4", RED: "#fbe0dd", AMBER: "#fbeecb", VIOLET: "#ece2fa"}
CHARACTER = 6.7  # width of a character of the small font, in user units: wide enough for any sans serif


def text(
    x: float, y: float, words: str, *, colour: str = INK, size: int = 12, anchor: str = "start", bold: bool = False
) -> str:
    """One line of text; (x, y) is its baseline."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" font-size="{size}" text-anchor="{anchor}"{weight}>'
        f"{escape(words)}</text>"
    )


def box(x: float, y: float, width: float, height: float, *, colour: str, filled: bool = True, title: str = "") -> str:
    """A rounded box; `title` is what a pointer over it, or a screen reader, tells."""
    told = f"<title>{escape(title)}</title>" if title else ""
    fill = LIGHT.get(colour, CARD) if filled else "none"
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="3" fill="{fill}" '
        f'stroke="{colour}">{told}</rect>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, dashed: bool = False, arrow: bool = False
) -> str:
    """A straight line, with an arrow's head at its end if wanted."""
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    head = ' marker-end="url(#head)"' if arrow else ""
    ends = f'x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="1.5"{dashes}{head}/>'


def card(width: float, height: float, title: str, description: str, shapes: Iterable[str]) -> str:
    """The whole picture. `title` stands at its top; `description` says in words what is to be seen."""
    width = max(width, 24 + CHARACTER * 1.15 * len(title))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" role="img" font-family="system-ui, sans-serif">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(description)}</desc>",
            f'<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0 8 4 0 8z" fill="{FAINT}"/></marker></defs>',
            f'<rect width="100%" height="100%" rx="8" fill="{CARD}" stroke="{LINE}"/>',
            text(12, 22, title, bold=True, size=13),
            *shapes,
            "</svg>",
        ]
    )
