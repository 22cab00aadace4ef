"""Adapters on Hugging Face: those made for a model, and which of their files are fetched."""

from __future__ import annotations

from backend.downloads.manager import Downloads
from backend.downloads.types import DownloadJob, DownloadRequest
from backend.errors import AppError
from backend.gguf.names import UNKNOWN
from backend.hubs.huggingface import HuggingFace
from backend.hubs.names import is_repo
from backend.hubs.types import HubModel, QuantFile, RepoDetail, SearchPage, SearchQuery, Sort
from backend.i18n import tr
from backend.library.types import LibraryModel
from backend.peft import CONFIG, WEIGHTS

_DAY = 86_400.0


class Garden:
    """Searches and downloads adapters."""

    def __init__(self, hub: HuggingFace, downloads: Downloads) -> None:
        self._hub = hub
        self._downloads = downloads

    def search(self, model: LibraryModel, original: str, text: str, cursor: str | None) -> SearchPage:
        """One page of adapters for `model`, which was made from the repository `original`.

        Raises:
            AppError: ``hub.…`` and ``net.…``.
        """
        base = original if original != model.repo_id else self._made_from(original)
        if not base or not is_repo(base):
            return SearchPage((), None)
        query = SearchQuery(text=text.strip(), sort=Sort.DOWNLOADS, gguf_only=False)
        return self._hub.adapters(base, query, cursor)

    def _made_from(self, repo_id: str) -> str:
        """The repository that `repo_id` was quantized from; itself where it does not say."""
        if not repo_id or not is_repo(repo_id):
            return ""
        row = self._hub.detail(repo_id, max_age=_DAY).model
        return row.base_models[0] if row.base_models else row.id

    def download(self, row: HubModel) -> DownloadJob:
        """Queue the adapter files of a repository; only .gguf, .safetensors and .json.

        Raises:
            AppError: ``adapter.no_files``, ``hub.…``, ``net.…``, and those of the downloads.
        """
        detail = self._hub.detail(row.ref)
        return self._downloads.start(DownloadRequest(detail.model.id, detail.commit, _files(detail)))


def _files(detail: RepoDetail) -> QuantFile:
    """What is called a GGUF adapter, else the two files of PEFT, else the smallest GGUF there is."""
    named = [quant for quant in detail.quants if quant.kind == "adapter"]
    if named:
        return named[0]
    by_path = {file.path: file for file in detail.files}
    if CONFIG in by_path and WEIGHTS in by_path:
        return QuantFile(UNKNOWN, (by_path[WEIGHTS],), "adapter", extras=(by_path[CONFIG],))
    if detail.quants:
        return detail.quants[0]
    raise AppError(
        "adapter.no_files",
        tr("{name} has no adapter that can be used here.", name=detail.model.id),
        tr("A GGUF file, or {config} and {weights}, is needed.", config=CONFIG, weights=WEIGHTS),
    )
