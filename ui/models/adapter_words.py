"""What is said of an adapter wherever one is shown: in the Adapters page, and over a chat's model."""

from __future__ import annotations

from collections.abc import Iterable

from backend.adapters.types import Adapter, CheckKind, Compatibility
from backend.i18n import tr
from ui import format as fmt

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


def why_not(adapter: Adapter, found: Compatibility | None) -> str:
    """Why it may not go into a mixer, in a sentence or less; empty if it may.

    Args:
        found: The check against the base; None while it is being checked.
    """
    if adapter.problem:
        return adapter.problem
    if found is None:
        return tr("checking …")
    bad = next((line.text for line in found.lines if line.state == "bad"), "")
    return bad or (tr("has to be converted first") if adapter.format == "peft" else "")


def usable(adapter: Adapter, found: Compatibility | None) -> bool:
    """Whether it may go into a mixer."""
    return not why_not(adapter, found)


def strip_names(adapters: Iterable[Adapter]) -> dict[str, str]:
    """What the strips of a mixer are called, by path."""
    return {str(each.path): each.name for each in adapters}


def strip_notes(adapters: Iterable[Adapter]) -> dict[str, str]:
    """What else the strips of a mixer say, such as ``r16``, by path."""
    return {str(each.path): f"r{each.ranks[-1]}" for each in adapters if each.ranks}
