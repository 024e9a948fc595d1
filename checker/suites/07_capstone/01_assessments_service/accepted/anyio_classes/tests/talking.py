"""Asking the app, as anybody."""

import hashlib
import hmac
import json

from httpx import ASGITransport, AsyncClient

NOON = 1_700_000_123
ANN, BOB, CAT = "ann@x.org", "bob@x.org", "cat@x.org"
JELLY = {"title": "Jelly", "questions": ["a", "b"], "price_cents": 0, "days": 2}


def signature(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def token(user, until=NOON + 5000, key=b"door"):
    return f"{user}:{until}:" + signature(key, f"{user}:{until}")


class Talk(AsyncClient):
    def __init__(self, app):
        super().__init__(
            transport=ASGITransport(app=app, raise_app_exceptions=False), base_url="http://talk/"
        )

    async def as_(self, user, method, path, body=None):
        headers = {"Authorization": "Bearer " + token(user)}
        response = await self.request(method, "/assessments" + path, json=body, headers=headers)
        return response.status_code, response.json()

    async def pay(self, id, cents=300, learner=BOB, at=NOON, assessment=5, header=None, type="payment.succeeded"):
        event = {"cents": cents, "id": id, "learner": learner, "assessment": assessment, "type": type}
        body = json.dumps(event, separators=(" , ", ":  "))
        if header is None:
            header = f"t={at},v1=" + signature(b"cash", f"{at}.{body}")
        response = await self.post(
            "/payments/events", content=body.encode(), headers={"Payment-Signature": header}
        )
        return response.status_code, response.json()
