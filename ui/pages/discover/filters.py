"""What the results may be narrowed by, as one value that survives restarts, and the chips that show it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from backend.hubs.types import GARDENS, Purpose, SearchQuery, Sort, Source
from backend.i18n import tr
from ui.widgets.chip import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.popup_chip import PopupChip, TextChip

_B = 1_000_000_000
_SIZES: dict[str, tuple[int | None, int | None]] = {
    "tiny": (None, 2 * _B),
    "small": (2 * _B, 5 * _B),
    "medium": (5 * _B, 10 * _B),
    "large": (10 * _B, 20 * _B),
    "huge": (20 * _B, 40 * _B),
    "giant": (40 * _B, None),
}
_LICENCES = (
    ("apache-2.0", "Apache 2.0"),
    ("mit", "MIT"),
    ("gemma", "Gemma"),
    ("llama3.1", "Llama 3.1"),
    ("llama3.2", "Llama 3.2"),
    ("llama3.3", "Llama 3.3"),
    ("llama4", "Llama 4"),
    ("cc-by-4.0", "CC BY 4.0"),
    ("cc-by-nc-4.0", "CC BY-NC 4.0"),
    ("bsd-3-clause", "BSD 3-Clause"),
    ("openrail", "OpenRAIL"),
    ("other", ""),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything that can be chosen above the list. Values are plain, so that they can be saved as text."""

    fits_here: bool = False
    size: str = ""
    purpose: str = ""
    license: str = ""
    gguf: bool = True
    language: str = ""
    author: str = ""
    gated: str = ""
    source: str = ""
    sort: str = Sort.TRENDING.value
    grouped: bool = True

    def query(self, text: str) -> SearchQuery:
        """The question to the gardens. What fits here is decided later, row by row."""
        least, most = _SIZES.get(self.size, (None, None))
        return SearchQuery(
            text,
            Sort(self.sort),
            self.gguf,
            gardens=frozenset({Source(self.source)}) if self.source else GARDENS,
            purpose=Purpose(self.purpose) if self.purpose else None,
            least_parameters=least,
            most_parameters=most,
            license=self.license,
            language=self.language,
            author=self.author,
            gated={"yes": True, "no": False}.get(self.gated),
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order differs from the start."""
        return replace(self, sort=Filters.sort_default(), grouped=True) != Filters()

    @staticmethod
    def sort_default() -> str:
        return Sort.TRENDING.value

    def cleared(self) -> Filters:
        """Without any filter, in the same order."""
        return Filters(sort=self.sort, grouped=self.grouped)

    def saved(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def restored(cls, text: str) -> Filters:
        """What `saved` wrote; anything that is not understood is as at the start."""
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(raw, dict):
            return cls()
        start = cls()
        kept = {}
        for field in fields(cls):
            value = raw.get(field.name)
            if type(value) is type(getattr(start, field.name)):
                kept[field.name] = value
        try:
            found = cls(**kept)
            found.query("")
        except ValueError:
            return cls()
        return found


def size_options() -> Sequence[tuple[str, str]]:
    return (
        ("tiny", tr("up to 2B")),
        ("small", tr("2B to 5B")),
        ("medium", tr("5B to 10B")),
        ("large", tr("10B to 20B")),
        ("huge", tr("20B to 40B")),
        ("giant", tr("over 40B")),
    )


def purpose_options() -> Sequence[tuple[str, str]]:
    return (
        (Purpose.CHAT.value, tr("Chat")),
        (Purpose.COMPLETION.value, tr("Completion")),
        (Purpose.CODE.value, tr("Code")),
        (Purpose.VISION.value, tr("Vision")),
        (Purpose.EMBEDDING.value, tr("Embedding")),
        (Purpose.RERANKING.value, tr("Reranking")),
    )


def language_options() -> Sequence[tuple[str, str]]:
    return (
        ("ar", tr("Arabic")),
        ("zh", tr("Chinese")),
        ("cs", tr("Czech")),
        ("nl", tr("Dutch")),
        ("en", tr("English")),
        ("fr", tr("French")),
        ("de", tr("German")),
        ("hi", tr("Hindi")),
        ("it", tr("Italian")),
        ("ja", tr("Japanese")),
        ("ko", tr("Korean")),
        ("pl", tr("Polish")),
        ("pt", tr("Portuguese")),
        ("ru", tr("Russian")),
        ("es", tr("Spanish")),
        ("tr", tr("Turkish")),
        ("uk", tr("Ukrainian")),
    )


class FilterBar(QWidget):
    """One chip per filter; they go on in the next line where there is no room.

    Signals:
        changed: The person chose something; `filters` has it.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = Filters()
        flow = FlowLayout(self, spacing=6)
        self._fits = self._toggle("fits_here", tr("Fits here"))
        self._fits.setToolTip(tr("Hide what is known to be too big for this machine"))
        licences = tuple((value, name or tr("Other")) for value, name in _LICENCES)
        gated = (("yes", tr("only gated")), ("no", tr("not gated")))
        gardens = ((Source.HUGGING_FACE.value, "Hugging Face"), (Source.OLLAMA.value, "Ollama"))
        self._chips: dict[str, PopupChip] = {
            "size": PopupChip(tr("Size"), size_options()),
            "purpose": PopupChip(tr("Task"), purpose_options()),
            "license": PopupChip(tr("Licence"), licences),
            "language": PopupChip(tr("Language"), language_options()),
            "author": TextChip(tr("Author"), tr("Name of a person or group")),
            "gated": PopupChip(tr("Gated"), gated),
            "source": PopupChip(tr("Source"), gardens),
        }
        self._gguf = self._toggle("gguf", tr("Has GGUF"))
        self._gguf.setToolTip(tr("Only repositories with files that this engine runs"))
        for name, chip in self._chips.items():
            chip.changed.connect(lambda value, name=name: self._choose(name, value or ""))
        first = [self._fits, *(self._chips[name] for name in ("size", "purpose", "license")), self._gguf]
        rest = [self._chips[name] for name in ("language", "author", "gated", "source")]
        order = (*first, *rest)
        for widget in order:
            flow.addWidget(widget)
        for widget, following in pairwise(order):
            self.setTabOrder(widget, following)
        self._show()

    def _toggle(self, name: str, words: str) -> Chip:
        chip = Chip(words)
        chip.toggled.connect(lambda on: self._choose(name, on))
        return chip

    @property
    def filters(self) -> Filters:
        return self._filters

    def set_filters(self, filters: Filters) -> None:
        """Show `filters` without telling."""
        self._filters = filters
        self._show()

    def set_brief(self, brief: bool) -> None:
        """Show values without the names of their filters."""
        for chip in self._chips.values():
            chip.set_brief(brief)

    def choose(self, **changes: object) -> None:
        """Change values by name, as the person does."""
        self._set(replace(self._filters, **changes))  # type: ignore[arg-type]

    def clear(self) -> None:
        """Take all filters off; the order stays."""
        self._set(self._filters.cleared())

    def _choose(self, name: str, value: object) -> None:
        self._set(replace(self._filters, **{name: value}))  # type: ignore[arg-type]

    def _set(self, filters: Filters) -> None:
        if filters != self._filters:
            self._filters = filters
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        for chip, on in ((self._fits, self._filters.fits_here), (self._gguf, self._filters.gguf)):
            chip.blockSignals(True)
            chip.setChecked(on)
            chip.blockSignals(False)
            chip.updateGeometry()
            chip.update()
        for name, popup in self._chips.items():
            popup.set_value(getattr(self._filters, name) or None)
