"""Right side of the library: what is known of the selected model, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from backend.app import Backend
from backend.capacity.types import Fit
from backend.engines.types import LoadedModel
from backend.errors import AppError
from backend.i18n import tr
from backend.inspect.types import FileFacts
from backend.library.types import LibraryModel
from ui.pages.library.inspector_fit import FitSection
from ui.pages.library.inspector_head import InspectorHead
from ui.pages.library.inspector_metadata import MetadataSection
from ui.pages.library.inspector_presenter import InspectorPresenter
from ui.pages.library.inspector_section import InspectorSection
from ui.pages.library.inspector_template import TemplateSection
from ui.pages.library.inspector_tensors import TensorSection
from ui.pages.library.inspector_tokenizer import TokenizerSection
from ui.pages.library.words import has_fit
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState


class Inspector(QScrollArea):
    """The head, and below it sections that can be folded away: memory, tensors, metadata, template,
    tokenizer."""

    chat = Signal(object)  # LibraryModel
    delete = Signal(object)
    predict = Signal(object, object)  # LibraryModel, RunConfig
    unload = Signal(object)  # LoadedModel

    def __init__(self, backend: Backend, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model: LibraryModel | None = None
        self._presenter = InspectorPresenter(backend, self)
        body = QWidget()
        body.setProperty("surface", "pane")
        outer = QVBoxLayout(body)
        outer.setContentsMargins(0, 0, 0, 16)
        outer.setSpacing(0)
        self.setWidget(body)
        self._empty = EmptyState("library", tr("No model selected"), tr("Choose a row to see its facts."))
        outer.addWidget(self._empty)
        self._content = QWidget()
        self._layout = QVBoxLayout(self._content)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.head = InspectorHead()
        self.head.chat.connect(self.chat)
        self.head.delete.connect(self.delete)
        self._add(self.head)
        self.fit = FitSection()
        self.fit.predict.connect(self.predict)
        self.fit.unload.connect(self.unload)
        self.tensors = TensorSection()
        self.metadata = MetadataSection()
        self.template = TemplateSection()
        self.tokenizer = TokenizerSection()
        self._sections: tuple[InspectorSection, ...] = (
            self.fit,
            self.tensors,
            self.metadata,
            self.template,
            self.tokenizer,
        )
        self._lines = {section.key: hairline() for section in self._sections}
        for section in self._sections:
            self._layout.addWidget(self._lines[section.key])
            self._add(section)
        outer.addWidget(self._content)
        outer.addStretch(1)
        self._connect()
        self.show_model(None)

    def _add(self, widget: QWidget) -> None:
        """Put a part of the pane below the last one, with room around it."""
        margins = 16, 12, 16, 12
        layout = widget.layout()
        assert layout is not None
        layout.setContentsMargins(*margins)
        self._layout.addWidget(widget)

    def _connect(self) -> None:
        source = self._presenter
        source.contents_ready.connect(self._show_contents)
        source.made_ready.connect(self.metadata.show_made)
        source.contents_failed.connect(self._show_unreadable)
        source.difference_ready.connect(self.template.show_difference)
        source.difference_failed.connect(self.template.show_difference_error)
        source.tokens_ready.connect(self.tokenizer.show_tokens)
        source.tokens_failed.connect(self.tokenizer.show_error)
        self.tensors.retry.connect(source.read)
        self.template.compare.connect(source.compare)
        self.tokenizer.asked.connect(source.tokenize)
        self.tokenizer.asked_again.connect(lambda text: source.tokenize(text, at_once=True))

    # -- what is shown

    def show_model(self, model: LibraryModel | None) -> None:
        """Fill the pane; None empties it."""
        before = self._model
        self._model = model
        self._empty.setVisible(model is None)
        self._content.setVisible(model is not None)
        if model is None:
            self._presenter.show_model(None)
            return
        self.head.show_model(model)
        self.fit.show_model(model)
        self._lines[self.fit.key].setVisible(has_fit(model))
        self.metadata.show_model(model)
        if before is not None and _same_file(before, model):
            return
        self.tensors.show_waiting()
        self.template.show_waiting()
        self.tokenizer.clear()
        self._show_text_sections(model.kind == "model")
        self._presenter.show_model(model)

    def show_loaded(self, loaded: LoadedModel | None) -> None:
        """The model is in memory now, or not any more."""
        self.fit.show_loaded(loaded)

    def show_fit(self, model_id: str, fit: Fit) -> None:
        self.fit.show_fit(model_id, fit)

    def show_fit_error(self, model_id: str, error: AppError) -> None:
        self.fit.show_error(model_id, error)

    def _show_contents(self, facts: FileFacts, template: str) -> None:
        self.tensors.show_facts(facts)
        self.metadata.show_facts(facts)
        self.template.show_template(template)
        if self._model is not None and self._model.kind == "model":
            self._show_text_sections(True)
            self.tokenizer.start()

    def _show_unreadable(self, error: AppError) -> None:
        self.tensors.show_error(error)
        self.metadata.show_facts(None)
        self._show_text_sections(False)

    def _show_text_sections(self, shown: bool) -> None:
        """Template and tokenizer: there is nothing to say of them where the file cannot be read."""
        for section in (self.template, self.tokenizer):
            section.setVisible(shown)
            self._lines[section.key].setVisible(shown)

    # -- remembered

    def save_state(self, settings: QSettings) -> None:
        for section in self._sections:
            settings.setValue(f"library/section/{section.key}", section.is_open)

    def restore_state(self, settings: QSettings) -> None:
        for section in self._sections:
            value = settings.value(f"library/section/{section.key}")
            if value is not None:
                section.set_open(str(value).lower() == "true")


def _same_file(one: LibraryModel, other: LibraryModel) -> bool:
    return (one.id, one.path, one.size, one.modified) == (other.id, other.path, other.size, other.modified)
