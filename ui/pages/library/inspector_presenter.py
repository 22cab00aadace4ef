"""What the inspector asks of the backend; answers for a model that is not shown any more are dropped."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from backend.app import Backend
from backend.errors import AppError
from backend.inspect.types import FileFacts, TemplateDifference, Token
from backend.library.types import LibraryModel
from ui import tasks

READ_MS = 120
"""Pause before a file is read: who goes through the list with the arrow keys reads none but the last."""
TYPE_MS = 150


class InspectorPresenter(QObject):
    """One model at a time. Every signal is about the model that was shown last."""

    contents_ready = Signal(object, str)  # FileFacts, template
    contents_failed = Signal(object)  # AppError
    made_ready = Signal(object)  # MadeModel or None
    difference_ready = Signal(object, bool)  # TemplateDifference or None, whether the person asked
    difference_failed = Signal(object)  # AppError
    tokens_ready = Signal(str, object)  # text, tuple[Token, ...]
    tokens_failed = Signal(str, object)  # text, AppError

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._model: LibraryModel | None = None
        self._running: list[tasks.Task] = []
        self._asking: tasks.Task | None = None
        self._text: str | None = None
        self._read_soon = _timer(self, READ_MS, self.read)
        self._type_soon = _timer(self, TYPE_MS, self._tokenize)

    def show_model(self, model: LibraryModel | None) -> None:
        """Forget the model before, and read this one soon."""
        for task in self._running:
            task.cancel()
        self._running.clear()
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self._text = None
        self._type_soon.stop()
        self._model = model
        if model is None:
            self._read_soon.stop()
        else:
            self._read_soon.start()

    def read(self) -> None:
        """Read the file now; then look for a difference of the template in what is known without asking."""
        model = self._model
        if model is None:
            return
        self._read_soon.stop()
        inspector = self._backend.inspector

        def work() -> tuple[FileFacts, str]:
            return inspector.facts(model.path), inspector.template(model.path)

        def done(contents: tuple[FileFacts, str]) -> None:
            self.contents_ready.emit(*contents)
            if contents[1]:
                self._compare(model, ask=False)

        self._running.append(tasks.run(work, done, self.contents_failed.emit, owner=self))
        digest, quantizer = model.sha256, self._backend.quantizer
        if digest:
            made = tasks.run(lambda: quantizer.recipe_of(digest), self.made_ready.emit, owner=self)
            self._running.append(made)

    def compare(self) -> None:
        """The person wants to know how the template differs; the network may be asked."""
        if self._model is not None:
            self._compare(self._model, ask=True)

    def _compare(self, model: LibraryModel, *, ask: bool) -> None:
        def work() -> TemplateDifference | None:
            return self._backend.inspector.template_difference(model, ask=ask)

        self._running.append(
            tasks.run(
                work,
                lambda found: self.difference_ready.emit(found, ask),
                self.difference_failed.emit if ask else lambda _error: None,
                owner=self,
            )
        )

    def tokenize(self, text: str, *, at_once: bool = False) -> None:
        """Ask for the tokens of `text` after a short pause; only the last text is asked for."""
        self._text = text
        self._type_soon.start(0 if at_once else TYPE_MS)

    def _tokenize(self) -> None:
        """One request at a time: what is typed meanwhile waits for its answer."""
        model, text = self._model, self._text
        if model is None or text is None or self._asking is not None:
            return
        self._text = None

        def work() -> tuple[Token, ...]:
            return self._backend.inspector.tokenize(model.path, text)

        def done(tokens: tuple[Token, ...]) -> None:
            self._asking = None
            self.tokens_ready.emit(text, tokens)
            self._tokenize()

        def failed(error: AppError) -> None:
            self._asking = None
            self.tokens_failed.emit(text, error)
            self._tokenize()

        self._asking = tasks.run(work, done, failed, owner=self)


def _timer(owner: QObject, pause: int, act: object) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(pause)
    timer.timeout.connect(act)
    return timer
