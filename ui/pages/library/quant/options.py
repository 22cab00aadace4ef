"""How the files are made and measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QVBoxLayout, QWidget

from backend.i18n import tr
from backend.lab.types import LabText
from ui import format as fmt
from ui.pages.library.quant.advanced import Advanced
from ui.pages.library.quant.option import OptionRow, Picker
from ui.pages.library.quant.plan import NEUTRAL, Choices, Matrix, Workbench
from ui.pages.library.quant.words import matrix_name, quantized, text_name
from ui.widgets.banner import Banner

TOKENS = (2_048, 8_192, 32_768, 0)
"""Lengths of text to measure on; 0 is all of it."""
_A_FILE = "file"
_MATRIX_FILES = frozenset({".dat", ".gguf", ".imatrix"})


class Options(QFrame):
    """Keeps all of `Choices` but the types.

    Signals:
        changed: Something was chosen by the person.
        resized: It takes more or less room now.
    """

    changed = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self._texts: tuple[LabText, ...] = (NEUTRAL,)
        self._matrices: list[tuple[object, str]] = []
        self._extra_matrix: Matrix | None = None
        self._text: LabText = NEUTRAL
        self._matrix = Matrix(text=NEUTRAL)
        self._filled = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self._warning = Banner("warn", "")
        self._sure = QCheckBox(tr("I know; quantize it again"))
        self._matrix_row = OptionRow(tr("Importance matrix"))
        self._matrix_pick = Picker(tr("Importance matrix from"), 150)
        self._matrix_row.add(self._matrix_pick)
        self._measure_row = OptionRow(tr("Measure the loss afterwards"), checked=True)
        self._text_pick = Picker(tr("Text to measure on"), 116)
        self._tokens_pick = Picker(tr("How much of the text"), 120)
        self._measure_row.add(self._text_pick)
        self._measure_row.add(self._tokens_pick)
        self._keep_row = OptionRow(tr("Keep the files in the library"), checked=True)
        self.advanced = Advanced()
        for widget in (
            self._warning,
            self._sure,
            self._matrix_row,
            self._measure_row,
            self._keep_row,
            self.advanced,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._warning.hide()
        self._sure.hide()
        self._connect()
        self._tokens_pick.fill([(count, _tokens_words(count)) for count in TOKENS], 8_192)
        self._show()

    def _connect(self) -> None:
        for row in (self._matrix_row, self._measure_row, self._keep_row):
            row.toggled.connect(self._changed)
        self._sure.toggled.connect(self._changed)
        self.advanced.changed.connect(self._changed)
        self.advanced.folded.connect(self.resized)
        self._tokens_pick.picked.connect(self._changed)
        self._text_pick.picked.connect(self._text_picked)
        self._matrix_pick.picked.connect(self._matrix_picked)

    def _changed(self, *_anything: object) -> None:
        self._show()
        self.changed.emit()

    # -- what is there to choose from

    def set_bench(self, bench: Workbench) -> None:
        """Offer the matrices and texts that there are."""
        self._texts = bench.texts or (NEUTRAL,)
        self.advanced.set_bench(bench)
        saved: list[tuple[object, str]] = [
            (Matrix(path=matrix.path), matrix_name(matrix)) for matrix in bench.imatrices
        ]
        fresh: list[tuple[object, str]] = [
            (Matrix(text=text), text_name(text)) for text in self._texts if text.kind != "file"
        ]
        self._matrices = [*saved, *fresh]
        if not self._filled:
            self._filled = True
            self._text = self._texts[0]
            first = (saved or fresh or [(self._matrix, "")])[0][0]
            assert isinstance(first, Matrix)
            self._matrix = first
            self._matrix_row.set_checked(bool(saved))
        twice = quantized(bench.model)
        if twice:
            self._warning.set_text(
                tr(
                    "{type} is quantized already. What is made from it loses twice, and the loss shown is "
                    "measured against {type}, not against the full weights.",
                    type=bench.original,
                )
            )
        self._warning.setVisible(twice)
        self._sure.setVisible(twice)
        self._show()

    def _show(self) -> None:
        entries = list(self._matrices)
        if self._extra_matrix is not None:
            path = self._extra_matrix.path or (self._extra_matrix.text and self._extra_matrix.text.path)
            entries.append((self._extra_matrix, path.name if path else ""))
        self._matrix_pick.fill([*entries, (_A_FILE, tr("A file …"))], self._matrix)
        texts: list[tuple[object, str]] = [(text, text_name(text)) for text in self._texts]
        if self._text not in self._texts:
            texts.append((self._text, text_name(self._text)))
        self._text_pick.fill([*texts, (_A_FILE, tr("A file …"))], self._text)
        self._matrix_row.set_about(self._matrix_words())
        self._keep_row.set_possible(self._measure_row.checked)
        self._keep_row.set_about("" if self.keeps else tr("Each is deleted as soon as it was measured"))
        self.set_measuring(None)

    def _matrix_words(self) -> str:
        if self._matrix.path is not None:
            return tr("Saved; helps small types most")
        text = self._matrix.text
        if text is not None and text.private:
            return tr("Read on this machine only; the matrix holds none of your words")
        return tr("Computed first, then saved; helps small types most")

    def set_measuring(self, seconds: float | None) -> None:
        """How long measuring all that is chosen takes; None where that is not known."""
        words = tr("KL and same top token")
        if self._text.kind == "both":
            words = tr("Also on your own chats, which stay on this machine")
        elif self._text.private:
            words = tr("On your own chats, which stay on this machine")
        self._measure_row.set_about(
            tr("{words}, {time}", words=words, time=fmt.duration(seconds)) if seconds else words
        )

    # -- choosing

    def _text_picked(self, value: object) -> None:
        if value == _A_FILE:
            path = self._ask(tr("Text to measure on"))
            if path is not None:
                self._text = LabText("file", path.name, path, _size(path))
        elif isinstance(value, LabText):
            self._text = value
        self._changed()

    def _matrix_picked(self, value: object) -> None:
        if value == _A_FILE:
            path = self._ask(tr("Importance matrix, or a text to compute one from"))
            if path is not None:
                if path.suffix.lower() in _MATRIX_FILES:
                    self._extra_matrix = Matrix(path=path)
                else:
                    self._extra_matrix = Matrix(text=LabText("file", path.name, path, _size(path)))
                self._matrix = self._extra_matrix
        elif isinstance(value, Matrix):
            self._matrix = value
        self._changed()

    def _ask(self, title: str) -> Path | None:
        chosen, _kind = QFileDialog.getOpenFileName(self, title, str(Path.home()))
        return Path(chosen) if chosen else None

    def use_matrix(self) -> None:
        """Tick the importance matrix."""
        self._matrix_row.set_checked(True)

    @property
    def matrix_text(self) -> LabText | None:
        """The text that a matrix is to be computed from; None where a saved one is chosen."""
        return self._matrix.text

    @property
    def keeps(self) -> bool:
        """Whether what is made stays."""
        return self._keep_row.checked or not self._measure_row.checked

    def choices(self, types: tuple[str, ...]) -> Choices:
        """Everything that is chosen, with these `types`."""
        tokens = self._tokens_pick.value()
        return replace(
            Choices(types),
            matrix=self._matrix if self._matrix_row.checked else None,
            measure=self._measure_row.checked,
            text=self._text,
            tokens=tokens if isinstance(tokens, int) else TOKENS[1],
            output=self.advanced.output.checked,
            embeddings=self.advanced.embeddings.isChecked(),
            threads=self.advanced.thread_count,
            split=self.advanced.keeps_split,
            requantize=self._sure.isChecked(),
            keep=self.keeps,
        )


def _tokens_words(count: int) -> str:
    return tr("{count} tokens", n=count, count=fmt.number(count)) if count else tr("All of it")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
