"""Python imports this at start when its folder is on PYTHONPATH: every attempt to reach a network address is
written to ``attempts.log`` beside this file, and refused. Local (Unix) sockets are let through.

Copy it into a folder of the test's own. Worker processes inherit PYTHONPATH and little else, so the place of
the notes is the guard's own folder, and each guarded process leaves its command line in ``processes.log``.
"""

import os
import sys

_FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120


def _note(name: str, line: str) -> None:
    with open(os.path.join(_FOLDER, name), "a", encoding="utf-8") as log:  # noqa: PTH118, PTH123
        log.write(line + "\n")


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        if not isinstance(address, tuple):  # a Unix socket's path
            return
    elif event not in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        return
    else:
        address = arguments[0] if event != "socket.sendto" else arguments[1]
    _note("attempts.log", f"{event} {address!r}")
    raise OSError(f"the test's socket guard refused {event} {address!r}")


sys.addaudithook(_guard)
_note("processes.log", f"{os.getpid()} {' '.join(getattr(sys, 'orig_argv', []))}")
