"""Whose a store is, in words."""

from __future__ import annotations

from backend.i18n import tr
from backend.library.types import Store


def whose(store: Store) -> str:
    """Whose folder it is, in words."""
    match store:
        case Store.BUNDLED:
            return tr("part of Orangery")
        case Store.HUB_CACHE:
            return tr("the Hugging Face cache, which other programs use too")
        case Store.OLLAMA:
            return tr("Ollama's store")
        case Store.LM_STUDIO:
            return tr("LM Studio's folder")
        case Store.JAN:
            return tr("Jan's folder")
        case Store.LLAMA_CPP:
            return tr("llama.cpp's cache")
        case Store.MODELS:
            return tr("Orangery's own folder")
        case Store.FOLDER:
            return tr("a folder of yours")
