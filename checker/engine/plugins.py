"""Which pytest plugins a worker has: those of the course's own dependencies, and of them only what the files mention.

pytest looks for plugins among all installed distributions, reads their lists of files and marks them for rewriting.
A worker shows it these few instead. That is quicker, and no plugin that happens to be installed changes a verdict.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ALWAYS = ("asyncio",)
# plugin → the word that calls for it, its distribution, its module
_KNOWN = {
    "asyncio": ("asyncio", "pytest-asyncio", "pytest_asyncio.plugin"),
    "anyio": ("anyio", "anyio", "anyio.pytest_plugin"),
    "faker": ("faker", "faker", "faker.contrib.pytest.plugin"),
    "respx": ("respx", "respx", "respx.plugin"),
    "hypothesispytest": ("hypothesis", "hypothesis", "_hypothesis_pytestplugin"),
}


@dataclass(frozen=True, slots=True)
class _Distribution:
    """As much of a distribution as pytest asks about."""

    name: str
    version: str
    entry_points: Sequence[importlib.metadata.EntryPoint]
    files: Sequence[str] = ()
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def _normalized_name(self) -> str:
        # `importlib.metadata.entry_points` asks for it; pydantic calls that at the first model of a process.
        return self.name.lower().replace("-", "_")


def wanted(texts: Iterable[bytes]) -> tuple[str, ...]:
    """The plugins that these files call for."""
    words = set(re.findall(rb"[a-z]+", b"\n".join(texts).lower()))
    return tuple(name for name, (word, _, _) in _KNOWN.items() if name in ALWAYS or word.encode() in words)


def modules(plugins: Iterable[str]) -> tuple[str, ...]:
    """The modules that hold these plugins."""
    return tuple(_KNOWN[name][2] for name in plugins)


def show_only(plugins: Iterable[str]) -> None:
    """Let this process see these plugins and no others, for good."""
    shown = []
    for name in plugins:
        _, distribution, module = _KNOWN[name]
        entry = importlib.metadata.EntryPoint(name, module, "pytest11")
        version = importlib.metadata.version(distribution)
        shown.append(_Distribution(distribution, version, [entry], metadata={"name": distribution}))
    importlib.metadata.distributions = lambda **_: iter(shown)  # type: ignore[assignment]
