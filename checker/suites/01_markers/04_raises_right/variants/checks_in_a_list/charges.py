"""Charge a card through the payment gateway, or refuse with an error that says why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

SMALLEST = 50
LARGEST = 500_000


@dataclass(frozen=True, slots=True)
class Card:
    """A stored card. `expires` is the last day on which it is good."""

    token: str
    expires: date


@dataclass(frozen=True, slots=True)
class Receipt:
    """A charge that went through: the gateway's reference for it, and the amount in cents."""

    reference: str
    amount: int


class Declined(Exception):
    """What the gateway raises when the bank refuses. Its text is the bank's reason."""


class Gateway(Protocol):
    """The payment gateway: a company far away in production."""

    async def capture(self, token: str, amount: int) -> str:
        """Take `amount` cents from the card, and return a reference. Raises `Declined`."""


class ChargeRefused(Exception):
    """A charge that was not made. `status_code` is what the API answers with."""

    def __init__(self, detail: str, *, status_code: int) -> None:
        super().__init__(detail)
        self.status_code = status_code


class InvalidAmount(ChargeRefused):
    """Nobody may charge this amount."""


class CardExpired(ChargeRefused):
    """The card is no longer good."""


class CardDeclined(ChargeRefused):
    """The bank refused."""


_Check = Callable[[Card, int, date], ChargeRefused | None]


def _check_amount(card: Card, amount: int, today: date) -> ChargeRefused | None:
    if amount in range(SMALLEST, LARGEST + 1):
        return None
    return InvalidAmount(f"Not an amount we take: {_euros(amount)}", status_code=422)


def _check_expiry(card: Card, amount: int, today: date) -> ChargeRefused | None:
    days_left = (card.expires - today).days
    if days_left >= 0:
        return None
    return CardExpired(f"Expired {-days_left} days ago. Not taken: {_euros(amount)}", status_code=402)


CHECKS: tuple[_Check, ...] = (_check_amount, _check_expiry)


async def charge(card: Card, amount: int, *, gateway: Gateway, today: date) -> Receipt:
    """Take `amount` cents from `card`. Raises a `ChargeRefused` of the kind that fits."""
    for check in CHECKS:
        refusal = check(card, amount, today)
        if refusal is not None:
            raise refusal
    try:
        return Receipt(await gateway.capture(card.token, amount), amount)
    except Declined as declined:
        refusal = CardDeclined(f"{declined} ({_euros(amount)})", status_code=409)
        raise refusal from declined


def _euros(amount: int) -> str:
    sign, cents = ("-", -amount) if amount < 0 else ("", amount)
    return "{}{}.{:02d} EUR".format(sign, *divmod(cents, 100))
