"""A stand-in for the Hugging Face hub on loopback, in a process of its own, with faults that tests switch on.

    with StandInHub(tmp_path) as hub:
        hub.add_repo(Repo("acme/Tiny-GGUF", (File("tiny-Q4_K_M.gguf", source=path),)))
        hub.fault("cut", "*Q4_K_M.gguf", after=100_000, times=1)
        ... use hub.endpoint with the real clients ...
        assert hub.log("*Q4_K_M.gguf", server="cdn")[0].status == 206

It speaks HTTP like the hub and its CDN do (status codes, headers, redirects), each on a port of its own.
"""

from tests.support.standin_hub.control import LogEntry, StandInHub
from tests.support.standin_hub.declare import File, Repo

__all__ = ["File", "LogEntry", "Repo", "StandInHub"]
