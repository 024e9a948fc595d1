"""The tokens of the language school: who somebody is, until when, and a signature over both."""

import hashlib
import hmac


def issue_token(user: str, expires_at: int, key: bytes) -> str:
    """A token, `user.expires_at.signature`. The login service calls this."""
    claims = f"{user}.{expires_at}"
    return f"{claims}.{sign(claims, key)}"


def read_token(token: str, key: bytes, now: int) -> str | None:
    """The user of a token that was signed with `key` and is not over; None for any other text."""
    claims, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature.encode(), sign(claims, key).encode()):
        return None
    user, _, expires_at = claims.rpartition(".")
    return user if now < int(expires_at) else None


def sign(claims: str, key: bytes) -> str:
    """The signature of these claims, in hexadecimal digits."""
    return hmac.new(key, claims.encode(), hashlib.sha256).hexdigest()
