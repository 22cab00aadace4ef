"""Run the stand-in: `python -m tests.support.standin_ollama`; prints its ports as one JSON line."""

from __future__ import annotations

import argparse
import json
import sys
import threading

from tests.support.standin.serving import Server
from tests.support.standin_ollama.serve import LibraryHandler, RegistryHandler, StoreHandler
from tests.support.standin_ollama.state import State


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--store-port", type=int, default=0)
    parser.add_argument("--library-port", type=int, default=0)
    parser.add_argument("--store-host", default="127.0.0.1", help="name in presigned addresses")
    parser.add_argument("--rows", type=int, default=0, help="how many made-up models to offer")
    parser.add_argument("--until-eof", action="store_true", help="stop when standard input is closed")
    options = parser.parse_args()

    state = State()
    registry = Server(options.port, RegistryHandler, state, "registry")
    store = Server(options.store_port, StoreHandler, state, "store")
    library = Server(options.library_port, LibraryHandler, state, "library")
    state.store_url = f"http://{options.store_host}:{store.server_port}"
    if options.rows:
        state.control({"op": "rows", "count": options.rows})
    for server in (registry, store, library):
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    ports = {
        "port": registry.server_port,
        "store_port": store.server_port,
        "library_port": library.server_port,
    }
    print(json.dumps(ports), flush=True)
    try:
        if options.until_eof:
            sys.stdin.read()
        else:
            threading.Event().wait()
    except KeyboardInterrupt:
        pass


main()
