"""Words of the Discover page that more than one of its parts needs."""

from __future__ import annotations

import time

from backend.hubs.parse import Kind, Parsed
from backend.i18n import tr
from ui import format as fmt


def seen(when: float, *, offline: bool) -> str:
    """That what is shown is from the Unix time `when`, and why it is not newer."""
    seconds = time.time() - when
    if seconds < 45:
        ago = tr("seen just now")
    elif 84_000 < seconds < 129_000:
        ago = tr("seen yesterday")
    else:
        ago = tr("seen {age} ago", age=fmt.ago(when))
    if offline:
        return tr("Offline: {seen}", seen=ago)
    return tr("Hugging Face cannot be reached: {seen}", seen=ago)


def elsewhere(parsed: Parsed) -> tuple[str, str]:
    """Title and text for what the box understood but this page cannot search."""
    if parsed.kind is Kind.OLLAMA:
        name = f"{parsed.name}:{parsed.tag}" if parsed.tag else parsed.name or ""
        return (
            tr("{name} is an Ollama model", name=name),
            tr(
                "Models from Ollama come in a later version. Most of them are on Hugging Face too, "
                "as GGUF files."
            ),
        )
    return (
        tr("That is a file on this disk"),
        tr("Discover searches Hugging Face. Models in the Hugging Face cache are listed in the Library."),
    )
