"""Run the stand-in hub: `python -m tests.support.standin_hub`; prints its two ports as one JSON line."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from pathlib import Path

from tests.support.standin.serving import Server
from tests.support.standin_hub.hub import CdnHandler, HubHandler
from tests.support.standin_hub.state import State


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cdn-port", type=int, default=0)
    parser.add_argument(
        "--root", type=Path, default=None, help="folder with a repos.json to load, if there is one"
    )
    parser.add_argument("--until-eof", action="store_true", help="stop when standard input is closed")
    options = parser.parse_args()

    state = State()
    hub = Server(options.port, HubHandler, state, "hub")
    cdn = Server(options.cdn_port, CdnHandler, state, "cdn")
    state.hub_url, state.cdn_url = hub.url, cdn.url
    if options.root is not None:
        state.load(options.root)
    for server in (hub, cdn):
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    print(json.dumps({"port": hub.server_port, "cdn_port": cdn.server_port}), flush=True)
    try:
        if options.until_eof:
            sys.stdin.read()
        else:
            threading.Event().wait()
    except KeyboardInterrupt:
        pass


main()
