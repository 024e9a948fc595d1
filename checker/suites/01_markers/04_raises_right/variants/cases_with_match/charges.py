"""Charge a card through the payment gateway, or refuse with an error that says why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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


async def charge(card: Card, amount: int, *, gateway: Gateway, today: date) -> Receipt:
    """Take `amount` cents from `card`. Raises a `ChargeRefused` of the kind that fits."""
    euros = _euros(amount)
    match (amount < SMALLEST or amount > LARGEST, card.expires >= today):
        case (True, _):
            raise InvalidAmount(f"amount out of range ({euros})", status_code=422)
        case (False, False):
            raise CardExpired(f"the card ran out before {today}; {euros} not taken", status_code=402)
    declined: Declined | None = None
    reference = ""
    try:
        reference = await gateway.capture(card.token, amount)
    except Declined as error:
        declined = error
    if declined is not None:
        raise CardDeclined(f"{euros}: {declined}", status_code=409) from declined
    return Receipt(reference, amount)


def _euros(amount: int) -> str:
    return f"{Decimal(amount).scaleb(-2):.2f} EUR"
