"""Charge a card through the payment gateway, or refuse with an error that says why."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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


@asynccontextmanager
async def _bank_refusals(text: str) -> AsyncIterator[None]:
    """Turn the gateway's `Declined` into a `CardDeclined`; let all else pass."""
    try:
        yield
    except Declined as declined:
        detail = f"The bank says {declined!s}; nothing was taken of {text}."
        raise CardDeclined(detail, status_code=409) from declined


async def charge(card: Card, amount: int, *, gateway: Gateway, today: date) -> Receipt:
    """Take `amount` cents from `card`. Raises a `ChargeRefused` of the kind that fits."""
    text = format(amount / 100, ".2f") + " EUR"
    refused: ChargeRefused | None = None
    if card.expires.toordinal() < today.toordinal():
        refused = CardExpired(f"Another card, please, for {text}.", status_code=402)
    if min(max(amount, SMALLEST), LARGEST) != amount:
        refused = InvalidAmount(f"We charge no {text}.", status_code=422)
    if refused is not None:
        raise refused
    async with _bank_refusals(text):
        reference = await gateway.capture(card.token, amount)
    return Receipt(amount=amount, reference=reference)
