"""What the Adapters page says about an adapter, in few words."""

from __future__ import annotations

import re

from backend.adapters.types import Adapter, Compatibility
from backend.hubs.types import HubModel
from backend.i18n import tr
from ui import format as fmt
from ui.models.adapter_words import rank_words

_JOINT = re.compile(r"_|(?<!\d)\.|\.(?!\d)")
"""Where the name of a tensor may be broken, but no number."""


def title_words(adapter: Adapter) -> str:
    """What stands behind its name in the title bar."""
    parts = [rank_words(adapter), fmt.size(adapter.size)]
    if adapter.base:
        parts.append(tr("for {base}", base=adapter.base.rsplit("/", 1)[-1]))
    if adapter.licence:
        parts.append(adapter.licence)
    return ", ".join(part for part in parts if part)


def safety_words(adapter: Adapter, found: Compatibility) -> tuple[str, str]:
    """The sum of a check, and its tone."""
    if adapter.problem or not found.safe:
        return tr("Not safe to load"), "bad"
    if adapter.format == "peft":
        return tr("Has to be converted"), "warn"
    return tr("Safe to load"), "ok"


def hub_words(model: HubModel) -> str:
    """The second line of a row of the garden."""
    parts = [model.owner, "GGUF" if model.has_gguf else "PEFT"]
    if model.downloads is not None:
        parts.append(tr("{count} downloads", n=model.downloads, count=fmt.count(model.downloads)))
    return ", ".join(part for part in parts if part)


def breakable(text: str) -> str:
    """Lets the long name of a tensor go on in the next line."""
    return _JOINT.sub("\\g<0>\u200b", text)
