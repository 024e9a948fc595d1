"""The guest network of a library: the code of the day gives a token for a while.

What a guest may read on a clock (until when is my token valid?) goes by the wall clock. How long
something took goes by the ticks: they neither jump nor go back when a clock is set.
"""

import secrets
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class _Visit:
    device: str
    began_ms: int
    grant: Grant


@dataclass(frozen=True, slots=True)
class _Miss:
    device: str
    at_ms: int


class Portal:
    """Gives out tokens, and takes them back."""

    def __init__(self, *, code: str, lifetime: timedelta, window: timedelta) -> None:
        self._code = code
        self._lifetime = lifetime
        self._window_ms = window // _MS
        self._visits: tuple[_Visit, ...] = ()
        self._misses: list[_Miss] = []

    async def sign_in(self, device: str, code: str) -> Grant:
        """A token for a device. Raises `WrongCode` and `TooManyTries`."""
        await ask_controller()
        wait_ms = self._wait_ms(device)
        if wait_ms > 0:
            raise TooManyTries(wait_ms * _MS)
        if code != self._code:
            self._misses.append(_Miss(device, monotonic_ms()))
            raise WrongCode
        grant = Grant(secrets.token_urlsafe(), self._end())
        self._visits += (_Visit(device, monotonic_ms(), grant),)
        return grant

    async def check(self, token: str) -> str:
        """The device of a valid token. Raises `Expired` and `UnknownToken`."""
        await ask_controller()
        return self._valid(token).device

    async def refresh(self, token: str) -> Grant:
        """Let a valid token live on. Raises `Expired` and `UnknownToken`."""
        await ask_controller()
        old = self._valid(token)
        new = replace(old, grant=Grant(token, self._end()))
        self._visits = tuple(new if each is old else each for each in self._visits)
        return new.grant

    async def sign_out(self, token: str) -> timedelta:
        """Take a token back, and tell how long the visit was. Raises `UnknownToken`."""
        await ask_controller()
        ended = self._known(token)
        self._visits = tuple(each for each in self._visits if each is not ended)
        return monotonic_ms() * _MS - ended.began_ms * _MS

    def _wait_ms(self, device: str) -> int:
        """How long until this device may try; 0 or less if it may now."""
        latest = [miss.at_ms for miss in self._misses if miss.device == device][-TRIES:]
        return latest[0] + self._window_ms - monotonic_ms() if len(latest) == TRIES else 0

    def _end(self) -> datetime:
        return utc_now() + self._lifetime

    def _known(self, token: str) -> _Visit:
        found = [each for each in self._visits if each.grant.token == token]
        if not found:
            raise UnknownToken
        return found[0]

    def _valid(self, token: str) -> _Visit:
        visit = self._known(token)
        if not utc_now() < visit.grant.expires_at:
            raise Expired
        return visit
