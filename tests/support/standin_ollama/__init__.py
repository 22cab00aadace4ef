"""A stand-in for Ollama's registry and library pages on loopback, in a process of its own, with faults.

    with StandInOllama() as ollama:
        ollama.add(Model("tiny", (Tag("1b", File("w", source=path)),), sizes=("1b",), pulls="1.2M"))
        ollama.fault("cut", "/v2/library/tiny/*", after=100)
        ... use ollama.registry and ollama.library with the real network layer ...
        assert ollama.log("/blobs/*", server="store")[0].status == 206

Three servers on ports of their own: ``registry`` (`/v2/…`), ``store`` (the presigned addresses that blobs
redirect to) and ``library`` (the web pages, in the styles of `pages`). For faults see
`tests.support.standin.faults`.
"""

from tests.support.standin.process import LogEntry
from tests.support.standin_hub.declare import File
from tests.support.standin_ollama.control import StandInOllama
from tests.support.standin_ollama.declare import Layer, Model, Tag

__all__ = ["File", "Layer", "LogEntry", "Model", "StandInOllama", "Tag"]
