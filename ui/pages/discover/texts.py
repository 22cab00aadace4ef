"""Words of the Discover page that more than one of its parts needs."""

from __future__ import annotations

import time

from backend.capacity.types import Disk
from backend.hubs.types import Source
from backend.i18n import tr
from ui import format as fmt


def seen(when: float, *, offline: bool, garden: str = "") -> str:
    """That what is shown is from the Unix time `when`, and why it is not newer.

    Args:
        garden: Name of the garden that cannot be reached; empty where it may be either.
    """
    seconds = time.time() - when
    if seconds < 45:
        ago = tr("seen just now")
    elif 84_000 < seconds < 129_000:
        ago = tr("seen yesterday")
    else:
        ago = tr("seen {age} ago", age=fmt.ago(when))
    if offline:
        return tr("Offline: {seen}", seen=ago)
    if garden:
        return tr("{garden} cannot be reached: {seen}", garden=garden, seen=ago)
    return tr("The gardens cannot be reached: {seen}", seen=ago)


def store_words(source: Source, disk: Disk | None, *, brief: bool) -> str:
    """Where downloads of a garden go, and how much room there is."""
    ollama = source is Source.OLLAMA
    store = tr("Ollama's store") if ollama else tr("Hugging Face cache")
    if disk is None:
        return store
    size = fmt.size(disk.free)
    if brief:
        return tr("{store} · {size} free", store=store, size=size)
    if ollama:
        return tr("Saves to Ollama's store · {size} free", size=size)
    return tr("Saves to the Hugging Face cache · {size} free", size=size)
