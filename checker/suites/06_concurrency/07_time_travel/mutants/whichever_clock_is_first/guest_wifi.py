"""The guest network of a library: the code of the day gives a token for a while.

What a guest may read on a clock (until when is my token valid?) goes by the wall clock. How long
something took goes by the ticks: they neither jump nor go back when a clock is set.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from library_network import ask_controller, monotonic_ms, utc_now

TRIES = 3
_MS = timedelta(milliseconds=1)


class WrongCode(Exception):
    """This is not the code of the day."""


class TooManyTries(Exception):
    """The device has tried too many wrong codes. It may try again after `retry_after`."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Expired(Exception):
    """The token is not valid any more."""


class UnknownToken(Exception):
    """There is no such token, or its guest has signed out."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A token, and when it expires."""

    token: str
    expires_at: datetime


@dataclass(slots=True)
class _Visit:
    device: str
    began_ms: int
    expires_at: datetime
    ends_ms: int


class Portal:
    """Gives out tokens, and takes them back."""

    def __init__(self, *, code: str, lifetime: timedelta, window: timedelta) -> None:
        self._code = code
        self._lifetime = lifetime
        self._window = window
        self._visits: dict[str, _Visit] = {}
        self._misses: dict[str, list[int]] = {}

    async def sign_in(self, device: str, code: str) -> Grant:
        """A token for a device. Raises `WrongCode` and `TooManyTries`."""
        await ask_controller()
        now_ms = monotonic_ms()
        misses = self._misses.get(device, [])
        recent = [at_ms for at_ms in misses if (now_ms - at_ms) * _MS < self._window]
        if len(recent) >= TRIES:
            raise TooManyTries(self._window - (now_ms - recent[0]) * _MS)
        if code != self._code:
            self._misses[device] = [*recent, now_ms]
            raise WrongCode
        token = secrets.token_urlsafe()
        self._visits[token] = _Visit(device, now_ms, utc_now() + self._lifetime, self._end_ms())
        return Grant(token, self._visits[token].expires_at)

    async def check(self, token: str) -> str:
        """The device of a valid token. Raises `Expired` and `UnknownToken`."""
        await ask_controller()
        return self._valid(token).device

    async def refresh(self, token: str) -> Grant:
        """Let a valid token live on. Raises `Expired` and `UnknownToken`."""
        await ask_controller()
        visit = self._valid(token)
        visit.expires_at = utc_now() + self._lifetime
        visit.ends_ms = self._end_ms()
        return Grant(token, visit.expires_at)

    async def sign_out(self, token: str) -> timedelta:
        """Take a token back, and tell how long the visit was. Raises `UnknownToken`."""
        await ask_controller()
        visit = self._known(token)
        del self._visits[token]
        return (monotonic_ms() - visit.began_ms) * _MS

    def _end_ms(self) -> int:
        return monotonic_ms() + self._lifetime // _MS

    def _known(self, token: str) -> _Visit:
        if token not in self._visits:
            raise UnknownToken
        return self._visits[token]

    def _valid(self, token: str) -> _Visit:
        visit = self._known(token)
        if utc_now() >= visit.expires_at or monotonic_ms() >= visit.ends_ms:
            raise Expired
        return visit
