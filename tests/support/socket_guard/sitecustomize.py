"""Python imports this at start when its folder is on PYTHONPATH: every attempt to reach a network address is
written to the file that ORANGERY_SOCKET_LOG names, and refused. Local (Unix) sockets are let through."""

import os
import sys


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        if not isinstance(address, tuple):  # a Unix socket's path
            return
    elif event not in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        return
    else:
        address = arguments[0] if event != "socket.sendto" else arguments[1]
    with open(os.environ["ORANGERY_SOCKET_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123
        log.write(f"{event} {address!r}\n")
    raise OSError(f"the test's socket guard refused {event} {address!r}")


if os.environ.get("ORANGERY_SOCKET_LOG"):
    sys.addaudithook(_guard)
