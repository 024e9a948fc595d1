"""The guest network of a library: the code of the day gives a token for a while.

What a guest may read on a clock (until when is my token valid?) goes by the wall clock. How long
something took goes by the ticks: they neither jump nor go back when a clock is set.
"""

import secrets
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta

from library_network import ask_controller, monotonic_ms, utc_now

TRIES = 3


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


class _Visit:
    """One guest's stay."""

    def __init__(self, device: str, lifetime: timedelta) -> None:
        self.device = device
        self.token = secrets.token_urlsafe(24)
        self._lifetime = lifetime
        self._since_ms = monotonic_ms()
        self.prolong()

    def prolong(self) -> None:
        self.expires_at = utc_now() + self._lifetime

    @property
    def is_valid(self) -> bool:
        return self.expires_at - utc_now() > timedelta()

    @property
    def grant(self) -> Grant:
        return Grant(expires_at=self.expires_at, token=self.token)

    def length(self) -> timedelta:
        return timedelta(milliseconds=monotonic_ms()) - timedelta(milliseconds=self._since_ms)


class _Misses:
    """The misses of one device, oldest first."""

    def __init__(self, window: timedelta) -> None:
        self._window = window
        self._at: list[timedelta] = []

    def wait(self) -> timedelta | None:
        """How long the device has to wait, or None if it may try."""
        now = timedelta(milliseconds=monotonic_ms())
        gone = bisect_right(self._at, now - self._window)
        self._at = self._at[gone:]
        return self._at[-TRIES] + self._window - now if len(self._at) >= TRIES else None

    def add(self) -> None:
        self._at.append(timedelta(milliseconds=monotonic_ms()))


class Portal:
    """Gives out tokens, and takes them back."""

    def __init__(self, *, code: str, lifetime: timedelta, window: timedelta) -> None:
        self._code, self._lifetime, self._window = code, lifetime, window
        self._visits: list[_Visit] = []
        self._devices: dict[str, _Misses] = {}

    async def sign_in(self, device: str, code: str) -> Grant:
        """A token for a device. Raises `WrongCode` and `TooManyTries`."""
        misses = self._devices.setdefault(device, _Misses(self._window))
        await ask_controller()
        wait = misses.wait()
        if wait is not None:
            raise TooManyTries(wait)
        if code != self._code:
            misses.add()
            raise WrongCode(code)
        visit = _Visit(device, self._lifetime)
        self._visits.append(visit)
        return visit.grant

    async def check(self, token: str) -> str:
        """The device of a valid token. Raises `Expired` and `UnknownToken`."""
        await ask_controller()
        return self._find(token, must_be_valid=True).device

    async def refresh(self, token: str) -> Grant:
        """Let a valid token live on. Raises `Expired` and `UnknownToken`."""
        await ask_controller()
        visit = self._find(token, must_be_valid=True)
        visit.prolong()
        return visit.grant

    async def sign_out(self, token: str) -> timedelta:
        """Take a token back, and tell how long the visit was. Raises `UnknownToken`."""
        await ask_controller()
        visit = self._find(token)
        self._visits.remove(visit)
        return visit.length()

    def _find(self, token: str, *, must_be_valid: bool = False) -> _Visit:
        for visit in self._visits:
            if visit.token == token:
                if must_be_valid and not visit.is_valid:
                    raise Expired
                return visit
        raise UnknownToken
