"""The sheet that says who answers in a column: model, sampling, system prompt, context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from backend.compare.types import Column
from backend.engines.types import ChatModel
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.labels import label
from ui.widgets.model_picker import ModelButton, model_line
from ui.widgets.sampling import SamplingSection
from ui.widgets.sheet import Sheet

_LENGTHS = (2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072)


class ColumnSheet(Sheet):
    """Signals:
    taken: The `Column` that is wanted.
    more_models: The person wants models that are not here yet.
    list_opened: The list of models is shown.
    """

    taken = Signal(object)
    more_models = Signal()
    list_opened = Signal()

    def __init__(
        self,
        column: Column | None,
        models: Sequence[ChatModel],
        *,
        answered: bool,
        parent: QWidget | None = None,
    ) -> None:
        new = column is None
        super().__init__(
            tr("Add a column") if new else tr("Model and settings of this column"),
            tr("There are answers already, so a new comparison begins; this one stays in the list.")
            if answered
            else "",
            parent=parent,
        )
        self._models = tuple(models)
        self._column = column or Column(models[0].id if models else "")
        self._picker = ModelButton()
        self._picker.set_models(self._models)
        self._picker.chosen.connect(self._choose)
        self._picker.more_asked.connect(self._ask_for_more)
        self._picker.opened.connect(self.list_opened)
        self._label = QLineEdit(self._column.label)
        self._label.setMaxLength(60)
        self._label.setPlaceholderText(tr("The name of the model"))
        self._label.setAccessibleName(tr("Name of the column"))
        self._sampling = SamplingSection()
        self._sampling.show_sampling(self._column.sampling)
        self._sampling.changed.connect(self._sample)
        self._length = QComboBox()
        self._length.setAccessibleName(tr("Context"))
        self._prompt = QPlainTextEdit(self._column.system_prompt)
        self._prompt.setAccessibleName(tr("System prompt"))
        self._prompt.setPlaceholderText(tr("How the model should behave. Empty for its own way."))
        self._prompt.setTabChangesFocus(True)
        self._prompt.setFont(theme.font("body"))
        self._prompt.setFixedHeight(72)
        self.body.addWidget(self._picker)
        self.body.addLayout(_row(tr("Name"), self._label))
        self.body.addLayout(_row(tr("Context"), self._length))
        self.body.addSpacing(4)
        self.body.addWidget(self._sampling)
        self.body.addSpacing(4)
        self.body.addWidget(label(tr("System prompt"), "body", weight=600))
        self.body.addWidget(self._prompt)
        self._take = self.add_button(tr("Add column") if new else tr("Take over"), "primary")
        self._take.clicked.connect(self._accept)
        self._take.setDefault(True)
        self._show_model()
        self.fit()

    def set_models(self, models: Sequence[ChatModel]) -> None:
        """Offer these models, some of which were only just heard of."""
        self._models = tuple(models)
        self._picker.set_models(self._models)

    def _choose(self, model_id: str) -> None:
        self._column = replace(self._column, model_id=model_id, n_ctx=None)
        self._show_model()

    def _sample(self, sampling: object) -> None:
        self._column = replace(self._column, sampling=sampling)  # type: ignore[arg-type]

    def _show_model(self) -> None:
        model = next((each for each in self._models if each.id == self._column.model_id), None)
        self._picker.show_model(model.name if model else "", model_line(model) if model else "")
        self._take.setEnabled(model is not None and not model.problem)
        trained = model.context_length if model is not None else None
        self._length.clear()
        self._length.addItem(tr("As in the settings"), None)
        for length in _LENGTHS:
            if trained is None or length <= trained:
                self._length.addItem(fmt.tokens(length), length)
        self._length.setCurrentIndex(max(0, self._length.findData(self._column.n_ctx)))

    def _ask_for_more(self) -> None:
        self.reject()
        self.more_models.emit()

    def _accept(self) -> None:
        column = replace(
            self._column,
            label=" ".join(self._label.text().split()),
            n_ctx=self._length.currentData(),
            system_prompt=self._prompt.toPlainText()[:100_000],
        )
        self.accept()
        self.taken.emit(column)


def _row(words: str, field: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    caption = label(words, "small", "2")
    caption.setFixedWidth(96)
    caption.setBuddy(field)
    row.addWidget(caption)
    row.addWidget(field, 1)
    return row
