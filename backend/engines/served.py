"""What a server is and which models it has: one look at a connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from backend.engines.remote import Caller
from backend.errors import AppError
from backend.hubs.ollama.daemon import OllamaDaemon
from backend.i18n import tr
from backend.net import errors
from backend.net.leash import Leash
from backend.net.network import Network

Dialect = Literal["llama-server", "vllm", "lmstudio", "plain"]
"""What of the request is understood beyond the common ground."""

HF_ROUTER = "router.huggingface.co"
_MOST_MODELS = 10_000
_OWNERS: dict[str, tuple[Dialect, str]] = {
    "llamacpp": ("llama-server", "llama-server"),
    "vllm": ("vllm", "vLLM"),
    "organization_owner": ("lmstudio", "LM Studio"),
    "library": ("plain", "Ollama"),
}
"""The field `owned_by` of what they list, and who writes it there."""


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model of a server. Bytes and tokens; 0, None and empty where the server does not tell.

    Attributes:
        digest: SHA-256 of its manifest in an Ollama store.
    """

    name: str
    quant: str = ""
    context_length: int | None = None
    vision: bool = False
    size: int = 0
    parameters: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """A server as it was when it was looked at."""

    software: str = ""
    version: str = ""
    dialect: Dialect = "plain"
    models: tuple[ServedModel, ...] = ()

    def find(self, name: str) -> ServedModel | None:
        """The model called `name`; what stands behind a last colon may choose who runs it."""
        wanted = (name, name.rpartition(":")[0])
        return next((model for model in self.models if model.name in wanted), None)


def look(network: Network, caller: Caller, leash: Leash | None = None) -> Served:
    """Ask a server what it is and has. Pulling the `leash` gives up.

    Raises:
        AppError: ``remote.…`` and ``net.…``.
    """
    if caller.login.connection.kind == "ollama":
        return _ollama(network, caller, leash)
    return _openai(caller, leash)


def _ollama(network: Network, caller: Caller, leash: Leash | None) -> Served:
    connection, key = caller.login
    told = caller.ask(f"{connection.url}/api/version", leash=leash)
    version = _text(told.get("version")) if isinstance(told, dict) else ""
    if not version:
        raise _no_such_server(caller.host, "Ollama")
    env = {"OLLAMA_HOST": connection.url, "OLLAMA_API_KEY": key or ""}
    rows = OllamaDaemon(network, env=env).installed()
    return Served(
        "Ollama",
        version,
        models=tuple(
            ServedModel(
                row.name,
                row.quant,
                row.context_length,
                "vision" in row.capabilities,
                row.size,
                digest=row.digest,
            )
            for row in rows
            if not row.capabilities or "completion" in row.capabilities
        ),
    )


def _openai(caller: Caller, leash: Leash | None) -> Served:
    connection = caller.login.connection
    told = caller.ask(f"{connection.url}/models", leash=leash)
    entries = told.get("data") if isinstance(told, dict) else told
    if not isinstance(entries, list):
        raise _no_such_server(caller.host, "OpenAI")
    rows = [entry for entry in entries[:_MOST_MODELS] if isinstance(entry, dict)]
    owner = _text(rows[0].get("owned_by")) if rows else ""
    dialect, software = _OWNERS.get(owner, ("plain", ""))
    if urlsplit(connection.url).hostname == HF_ROUTER:
        dialect, software = "plain", "Hugging Face"
    also = _named(told.get("models")) if isinstance(told, dict) else {}
    models = {row.name: row for entry in rows if (row := _model(entry, also)) is not None}
    return Served(software, _version(caller, dialect), dialect, tuple(models.values()))


def _version(caller: Caller, dialect: Dialect) -> str:
    root = caller.login.connection.root
    place = {"vllm": ("/version", "version"), "llama-server": ("/props", "build_info")}.get(dialect)
    if place is None:
        return ""
    try:
        told = caller.ask(root + place[0])
    except AppError:  # it may be closed to guests
        return ""
    return _text(told.get(place[1])) if isinstance(told, dict) else ""


def _model(entry: Mapping[str, Any], also: Mapping[str, Mapping[str, Any]]) -> ServedModel | None:
    name = entry.get("id")
    if not isinstance(name, str) or not 0 < len(name) <= 400 or not name.isprintable() or " " in name:
        return None
    meta = _dict(entry.get("meta"))
    kinds = also.get(name, {}).get("capabilities")
    inputs = _dict(entry.get("architecture")).get("input_modalities")
    offered = [_count(_dict(each).get("context_length")) for each in _list(entry.get("providers"))]
    context = (
        _count(entry.get("max_model_len"))
        or _count(meta.get("n_ctx"))
        or _count(entry.get("context_length"))
        or max(offered, default=0)
    )
    return ServedModel(
        name,
        context_length=context or None,
        vision="multimodal" in _list(kinds) or "image" in _list(inputs),
        size=_count(meta.get("size")),
        parameters=_count(meta.get("n_params")),
    )


def _named(value: object) -> dict[str, Mapping[str, Any]]:
    if not isinstance(value, list):
        return {}
    return {_text(_dict(each).get("name")): _dict(each) for each in value[:_MOST_MODELS]}


def _no_such_server(host: str, kind: str) -> AppError:
    found = errors.unreadable(host, "")
    return AppError(
        "remote.other",
        found.title,
        tr("It may be another kind of server than {kind}. Check the address.", kind=kind),
        retryable=True,
    )


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= 200 and value.isprintable() else ""


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53 else 0
