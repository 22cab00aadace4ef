"""*Add* of a mixer: the adapters of this disk, to pick from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtWidgets import QWidget

from backend.adapters.types import Adapter, Compatibility
from backend.i18n import tr
from ui import format as fmt
from ui.models.adapter_words import rank_words, tip, verdict_of, why_not
from ui.widgets.pick_popup import Pick, PickPopup


def adapter_popup(parent: QWidget) -> PickPopup:
    """The list that *Add* opens; `chosen` says the id of an adapter."""
    unmatched, empty = tr("No adapter has these words."), tr("No adapters on this disk yet.")
    return PickPopup(tr("Adapters"), tr("Find an adapter"), unmatched, empty, parent)


def adapter_picks(
    adapters: Iterable[Adapter],
    verdicts: Mapping[str, Compatibility],
    inside: Collection[str],
    first: str = "",
) -> list[Pick]:
    """What fits, by name; then the rest, with the reason.

    Args:
        verdicts: By id; what is not in it has not been checked yet.
        inside: Paths of the adapters that the mixer has already.
        first: Id of the adapter that the person most likely wants.
    """
    picks = [_pick(each, verdicts.get(each.id), inside) for each in adapters]
    return sorted(picks, key=lambda pick: (not pick.usable, pick.key != first, pick.name.casefold()))


def _pick(adapter: Adapter, found: Compatibility | None, inside: Collection[str]) -> Pick:
    icon, ink, word = verdict_of(adapter, found)
    reason = why_not(adapter, found)
    there = not reason and str(adapter.path) in inside
    base = adapter.base.rsplit("/", 1)[-1]
    fitting = ", ".join((word, tr("for {base}", base=base)) if base else (word,))
    return Pick(
        adapter.id,
        adapter.name,
        ", ".join(part for part in (rank_words(adapter), fmt.size(adapter.size)) if part),
        reason or (tr("already in the mixer") if there else fitting),
        ink if reason else "text.3",
        ("", "") if there else (icon, ink),
        usable=not reason and not there,
        more=f"{adapter.owner} {adapter.base}",
        tip="\n".join(part for part in (tip(adapter), reason) if part),
    )
