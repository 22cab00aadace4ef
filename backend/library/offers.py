"""Whether the gardens have newer weights for models of the library. Asks the network: only when told to."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from backend.errors import AppError
from backend.gguf.names import shard_info
from backend.hubs.types import QuantFile, RemoteFile, RepoDetail, Source
from backend.library.rows import Entry
from backend.library.types import Store
from backend.store.models import Offer

log = logging.getLogger(__name__)

_MOST_ASKED = 200
"""Repositories asked in one go; the rest waits for the next time."""


class HubPort(Protocol):
    """What asking needs of `backend.hubs.huggingface.HuggingFace`."""

    def detail(self, repo_id: str) -> RepoDetail: ...


class OllamaPort(Protocol):
    """What asking needs of `backend.hubs.ollama.garden.OllamaGarden`."""

    def complete(self, model_id: str, quant: QuantFile) -> QuantFile: ...


def check(
    entries: Sequence[Entry], known: Iterable[Offer], hub: HubPort | None, ollama: OllamaPort | None
) -> list[Offer]:
    """What the gardens have now for those of `entries` that they know. Never raises for a garden that fails.

    Those that were asked longest ago come first.
    """
    asked = {offer.model_id: offer.checked for offer in known}
    repos: dict[str, list[Entry]] = defaultdict(list)
    tags: list[Entry] = []
    for entry in entries:
        if entry.row.repo_id is None or entry.row.sha256 is None or entry.row.kind != "model":
            continue
        if entry.row.store is Store.OLLAMA:
            tags.append(entry)
        elif entry.row.source is Source.HUGGING_FACE and entry.found.file:
            repos[entry.row.repo_id].append(entry)

    def age(group: Sequence[Entry]) -> float:
        return min(asked.get(entry.row.id, 0.0) for entry in group)

    groups = sorted([*repos.values(), *([entry] for entry in tags)], key=age)
    offers: list[Offer] = []
    for group in groups[:_MOST_ASKED]:
        try:
            if group[0].row.store is Store.OLLAMA:
                offers += _ask_ollama(group[0], ollama)
            else:
                offers += _ask_hub(group, hub)
        except AppError as error:
            log.info("%s was not asked for newer weights: %s", group[0].row.repo_id, error.code)
            if error.code.endswith("offline"):
                break
    return offers


def _ask_hub(group: Sequence[Entry], hub: HubPort | None) -> list[Offer]:
    repo_id = group[0].row.repo_id
    if hub is None or repo_id is None:
        return []
    detail = hub.detail(repo_id)
    files = {file.path: file for file in detail.files}
    for quant in detail.quants:
        files.update({file.path: file for file in quant.files})
    offers = []
    for entry in group:
        found = files.get(entry.found.file) or _by_name(files.values(), entry.found.file)
        if found is not None and found.sha256:
            offers.append(Offer(entry.row.id, detail.commit, found.sha256, time.time()))
    return offers


def _by_name(files: Iterable[RemoteFile], wanted: str) -> RemoteFile | None:
    """The only file of that name in any folder of the repository."""
    name = wanted.rsplit("/", 1)[-1]
    same = [file for file in files if file.path.rsplit("/", 1)[-1] == name]
    return same[0] if len(same) == 1 else None


def _ask_ollama(entry: Entry, ollama: OllamaPort | None) -> list[Offer]:
    repo_id, tag = entry.row.repo_id, entry.found.file
    if ollama is None or repo_id is None or shard_info(tag) is not None:
        return []
    bare = QuantFile(entry.row.quant, (RemoteFile(tag, 0),), tag=tag)
    whole = ollama.complete(repo_id, bare)
    if not whole.manifest or not whole.files or not whole.files[0].sha256:
        return []
    version = hashlib.sha256(whole.manifest.encode()).hexdigest()
    return [Offer(entry.row.id, version, whole.files[0].sha256, time.time())]
