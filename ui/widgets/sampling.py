"""How the next token is chosen: presets and their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from backend.engines.types import Sampling
from backend.i18n import tr
from ui.theme import theme
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.spin import inset

_FIELD = 56
_Box = TypeVar("_Box", QDoubleSpinBox, QSpinBox)


@dataclass(frozen=True, slots=True)
class Preset:
    """A named way to choose the next token."""

    key: str
    sampling: Sampling


PRESETS = (
    Preset("default", Sampling()),
    Preset("precise", Sampling(temperature=0.2, top_k=20, top_p=0.9, min_p=0.05)),
    Preset("balanced", Sampling(temperature=0.6, top_k=40, top_p=0.95, min_p=0.05)),
    Preset("creative", Sampling(temperature=1.1, top_k=100, top_p=0.98, min_p=0.02)),
)


def preset_name(key: str) -> str:
    """The word for a preset; ``custom`` is what it is called when no preset has these values."""
    return {
        "default": tr("Default"),
        "precise": tr("Precise"),
        "balanced": tr("Balanced"),
        "creative": tr("Creative"),
    }.get(key, tr("Custom"))


def _decimal(maximum: float, step: float, name: str, hint: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.0, maximum)
    box.setSingleStep(step)
    box.setDecimals(2)
    return _dressed(box, name, hint)


def _whole(maximum: int, step: int, name: str, hint: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, maximum)
    box.setSingleStep(step)
    box.setGroupSeparatorShown(True)
    return _dressed(box, name, hint)


def _dressed(box: _Box, name: str, hint: str) -> _Box:
    box.setProperty("plain", True)  # no arrows: there are eight of these side by side
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setFixedWidth(_FIELD)
    box.setFont(theme.font("body", tabular=True))
    box.setAccessibleName(name)
    box.setToolTip(hint)
    box.setKeyboardTracking(False)
    return inset(box)


class SamplingSection(QWidget):
    """Signals:
    changed: The sampling that is wanted now.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sampling = Sampling()
        self._loading = False
        self._preset = QComboBox()
        self._preset.setProperty("controlSize", "small")
        self._preset.setAccessibleName(tr("Preset"))
        for preset in PRESETS:
            self._preset.addItem(preset_name(preset.key), preset.key)
        self._preset.addItem(preset_name("custom"), "custom")
        self._preset.activated.connect(self._choose_preset)
        self._temperature = _decimal(
            5.0, 0.05, tr("Temperature"), tr("Higher is more varied; 0 always takes the likeliest token.")
        )
        self._top_p = _decimal(
            1.0, 0.01, tr("Top p"), tr("Only the likeliest tokens that together have this probability.")
        )
        self._top_k = _whole(1000, 5, tr("Top k"), tr("Only this many of the likeliest tokens; 0 is all."))
        self._min_p = _decimal(
            1.0, 0.01, tr("Min p"), tr("No token that is less likely than this share of the likeliest.")
        )
        self._repeat = _decimal(2.0, 0.05, tr("Repeat"), tr("Above 1 makes repeating words less likely."))
        self._presence = _decimal(
            2.0, 0.1, tr("Presence"), tr("Above 0 makes words that have occurred less likely.")
        )
        self._presence.setMinimum(-2.0)
        self._seed = QLineEdit()
        self._seed.setPlaceholderText(tr("any"))
        self._seed.setValidator(QIntValidator(0, 2_147_483_647, self))
        self._seed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._seed.setFixedWidth(_FIELD)
        self._seed.setAccessibleName(tr("Seed"))
        self._seed.setToolTip(tr("The same seed and settings give the same answer; empty draws a new one."))
        self._limit = _whole(
            1_000_000,
            64,
            tr("Max tokens"),
            tr("The longest answer, in tokens; 0 is until the context is full."),
        )
        self._limit.setSpecialValueText(tr("none"))
        self._build()
        self.show_sampling(Sampling())

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(tr("Sampling"), "body", weight=600))
        head.addStretch(1)
        head.addWidget(self._preset)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        fields: tuple[QWidget, ...] = (
            self._temperature,
            self._top_p,
            self._top_k,
            self._min_p,
            self._repeat,
            self._presence,
            self._seed,
            self._limit,
        )
        for at, field in enumerate(fields):
            words = ElidedLabel(field.accessibleName(), "small", "2")
            words.setBuddy(field)
            grid.addWidget(words, at // 2, at % 2 * 2)
            grid.addWidget(field, at // 2, at % 2 * 2 + 1)
            if isinstance(field, QLineEdit):
                field.editingFinished.connect(self._edited)
            elif isinstance(field, QDoubleSpinBox | QSpinBox):
                field.valueChanged.connect(self._edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(grid)

    def show_sampling(self, sampling: Sampling) -> None:
        """Show `sampling` without reporting it as a change."""
        self._sampling = sampling
        self._loading = True
        self._temperature.setValue(sampling.temperature)
        self._top_p.setValue(sampling.top_p)
        self._top_k.setValue(sampling.top_k)
        self._min_p.setValue(sampling.min_p)
        self._repeat.setValue(sampling.repeat_penalty)
        self._presence.setValue(sampling.presence_penalty)
        self._seed.setText("" if sampling.seed is None else str(sampling.seed))
        self._limit.setValue(sampling.max_tokens or 0)
        self._loading = False
        self._show_preset()

    def _edited(self) -> None:
        if self._loading:
            return
        seed = self._seed.text().strip()
        self._take(
            replace(
                self._sampling,
                temperature=round(self._temperature.value(), 2),
                top_p=round(self._top_p.value(), 2),
                top_k=self._top_k.value(),
                min_p=round(self._min_p.value(), 2),
                repeat_penalty=round(self._repeat.value(), 2),
                presence_penalty=round(self._presence.value(), 2),
                seed=int(seed) if seed.isdigit() else None,
                max_tokens=self._limit.value() or None,
            )
        )

    def _choose_preset(self, index: int) -> None:
        key = self._preset.itemData(index)
        chosen = next((preset.sampling for preset in PRESETS if preset.key == key), None)
        if chosen is None:
            self._show_preset()
            return
        kept = replace(
            self._sampling,
            temperature=chosen.temperature,
            top_k=chosen.top_k,
            top_p=chosen.top_p,
            min_p=chosen.min_p,
            repeat_penalty=chosen.repeat_penalty,
            presence_penalty=chosen.presence_penalty,
        )
        self.show_sampling(kept)
        self.changed.emit(kept)

    def _take(self, sampling: Sampling) -> None:
        if sampling != self._sampling:
            self._sampling = sampling
            self._show_preset()
            self.changed.emit(sampling)

    def _show_preset(self) -> None:
        bare = replace(
            self._sampling, seed=None, max_tokens=None, stop=(), format="text", grammar="", logprobs=0
        )
        key = next((preset.key for preset in PRESETS if preset.sampling == bare), "custom")
        self._preset.setCurrentIndex(self._preset.findData(key))
