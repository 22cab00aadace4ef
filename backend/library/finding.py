"""From what a person types to one model of the library."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from backend.errors import AppError
from backend.hubs.choosing import usual
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import LibraryModel

_NEAR = 3


def find(spec: str, models: Sequence[LibraryModel], *, sure: bool = False) -> LibraryModel:
    """The model that `spec` means: an id, a repository (with a file or quantization), or the start of a name.

    Case does not matter. Of several quantizations of one model the usual one is taken. With `sure`, as for
    what cannot be undone, the start of a name is not enough, and nothing is chosen.

    Raises:
        AppError: ``library.not_found`` naming near models, or ``library.ambiguous`` naming those it may mean.
    """
    wanted = spec.strip().casefold()
    parsed = parse_query(spec.strip())
    if parsed.kind is Kind.REPO and parsed.repo_id:
        repo = parsed.repo_id.casefold()
        rows = [m for m in models if m.source is not Source.OLLAMA and (m.repo_id or "").casefold() == repo]
        if parsed.file:
            file = parsed.file.casefold()
            rows = [m for m in rows if m.id.casefold().replace("\\", "/").endswith(f"/{file}")]
        else:
            rows = [m for m in rows if m.kind == "model"] or rows
        if parsed.quant:
            rows = [m for m in rows if m.quant.casefold() == parsed.quant.casefold()]
        if rows or parsed.explicit:
            return _one(spec, rows, models, sure)
    if parsed.kind is Kind.OLLAMA:
        tag = f"ollama:{parsed.name}:{parsed.tag or 'latest'}".casefold()
        if rows := [m for m in models if m.id.casefold() == tag]:
            return _one(spec, rows, models, sure)
        if not parsed.tag:
            rows = [m for m in models if m.id.casefold().startswith(f"ollama:{parsed.name}:".casefold())]
        if rows or parsed.explicit:
            return _one(spec, rows, models, sure)
    exact = [m for m in models if wanted in _names(m)]
    if exact or sure:
        return _one(spec, exact, models, sure)
    starts = [m for m in models if wanted and any(n.startswith(wanted) for n in _names(m))]
    return _one(spec, starts, models, sure)


def as_path(spec: str) -> Path | None:
    """The file that `spec` names by its path; None where it is no path.

    Raises:
        AppError: ``library.no_file``.
    """
    parsed = parse_query(spec)
    named = Path(os.path.expanduser(parsed.text) if parsed.kind is Kind.PATH else spec)  # noqa: PTH111
    if parsed.kind is not Kind.PATH and named.suffix.lower() != ".gguf":
        return None
    if os.path.isfile(named):  # noqa: PTH113  # unlike Path's, says False to a name that cannot be
        return named
    if named.is_absolute() or spec.startswith(("~", ".")):
        if os.path.isdir(named):  # noqa: PTH112
            raise AppError(
                "library.no_file",
                tr("{path} is a folder, not a model file.", path=str(named)),
                tr("Name a .gguf file in it. Of a folder with safetensors, orangery convert makes one."),
            )
        raise AppError(
            "library.no_file",
            tr("There is no file {path}.", path=str(named)),
            tr("Check the path, or choose a model from the library."),
        )
    return None


def _names(model: LibraryModel) -> set[str]:
    """Everything that may be typed for `model`, folded."""
    names = {model.id, model.id.removeprefix("hf:"), model.name, model.path.name, model.path.stem}
    names.add(f"{model.name}:{model.quant}")
    if model.source is Source.OLLAMA:
        names.add(model.id.removeprefix("ollama:"))
    if model.repo_id:
        names |= {model.repo_id, model.repo_id.split("/")[-1]}
    return {name.casefold() for name in names if name}


def _one(spec: str, rows: Sequence[LibraryModel], models: Sequence[LibraryModel], sure: bool) -> LibraryModel:
    if not rows:
        raise not_found(spec, models)
    # An adapter or projector is meant only where nothing else is.
    rows = [model for model in rows if model.kind == "model"] or rows
    if len(rows) == 1:
        return rows[0]
    # The same weights in several stores are one answer.
    if not sure and len(firsts := [m for m in rows if m.duplicates_of not in {row.id for row in rows}]) == 1:
        return firsts[0]
    if not sure and len({model.repo_id or model.id for model in rows}) == 1:
        usable = [model for model in rows if not model.problem] or rows
        chosen = usual(usable, lambda model: model.quant)
        assert chosen is not None
        return chosen
    raise AppError(
        "library.ambiguous",
        tr("{spec} can mean several models.", spec=spec),
        tr("Write one of: {names}.", names=_list(model.id for model in rows)),
    )


def no_entry(model_id: str, models: Sequence[LibraryModel]) -> AppError:
    """What has this id does not belong to the library, be it a file that is there."""
    if not os.path.isfile(model_id):  # noqa: PTH113
        return not_found(model_id, models)
    return AppError(
        "library.not_found",
        tr("{path} is not in the library.", path=model_id),
        tr("Drop the file or its folder on the Library page first."),
    )


def no_model(path: Path) -> AppError:
    """The file at `path` is none that the library would list."""
    return AppError(
        "library.no_file",
        tr("{path} is not a model file.", path=str(path)),
        tr("Choose a file that ends in .gguf."),
    )


def not_found(spec: str, models: Sequence[LibraryModel]) -> AppError:
    """Nothing in the library is called `spec`."""
    by_name = {name: model.id for model in models for name in _names(model)}
    near = difflib.get_close_matches(spec.strip().casefold(), by_name, n=2 * _NEAR, cutoff=0.5)
    near += [name for name in by_name if spec.strip() and spec.strip().casefold() in name]
    ids = list(dict.fromkeys(by_name[name] for name in near))[:_NEAR]
    if ids:
        hint = tr("Did you mean {names}?", names=_list(ids))
    elif models:
        hint = tr("The library has: {names}.", names=_list(model.id for model in models[:10]))
    else:
        hint = tr("The library is empty. Download a model first.")
    return AppError("library.not_found", tr("There is no model {spec} in the library.", spec=spec), hint)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
