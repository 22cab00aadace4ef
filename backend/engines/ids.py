"""Names of models that other engines run: ``openai@<connection>/<model>`` and the same with ``ollama@``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

RemoteKind = Literal["ollama", "openai"]

_ID = re.compile(r"(ollama|openai)@([a-z0-9][a-z0-9-]{0,63})/(\S{1,400})", re.ASCII)


@dataclass(frozen=True, slots=True)
class RemoteId:
    """A model behind a connection, as chats and comparisons remember it."""

    kind: RemoteKind
    connection: str
    model: str

    def __str__(self) -> str:
        return f"{self.kind}@{self.connection}/{self.model}"


def remote_id(text: str) -> RemoteId | None:
    """What `text`, the id of a model or the key of a loaded one, names on another engine; None for a model of
    this machine's own engine."""
    found = _ID.fullmatch(text.partition("#")[0])
    if found is None:
        return None
    kind, connection, model = found.groups()
    return RemoteId("ollama" if kind == "ollama" else "openai", connection, model)
