"""What stands between strangers' code and the machine: bubblewrap, or a container where there is no bubblewrap."""

from __future__ import annotations

from dataclasses import dataclass

from . import container, sandbox


@dataclass(frozen=True, slots=True)
class Walls:
    """Trials run in bubblewrap, or, with `image`, in a container of that image (Podman or Docker)."""

    image: str = ""

    def check(self) -> None:
        """Raises NoSandbox, which says why and what to do, unless they can be put up here."""
        if self.image:
            container.check(self.image)
        else:
            sandbox.check()
