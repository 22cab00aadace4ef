"""Right side of the library: what is known of the selected model, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from backend.capacity.types import Fit
from backend.engines.types import LoadedModel
from backend.errors import AppError
from backend.gguf.names import quant_meaning
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import format as fmt
from ui.pages.library.inspector_head import InspectorHead
from ui.pages.library.words import UNKNOWN, store_name
from ui.widgets.buttons import Button
from ui.widgets.fit_pill import FitPill
from ui.widgets.labels import PredictedLabel, label
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState

DEFAULT_CONTEXT = 8192


class Inspector(QScrollArea):
    """Name and actions, predicted memory, facts of the file."""

    chat = Signal(object)  # LibraryModel
    reveal = Signal(object)
    delete = Signal(object)
    predict = Signal(object, int)  # LibraryModel, context in tokens
    unload = Signal(object)  # LoadedModel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model: LibraryModel | None = None
        self._loaded: LoadedModel | None = None
        body = QWidget()
        body.setProperty("surface", "pane")
        self._outer = QVBoxLayout(body)
        self._outer.setContentsMargins(16, 12, 16, 16)
        self._outer.setSpacing(16)
        self.setWidget(body)
        self._empty = EmptyState("library", tr("No model selected"), tr("Choose a row to see its facts."))
        self._outer.addWidget(self._empty)
        self._content = QWidget()
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(14)
        self.head = InspectorHead()
        self.head.chat.connect(self.chat)
        self.head.reveal.connect(self.reveal)
        self.head.delete.connect(self.delete)
        content.addWidget(self.head)
        content.addWidget(hairline())
        self._fit_section = self._fit_box()
        content.addWidget(self._fit_section)
        self._fit_line = hairline()
        content.addWidget(self._fit_line)
        content.addWidget(self._facts_box())
        self._outer.addWidget(self._content)
        self._outer.addStretch(1)
        self.show_model(None)

    def _fit_box(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        title = label(tr("Memory it needs"), "body", weight=600)
        grid.addWidget(title, 0, 0)
        self._pill = FitPill()
        grid.addWidget(self._pill, 0, 1, Qt.AlignmentFlag.AlignRight)
        self._fit_values: list[tuple[QLabel, PredictedLabel]] = []
        for place in range(1, 5):
            last = place == 4
            name = label("", "small", "1" if last else "2", weight=500 if last else None)
            value = PredictedLabel()
            grid.addWidget(name, place, 0)
            grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignRight)
            self._fit_values.append((name, value))
        self._fit_note = label("", "caption", "3", wrap=True)
        grid.addWidget(self._fit_note, 5, 0, 1, 2)
        self._in_memory = label("", "small", weight=500)
        self._unload = Button(tr("Unload"), size="small")
        self._unload.setToolTip(tr("Free the memory; the next message loads it again"))
        self._unload.clicked.connect(lambda: self.unload.emit(self._loaded))
        grid.addWidget(self._in_memory, 6, 0)
        grid.addWidget(self._unload, 6, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return box

    def _facts_box(self) -> QWidget:
        box = QWidget()
        self._facts = QGridLayout(box)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setVerticalSpacing(6)
        self._facts.setHorizontalSpacing(16)
        title = label(tr("Facts"), "body", weight=600)
        self._facts.addWidget(title, 0, 0, 1, 2)
        self._fact_labels: list[tuple[QLabel, QLabel]] = []
        for place in range(1, 10):
            name, value = label("", "small", "2"), label("", "small", weight=500, wrap=True)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._facts.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, place, 1)
            self._fact_labels.append((name, value))
        self._facts.setColumnStretch(1, 1)
        return box

    def show_model(self, model: LibraryModel | None) -> None:
        """Fill the pane; None empties it."""
        again = model is not None and self._model is not None and model.id == self._model.id
        self._model = model
        self._empty.setVisible(model is None)
        self._content.setVisible(model is not None)
        if model is None:
            return
        self.head.show_model(model)
        self._fit_section.setVisible(not model.problem)
        self._fit_line.setVisible(not model.problem)
        self._show_facts(model)
        if again:
            return
        for name, value in self._fit_values:
            name.clear()
            value.clear()
        self._pill.set_fit(None)
        if model.problem:
            self._fit_note.setText("")
        else:
            self._fit_note.setText(tr("Reading the header …"))
            self.predict.emit(model, min(model.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT))

    def show_loaded(self, loaded: LoadedModel | None) -> None:
        """The model is in memory now, or not any more."""
        self._loaded = loaded
        self._in_memory.setVisible(loaded is not None)
        self._unload.setVisible(loaded is not None)
        if loaded is not None:
            self._in_memory.setText(
                tr("Loaded, {size} in use", size=fmt.size(loaded.rss)) if loaded.rss else tr("Loaded")
            )

    def show_fit(self, model_id: str, fit: Fit) -> None:
        if self._model is None or self._model.id != model_id:
            return
        self._pill.set_fit(fit)
        ledger = fit.ledger
        rows = (
            (tr("Weights"), ledger.weights),
            (tr("Context, {count} tokens", count=fmt.number(fit.run.n_ctx, 0)), ledger.kv),
            (tr("Compute and other"), ledger.compute + ledger.other),
            (tr("Needs"), ledger.total),
        )
        for (name, value), (words, number) in zip(rows, self._fit_values, strict=True):
            words.setText(name)
            number.set_predicted(fmt.size(value))
        self._fit_note.setText(tr("Predicted from the file's header; measured once it is loaded in a chat."))

    def show_fit_error(self, model_id: str, error: AppError) -> None:
        if self._model is not None and self._model.id == model_id:
            self._fit_note.setText(str(error))

    def _show_facts(self, model: LibraryModel) -> None:
        facts: list[tuple[str, str]] = []
        if model.architecture:
            facts.append((tr("Architecture"), model.architecture))
        if model.parameters:
            facts.append((tr("Parameters"), fmt.count(model.parameters)))
        if model.context_length:
            facts.append(
                (
                    tr("Trained context"),
                    tr("{count} tokens", n=model.context_length, count=fmt.number(model.context_length, 0)),
                )
            )
        if model.quant != UNKNOWN:
            facts.append((tr("Quantization"), quant_meaning(model.quant) or model.quant))
        facts.append((tr("Store"), store_name(model.store)))
        facts.append((tr("Size"), fmt.size(model.size)))
        if model.tokens_per_second:
            facts.append(
                (tr("Measured speed"), tr("{rate} tok/s", rate=fmt.number(model.tokens_per_second, 1)))
            )
        if model.sha256:
            facts.append(("SHA-256", f"{model.sha256[:8]} {model.sha256[8:16]} …"))
        facts.append((tr("File"), model.path.name.replace("_", "_\u200b").replace("-", "-\u200b")))
        for place, (name, value) in enumerate(self._fact_labels):
            shown = place < len(facts)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                name.setText(facts[place][0])
                value.setText(facts[place][1])
        self._fact_labels[len(facts) - 1][1].setToolTip(str(model.path))
