"""Everything that an answer depended on, to read, to copy, and to repeat the answer."""

from __future__ import annotations

import dataclasses
import json

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from backend.chats.types import Message
from backend.engines.types import AdapterUse, EngineFlags, LoadOptions, RunCard, Sampling
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.sheet import Sheet

_WIDTH = 640
_MOST = 420
_SIDES = 48
"""Pixels of the sheet at both sides of the facts."""


class RunCardSheet(Sheet):
    """Signals:
    replay_asked: The answer is to be asked for once more.
    """

    replay_asked = Signal()

    def __init__(self, message: Message, card: RunCard, parent: QWidget) -> None:
        super().__init__(
            tr("Run card"),
            tr("What this answer depended on. With the same card, the same engine says the same again."),
            width=_WIDTH,
            parent=parent,
        )
        self._card = card
        self.cancel.setText(tr("Close"))
        self.facts = facts_of(card)
        content = QWidget()
        content.setProperty("scrollContent", True)
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self.facts):
            name_label = label(name, "small", "3")
            name_label.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name_label, row, 0)
            grid.addWidget(_value(value), row, 1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(tr("Run card"))
        grid.setRowStretch(len(self.facts), 1)
        scroll.setFixedHeight(min(_MOST, grid.totalHeightForWidth(_WIDTH - _SIDES) + 8))
        self.body.addWidget(scroll)
        copy = Button(tr("Copy as JSON"), "default", "copy")
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(card_json(card)))
        self.add_left(copy)
        self.replay = self.add_button(tr("Replay"), "primary", "rotate-ccw")
        self.replay.setEnabled(not message.edited)
        self.replay.setToolTip(tr("Asks again in the same way, and compares"))
        self.replay.clicked.connect(self._replay)
        self.fit()
        self.replay.setFocus()

    def _replay(self) -> None:
        self.accept()
        self.replay_asked.emit()


def card_json(card: RunCard) -> str:
    """The card for other programs."""
    return json.dumps(dataclasses.asdict(card), ensure_ascii=False, indent=2)


def facts_of(card: RunCard) -> tuple[tuple[str, str], ...]:
    """Names and values; what was not told is left out."""
    model = f"{card.model_name} {card.quant}".strip()
    rows = (
        (tr("Model"), model),
        (tr("File") if card.engine == "local" else tr("Address"), card.address),
        (tr("SHA-256"), card.sha256),
        (tr("Size"), fmt.size(card.size) if card.size else ""),
        (tr("Engine"), card.engine_version or card.engine),
        (tr("Flags"), _flags(card.flags) if card.engine == "local" else ""),
        (tr("Loaded with"), _options(card.options)),
        (tr("Adapters"), _adapters(card)),
        (tr("Sampling"), _sampling(card.sampling)),
        (tr("Seed"), str(card.seed)),
        (tr("System prompt"), card.system_prompt),
        (tr("Chat template"), card.template_sha256),
        (tr("Processor"), card.cpu),
        (tr("When"), f"{fmt.date(card.created)} {fmt.clock(card.created)}" if card.created else ""),
    )
    return tuple((name, value) for name, value in rows if value)


def _adapters(card: RunCard) -> str:
    def named(uses: tuple[AdapterUse, ...]) -> str:
        return ", ".join(f"{use.path} {fmt.number(use.scale, 2)}" for use in uses) or tr("none")

    if not card.earlier_adapters:
        return named(card.adapters) if card.adapters else ""
    lines = [
        tr("to token {count}: {adapters}", count=fmt.number(one.tokens), adapters=named(one.adapters))
        for one in card.earlier_adapters
    ]
    return "\n".join((*lines, tr("then: {adapters}", adapters=named(card.adapters))))


def _flags(flags: EngineFlags) -> str:
    on, off = tr("on"), tr("off")
    return ", ".join(f"{name} {on if value else off}" for name, value in dataclasses.asdict(flags).items())


def _options(options: LoadOptions) -> str:
    parts = [tr("cache {kind}", kind=options.kv_type.upper())]
    if options.n_ctx:
        parts.insert(0, tr("context {tokens}", tokens=fmt.tokens(options.n_ctx)))
    if options.gpu_layers is not None:
        parts.append(tr("{n} layers on the GPU", n=options.gpu_layers))
    if options.threads:
        parts.append(tr("{n} threads", n=options.threads))
    if options.n_batch:
        parts.append(tr("batch {count}", count=fmt.number(options.n_batch)))
    return ", ".join(parts)


def _sampling(sampling: Sampling) -> str:
    parts = [
        tr("temperature {value}", value=fmt.number(sampling.temperature, 2)),
        f"top k {sampling.top_k}",
        f"top p {fmt.number(sampling.top_p, 2)}",
        f"min p {fmt.number(sampling.min_p, 2)}",
    ]
    if sampling.repeat_penalty != 1.0:
        parts.append(tr("repeat {value}", value=fmt.number(sampling.repeat_penalty, 2)))
    if sampling.presence_penalty:
        parts.append(tr("presence {value}", value=fmt.number(sampling.presence_penalty, 2)))
    if sampling.max_tokens:
        parts.append(tr("at most {tokens}", tokens=fmt.tokens(sampling.max_tokens)))
    if sampling.format != "text":
        parts.append(
            {"json": tr("as JSON"), "schema": tr("as JSON of a schema"), "grammar": tr("by a grammar")}[
                sampling.format
            ]
        )
    return ", ".join(parts)


def _value(text: str) -> QLabel:
    """A value that can be selected; long names without blanks break anywhere."""
    value = label(_breakable(text), "small", wrap=True)
    value.setAlignment(Qt.AlignmentFlag.AlignTop)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if len(text) >= 40 and " " not in text:
        value.setFont(theme.font("code"))
    return value


def _breakable(text: str) -> str:
    """`text` with places to break in long words: a label breaks nowhere else."""
    zero = "\u200b"
    return " ".join(
        zero.join(word[at : at + 12] for at in range(0, len(word), 12)) if len(word) > 40 else word
        for word in text.split(" ")
    )
