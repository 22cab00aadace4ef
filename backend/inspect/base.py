"""Finds the chat template of the model that a file was made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from backend.errors import AppError
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import RepoDetail, Source
from backend.inspect.types import FileFacts
from backend.library.types import LibraryModel

TEMPLATE_LIMIT = 1_000_000
CONFIG_LIMIT = 8_000_000
"""Bytes; some tokenizer_config.json list every added token."""
_DETAIL_AGE_S = 3_600.0
_MADE_FROM = ("general.source.repo_url", "general.source.url", "general.base_model.0.repo_url")


class HubFiles(Protocol):
    """What is asked of the hub."""

    def known_detail(self, repo_id: str) -> RepoDetail | None: ...

    def detail(self, repo_id: str, *, max_age: float = 0.0) -> RepoDetail: ...

    def small_file(
        self, repo_id: str, commit: str, path: str, limit: int, *, ask: bool = True
    ) -> bytes | None: ...


class Models(Protocol):
    """What is asked of the library."""

    def models(self) -> tuple[LibraryModel, ...]: ...


class BaseTemplate(NamedTuple):
    """A template and where it is from."""

    name: str
    text: str
    from_library: bool


class BaseTemplates:
    """Looks in what was seen of the hub, in the library, and on the hub itself where that is allowed.

    Args:
        template_of: Reads the template of a file on this disk; may raise `AppError`.
    """

    def __init__(self, hub: HubFiles, library: Models, template_of: Callable[[Path], str]) -> None:
        self._hub = hub
        self._library = library
        self._template_of = template_of

    def find(self, model: LibraryModel, facts: FileFacts, *, ask: bool) -> BaseTemplate | None:
        """The base model's template; None where the base, or its template, is not known.

        Raises:
            AppError: With `ask`, what kept the hub from answering.
        """
        base = self._base_of(model, facts, ask)
        if base is None:
            return None
        problem: AppError | None = None
        try:
            text = self._from_hub(base, ask)
        except AppError as error:
            text, problem = "", error
        if text:
            return BaseTemplate(base, text, False)
        near = self._from_library(model, base)
        if near is None and problem is not None:
            raise problem
        return near

    def _base_of(self, model: LibraryModel, facts: FileFacts, ask: bool) -> str | None:
        declared = self._declared(model, ask)
        return next((base for base in (*declared, *_named(facts)) if base != model.repo_id), None)

    def _declared(self, model: LibraryModel, ask: bool) -> tuple[str, ...]:
        """What the repository says that the model was made from."""
        if model.source is not Source.HUGGING_FACE or model.repo_id is None:
            return ()
        detail = self._hub.known_detail(model.repo_id)
        if detail is None and ask:
            try:
                detail = self._hub.detail(model.repo_id)
            except AppError as error:
                if error.code.startswith("net."):
                    raise
        return detail.model.base_models if detail is not None else ()

    def _from_hub(self, base: str, ask: bool) -> str:
        detail = self._hub.detail(base, max_age=_DETAIL_AGE_S) if ask else self._hub.known_detail(base)
        if detail is None:
            return ""
        there = {file.path for file in detail.files}
        for name, limit, read in (
            ("chat_template.jinja", TEMPLATE_LIMIT, _plain),
            ("tokenizer_config.json", CONFIG_LIMIT, _configured),
            ("chat_template.json", TEMPLATE_LIMIT, _configured),
        ):
            if name in there:
                body = self._hub.small_file(base, detail.commit, name, limit, ask=ask)
                text = read(body) if body is not None else ""
                if text:
                    return text
        return ""

    def _from_library(self, model: LibraryModel, base: str) -> BaseTemplate | None:
        """The template of a file of the base, from the base's own maker, in the library."""
        owner, names = base.split("/")[0].casefold(), {base.casefold(), f"{base}-gguf".casefold()}
        for row in self._library.models():
            if row.id == model.id or row.problem or row.source is not Source.HUGGING_FACE or not row.repo_id:
                continue
            own = row.repo_id.casefold() in names or (
                row.owner.casefold() == owner and base in self._declared(row, False)
            )
            if not own or row.repo_id == model.repo_id:
                continue
            try:
                text = self._template_of(row.path)
            except AppError:
                continue
            if text:
                return BaseTemplate(row.path.name, text, True)
        return None


def _named(facts: FileFacts) -> Iterator[str]:
    """Repositories of the hub that the file itself says it was made from."""
    for key in _MADE_FROM:
        parsed = parse_query(facts.value(key))
        if parsed.kind is Kind.REPO and parsed.repo_id:
            yield parsed.repo_id


def _plain(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _configured(body: bytes) -> str:
    """The template in a tokenizer's configuration, which may hold several under names."""
    try:
        config = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    found = config.get("chat_template") if isinstance(config, Mapping) else None
    if isinstance(found, str):
        return found
    choices = [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []
    choices.sort(key=lambda entry: entry.get("name") != "default")
    text = choices[0].get("template") if choices else ""
    return text if isinstance(text, str) else ""
