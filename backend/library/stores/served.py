"""Which models an Ollama daemon has in a store that this program may not read, or on another machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from backend.gguf.names import quant_label
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.stores.found import FoundModel
from backend.library.types import Store


class ServedModel(Protocol):
    """What is needed of `backend.hubs.ollama.daemon.DaemonModel`."""

    @property
    def name(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def quant(self) -> str: ...


def model_id(model: ServedModel) -> str:
    """The id that the same model has where its store can be read."""
    return f"ollama:{model.name}"


def rows(host: str, models: Iterable[ServedModel]) -> tuple[FoundModel, ...]:
    """A row for each of `models`, which only the daemon at `host` can open."""
    problem = tr("The Ollama server at {host} has it, where Orangery cannot read it.", host=host)
    return tuple(
        FoundModel(
            id=model_id(model),
            store=Store.OLLAMA,
            root=None,
            name=model.name.rpartition("/")[2],
            owner=model.name.rpartition("/")[0],
            source=Source.OLLAMA,
            path=Path(host) / model.name,
            parts=(),
            quant=quant_label(model.quant or model.name.replace(":", "-")),
            commit=model.digest,
            problem=problem,
            told=model.size,
        )
        for model in models
    )
