"""Who asks: signed tokens, `USER:EXPIRES_AT:SIGNATURE`. A user is known by an e-mail address."""

import hashlib
import hmac


def sign(key: bytes, message: bytes) -> str:
    """The HMAC-SHA256 of a message, in lower-case hexadecimal digits."""
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def is_signed(key: bytes, message: bytes, signature: str) -> bool:
    """Whether a signature belongs to a message. Takes as long for a wrong one as for a right one."""
    return hmac.compare_digest(sign(key, message).encode(), signature.encode())


def issue_token(key: bytes, user: str, expires_at: int) -> str:
    """A token with which `user` can ask until `expires_at`."""
    claim = f"{user}:{expires_at}"
    return f"{claim}:{sign(key, claim.encode())}"


def user_of(key: bytes, token: str, now: int) -> str | None:
    """Whose token this is, or None when it is no token, not ours, or expired."""
    parts = token.split(":")
    if len(parts) != 3 or not parts[1].isdecimal():
        return None
    user, expires_at, _ = parts
    is_ours = hmac.compare_digest(issue_token(key, user, int(expires_at)).encode(), token.encode())
    return user if is_ours and int(expires_at) > now else None
