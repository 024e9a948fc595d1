"""The guest network of a library: the code of the day gives a token for a while.

What a guest may read on a clock (until when is my token valid?) goes by the wall clock. How long
something took goes by the ticks: they neither jump nor go back when a clock is set.
"""

import secrets
from collections import defaultdict, deque
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


class Portal:
    """Gives out tokens, and takes them back."""

    def __init__(self, *, code: str, lifetime: timedelta, window: timedelta) -> None:
        self._code = code
        self._lifetime = lifetime
        self._window_ms = round(window.total_seconds() * 1000)
        self._guests: dict[str, tuple[str, int]] = {}
        self._ends: dict[str, datetime] = {}
        self._over_ms: defaultdict[str, deque[int]] = defaultdict(deque)

    async def sign_in(self, device: str, code: str) -> Grant:
        """A token for a device. Raises `WrongCode` and `TooManyTries`."""
        await ask_controller()
        over_ms = self._over_ms[device]
        while over_ms and over_ms[0] <= monotonic_ms():
            over_ms.popleft()
        if len(over_ms) == TRIES:
            raise TooManyTries(timedelta(milliseconds=over_ms[0] - monotonic_ms()))
        if code == self._code:
            token = secrets.token_hex(16)
            self._guests[token] = device, monotonic_ms()
            return self._prolong(token)
        over_ms.append(monotonic_ms() + self._window_ms)
        raise WrongCode("not the code of the day")

    async def check(self, token: str) -> str:
        """The device of a valid token. Raises `Expired` and `UnknownToken`."""
        await ask_controller()
        self._require_valid(token)
        return self._guests[token][0]

    async def refresh(self, token: str) -> Grant:
        """Let a valid token live on. Raises `Expired` and `UnknownToken`."""
        await ask_controller()
        self._require_valid(token)
        return self._prolong(token)

    async def sign_out(self, token: str) -> timedelta:
        """Take a token back, and tell how long the visit was. Raises `UnknownToken`."""
        await ask_controller()
        self._ends.pop(token, None)
        try:
            _, began_ms = self._guests.pop(token)
        except KeyError:
            raise UnknownToken(token) from None
        return timedelta(milliseconds=monotonic_ms() - began_ms)

    def _prolong(self, token: str) -> Grant:
        self._ends[token] = utc_now() + self._lifetime
        return Grant(token, self._ends[token])

    def _require_valid(self, token: str) -> None:
        match self._ends.get(token):
            case None:
                raise UnknownToken(token)
            case end if end <= utc_now():
                raise Expired(token)
