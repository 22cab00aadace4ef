"""What a part file holds at this moment, for a process that is killed: cheap, because nothing is synced.

A killed process loses nothing that it has written; only a machine that goes down does. So this note names
bytes that were written, and counts only while the machine has not been restarted since. It is overwritten in
place by one small write. Where the system does not tell one start from another, there is no such note.
"""

from __future__ import annotations

import functools
import json
import os
import stat
import zlib
from pathlib import Path

_LARGEST = 1 << 16


@functools.cache
def boot_id() -> str:
    """Names the time since this machine was started; empty where that is unknown."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def note(data: bytes, inode: int) -> bytes:
    """The note that `data` describes the part file with this inode, now."""
    body = json.dumps({"boot": boot_id(), "inode": inode}).encode() + b"\n" + data
    return b"%08x %d\n%s" % (zlib.crc32(body), len(body), body)


def read_note(path: Path, part: Path) -> bytes | None:
    """What was noted about `part` since the machine was started, or None."""
    try:
        if not boot_id() or not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        with path.open("rb") as file:
            first, _, body = file.read(_LARGEST).partition(b"\n")
        checksum, length = first.split()
        body = body[: int(length)]  # behind it lies what is left of a longer one
        head, _, data = body.partition(b"\n")
        if int(checksum, 16) != zlib.crc32(body):
            return None
        about = json.loads(head)
        same = about == {"boot": boot_id(), "inode": os.lstat(part).st_ino}
        return data if same else None
    except (OSError, ValueError, RecursionError):
        return None
