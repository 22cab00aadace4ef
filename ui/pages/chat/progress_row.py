"""The line below the last message while an answer is awaited: loading with a bar, or reading the prompt."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.engines.types import ChatModel, ModelState
from backend.events import ModelChanged
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.live import LiveAnswer
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.meter import Progress

HEIGHT = 56


class ProgressRow(QWidget):
    """Name of the model, what it is doing, and how far it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel(role="body", weight=600)
        self._words = label("", "small", "2", tabular=True)
        self._bar = Progress()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name)
        head.addWidget(self._words)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        self.setMaximumWidth(420)

    def show_state(
        self, model: ChatModel | None, state: ModelChanged | None, others: Iterable[LiveAnswer]
    ) -> None:
        """Say what is being waited for; `others` are answers in other chats."""
        self._name.setText(model.name if model is not None else tr("The model"))
        loading = state is not None and state.state is ModelState.LOADING
        if loading and state is not None:
            self._words.setText(tr("loading, {share}", share=fmt.percent(state.progress)))
            self._bar.set_progress(state.progress)
        elif model is not None and any(answer.message.model_id == model.id for answer in others):
            self._words.setText(tr("answers another chat first …"))
        else:
            self._words.setText(tr("getting ready …"))
        self._bar.setVisible(loading)
        self.setAccessibleName(f"{self._name.full_text()}: {self._words.text()}")
