"""A filter of system calls for the sandbox: those that leave something in the kernel for the next trial are refused.

Shared memory, semaphores and message queues of System V, POSIX message queues and the kernel's keys outlive the process
that made them, and belong to no folder. The filter is a classic BPF program, as `seccomp(2)` takes it.
"""

from __future__ import annotations

import errno
import platform
import struct

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE = 0, 4  # offsets in the `seccomp_data` that the program looks at
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_FOREIGN = 0x40000000  # x32 has the calls of x86-64 once more, from here on

# machine → its AUDIT_ARCH, and there: shmget, semget, msgget, mq_open, add_key, request_key, keyctl
_CALLS = {
    "x86_64": (0xC000003E, (29, 64, 68, 240, 248, 249, 250)),
    "aarch64": (0xC00000B7, (194, 190, 186, 180, 217, 218, 219)),
}


def program(machine: str | None = None) -> bytes:
    """The filter for a machine, by default this one; empty where its calls are not known."""
    known = _CALLS.get(machine or platform.machine())
    if known is None:
        return b""
    architecture, calls = known
    tests = [(_AT_LEAST, _FOREIGN), *((_EQUAL, call) for call in calls)]
    code = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, len(tests) + 2, architecture),  # another machine's calls: to the refusal
        (_LOAD, 0, 0, _NUMBER),
        *((kind, len(tests) - at, 0, value) for at, (kind, value) in enumerate(tests)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *each) for each in code)
