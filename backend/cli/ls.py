"""``ls``: the models on this disk."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import output
from backend.cli.session import opened
from backend.engines.types import ChatModel
from backend.errors import AppError
from backend.i18n import tr
from backend.library.stores.found import shown, stable_id
from backend.library.types import LibraryModel, Store

if TYPE_CHECKING:
    from backend.app import Backend


@dataclass(frozen=True, slots=True)
class Row:
    """One model of ``ls --json``; sizes in bytes, speed in measured tokens per second, times in Unix seconds.
    `duplicates_of` is the id of a model with the same weights.
    """

    id: str
    name: str
    owner: str
    store: str
    path: Path
    size: int
    quant: str
    quantization: str
    kind: str
    architecture: str | None
    parameters: int | None
    context_length: int | None
    sha256: str | None
    verified: bool
    duplicates_of: str | None
    used: float | None
    tokens_per_second: float | None
    memory: int | None
    problem: str


@dataclass(frozen=True, slots=True)
class RemoteRow:
    """One model of ``ls --remote --json``; `id` is what ``chat`` takes."""

    id: str
    name: str
    engine: str
    connection: str
    quant: str
    context_length: int | None
    vision: bool


def ls(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    remote: Annotated[bool, typer.Option("--remote", help="Those of the connections instead.")] = False,
) -> None:
    """List the models on this disk."""
    with opened(context) as backend:
        if remote:
            _list_remote(backend, as_json)
            return
        with contextlib.suppress(AppError):  # what answers there is no Ollama, or may not be asked now
            backend.library.ask_daemon()
        models = backend.library.models()
    if as_json:
        output.document([_row(model) for model in models])
        return
    names = _short_names(models)
    output.table(
        [
            (
                shown(names[model.id]),
                store_word(model.store),
                model.quant,
                output.count(model.parameters),
                output.size(model.size),
                f"{model.tokens_per_second:.0f}" if model.tokens_per_second else "–",
                model.problem
                or (
                    tr("same as {model}", model=shown(names.get(model.duplicates_of, model.duplicates_of)))
                    if model.duplicates_of
                    else ""
                ),
            )
            for model in models
        ],
        (tr("Model"), tr("Store"), tr("Quant"), tr("Params"), tr("Size"), tr("Tokens/s"), ""),
    )


def _short_names(models: Sequence[LibraryModel]) -> dict[str, str]:
    """What each model is called here: its id, or the name of its file where the id is a path and no other
    model has a file of that name. Both can be given to any command."""
    stems = Counter(model.path.stem.casefold() for model in models)
    return {
        model.id: model.path.stem
        if model.id == stable_id(model.path) and stems[model.path.stem.casefold()] == 1
        else model.id
        for model in models
    }


def _list_remote(backend: Backend, as_json: bool) -> None:
    """Ask every connection; one that does not answer is told on stderr."""
    models: list[ChatModel] = []
    for connection in backend.connections.all():
        try:
            models += backend.connections.models(connection)
        except AppError as error:
            output.say(f"{connection.name}: {error}")
    if as_json:
        output.document(
            [
                RemoteRow(row.id, row.name, row.engine, row.host, row.quant, row.context_length, row.vision)
                for row in models
            ]
        )
        return
    output.table(
        [(row.id, row.host, row.quant, output.count(row.context_length)) for row in models],
        (tr("Model"), tr("Connection"), tr("Quant"), tr("Context")),
    )


def _row(model: LibraryModel) -> Row:
    return Row(
        id=model.id,
        name=model.name,
        owner=model.owner,
        store=model.store.value,
        path=model.path,
        size=model.size,
        quant=model.quant,
        quantization=model.quant,
        kind=model.kind,
        architecture=model.architecture,
        parameters=model.parameters,
        context_length=model.context_length,
        sha256=model.sha256,
        verified=model.verified,
        duplicates_of=model.duplicates_of,
        used=model.used,
        tokens_per_second=model.tokens_per_second,
        memory=model.memory,
        problem=model.problem,
    )


def store_word(store: Store) -> str:
    """The name of a store in a table."""
    match store:
        case Store.BUNDLED:
            return tr("Bundled")
        case Store.HUB_CACHE:
            return tr("Hugging Face")
        case Store.OLLAMA:
            return "Ollama"
        case Store.LM_STUDIO:
            return "LM Studio"
        case Store.JAN:
            return "Jan"
        case Store.LLAMA_CPP:
            return "llama.cpp"
        case Store.MODELS:
            return tr("Made here")
        case Store.FOLDER:
            return tr("Folder")
