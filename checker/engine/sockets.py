"""Sockets between the program, the zygote and its workers: whole JSON messages, with descriptors beside them."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

MESSAGE_LIMIT_B = 1 << 20
ORPHAN_CHECK_S = 2.0


def pair() -> tuple[socket.socket, socket.socket]:
    """Two connected sockets that keep the bounds of messages."""
    kind = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_DGRAM
    ends = socket.socketpair(socket.AF_UNIX, kind)
    for end in ends:
        _widened(end)
    return ends


def listener(place: Path) -> socket.socket:
    """A socket at a path, for one that comes from elsewhere (Linux)."""
    end = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        end.bind(str(place))
        end.listen(1)
    except OSError:
        end.close()
        raise
    return end


def opened(where: str) -> socket.socket:
    """The socket of this descriptor, or one that is connected to this path."""
    if where.isdecimal():
        return socket.socket(fileno=int(where))
    end = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    end.connect(where)
    return _widened(end)


def _widened(end: socket.socket) -> socket.socket:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MESSAGE_LIMIT_B)
    return end


def receive(end: socket.socket, parent: int) -> tuple[dict[str, Any] | None, list[int]]:
    """The next message and its descriptors; None when the other side is gone."""
    end.settimeout(ORPHAN_CHECK_S)
    while True:
        try:
            data, descriptors, _, _ = socket.recv_fds(end, MESSAGE_LIMIT_B, 4)
        except TimeoutError:
            if os.getppid() != parent:
                return None, []
            continue
        except OSError:
            return None, []
        return (json.loads(data), list(descriptors)) if data else (None, [])
