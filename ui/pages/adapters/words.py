"""What the Adapters page says about an adapter, in few words."""

from __future__ import annotations

import re

from backend.adapters.types import Adapter, CheckKind, Compatibility
from backend.hubs.types import HubModel
from backend.i18n import tr
from ui import format as fmt

_JOINT = re.compile(r"_|(?<!\d)\.|\.(?!\d)")
"""Where the name of a tensor may be broken, but no number."""
Verdict = tuple[str, str, str]
"""Icon, colour token and word."""


def rank_words(adapter: Adapter) -> str:
    """``rank 16``, or ``ranks 8 to 64`` where its tensors differ."""
    if not adapter.ranks:
        return ""
    low, high = adapter.ranks[0], adapter.ranks[-1]
    return tr("rank {rank}", rank=low) if low == high else tr("ranks {low} to {high}", low=low, high=high)


def source_words(adapter: Adapter) -> str:
    """Where it comes from."""
    match adapter.source:
        case "made":
            return tr("made here")
        case "hub":
            return tr("Hugging Face")
        case "ollama":
            return tr("Ollama")
        case "bundled":
            return tr("sample")
        case _:
            folder = adapter.path.parent
            if folder.name == adapter.name:  # each adapter often has a folder of its own
                folder = folder.parent
            return tr("{folder} folder", folder=folder.name) if folder.name else ""


def row_words(adapter: Adapter) -> str:
    """The second line of a row in the list."""
    parts = (rank_words(adapter), fmt.size(adapter.size), source_words(adapter))
    return ", ".join(part for part in parts if part)


def title_words(adapter: Adapter) -> str:
    """What stands behind its name in the title bar."""
    parts = [rank_words(adapter), fmt.size(adapter.size)]
    if adapter.base:
        parts.append(tr("for {base}", base=adapter.base.rsplit("/", 1)[-1]))
    if adapter.licence:
        parts.append(adapter.licence)
    return ", ".join(part for part in parts if part)


def tip(adapter: Adapter) -> str:
    """Everything its file says, for the tooltip."""
    facts = [adapter.name, str(adapter.path)]
    if adapter.base:
        facts.append(tr("Trained on {base}", base=adapter.base))
    if adapter.alpha:
        facts.append(tr("{rank}, alpha {alpha}", rank=rank_words(adapter), alpha=fmt.number(adapter.alpha)))
    if adapter.modules:
        facts.append(tr("Changes {modules}", modules=", ".join(adapter.modules)))
    if adapter.licence:
        facts.append(tr("Licence {licence}", licence=adapter.licence))
    return "\n".join(facts)


def verdict_of(adapter: Adapter, found: Compatibility | None) -> Verdict:
    """One word for the list."""
    if adapter.problem:
        return "circle-alert", "bad.text", tr("damaged")
    if found is None:
        return "", "text.3", tr("checking …")
    bad = {line.kind for line in found.lines if line.state == "bad"}
    if CheckKind.FILE in bad:
        return "circle-alert", "bad.text", tr("damaged")
    if bad & {CheckKind.ARCHITECTURE, CheckKind.BASE}:
        return "ban", "bad.text", tr("other base")
    if bad:
        return "circle-alert", "bad.text", tr("does not fit")
    if adapter.format == "peft":
        return "triangle-alert", "warn.text", tr("convert first")
    if any(line.kind is CheckKind.VOCABULARY and line.state == "warning" for line in found.lines):
        return "triangle-alert", "warn.text", tr("extra tokens")
    return "check", "ok.text", tr("fits")


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


def usable(adapter: Adapter, found: Compatibility | None) -> bool:
    """Whether it may go into the mixer."""
    return adapter.format == "gguf" and not adapter.problem and found is not None and found.safe


def breakable(text: str) -> str:
    """Lets the long name of a tensor go on in the next line."""
    return _JOINT.sub("\\g<0>\u200b", text)
