"""Starting and steering the stand-in registry and library from a test."""

from __future__ import annotations

from pathlib import Path

from tests.support.standin.process import StandIn
from tests.support.standin_ollama.declare import Model, to_json


class StandInOllama(StandIn):
    """The stand-in as a process; use it as a context manager.

    Attributes:
        registry: Address of the registry, for ORANGERY_OLLAMA_REGISTRY.
        library: Address of the library pages, for ORANGERY_OLLAMA_LIBRARY.
        store: Address of what the registry redirects to.
    """

    def __init__(self, *, store_host: str = "127.0.0.1") -> None:
        super().__init__("tests.support.standin_ollama", "--store-host", store_host)
        self.registry = f"http://127.0.0.1:{self.ports['port']}"
        self.library = f"http://127.0.0.1:{self.ports['library_port']}"
        self.store = f"http://{store_host}:{self.ports['store_port']}"

    def add(self, model: Model) -> dict[str, str]:
        """Add or replace a model; returns the digest of each tag's manifest."""
        return dict(self._command(op="model", model=to_json(model)))

    def add_rows(self, count: int, prefix: str = "plant", head: Path | None = None) -> None:
        """Add many made-up models, for paging; `head` is a GGUF whose bytes begin all their weights."""
        self._command(op="rows", count=count, prefix=prefix, head=str(head) if head else None)

    def remove(self, name: str) -> None:
        self._command(op="remove", name=name)

    def style(self, style: str) -> None:
        """How the pages look: ``plain``, ``markers`` or ``redesigned`` (unreadable)."""
        self._command(op="style", style=style)

    def page_size(self, rows: int) -> None:
        """How many models a result page has."""
        self._command(op="page_size", rows=rows)
