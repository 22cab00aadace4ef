"""What form an answer must have, and whether its tokens are told with their probabilities."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from backend.chats.forms import FormProblem, problem_in
from backend.engines.types import AnswerFormat, Sampling
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.labels import label, set_tone
from ui.widgets.toggle import Toggle

ALTERNATIVES = 5
"""How many other tokens are told where the probabilities are wanted."""
_DELAY_MS = 250
_EXAMPLES: dict[str, str] = {
    "schema": '{\n  "type": "object",\n  "properties": {\n    "name": {"type": "string"}\n  },\n  '
    '"required": ["name"]\n}',
    "grammar": 'root ::= "yes" | "no"',
}


class FormatSection(QWidget):
    """Signals:
    changed: A `Sampling` with another form, or other alternatives. A schema or grammar is reported once it
        can be right.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sampling = Sampling()
        self._loading = False
        self._texts: dict[str, str] = {}
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Answer as"))
        self.kind.setProperty("controlSize", "small")
        for value, words in (
            ("text", tr("Text")),
            ("json", tr("JSON")),
            ("schema", tr("JSON of a schema")),
            ("grammar", tr("Grammar (GBNF)")),
        ):
            self.kind.addItem(words, value)
        self.kind.activated.connect(self._chosen)
        self.editor = QPlainTextEdit()
        self.editor.setFont(theme.font("code"))
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(140)
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.textChanged.connect(self._edited)
        self.problem = label("", "caption", "bad", wrap=True)
        self.told = Toggle(tr("Tell how likely each token was"))
        self.told.clicked.connect(self._tell)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DELAY_MS)
        self._wait.timeout.connect(self._take)
        self._build()
        self.show_sampling(Sampling())

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(tr("Answer as"), "body", weight=600))
        head.addStretch(1)
        head.addWidget(self.kind)
        tell = QHBoxLayout()
        words = label(self.told.accessibleName(), "small", "2", wrap=True)
        words.setBuddy(self.told)
        tell.addWidget(words, 1)
        tell.addWidget(self.told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.editor)
        layout.addWidget(self.problem)
        layout.addLayout(tell)

    def show_sampling(self, sampling: Sampling) -> None:
        """Show the form of `sampling` without reporting it as a change."""
        before, self._sampling = self._sampling, sampling
        if self._wait.isActive() and before.format == sampling.format:
            return  # what is being written is not taken away
        self._wait.stop()
        self._loading = True
        self.kind.setCurrentIndex(self.kind.findData(sampling.format))
        self._show_text(sampling.grammar)
        self.told.setChecked(sampling.logprobs > 0)
        self._loading = False

    def _form(self) -> AnswerFormat:
        return cast(AnswerFormat, self.kind.currentData())

    def _show_text(self, text: str) -> None:
        form = self._form()
        written = form in _EXAMPLES
        self.editor.setVisible(written)
        self.editor.setAccessibleName(tr("JSON schema") if form == "schema" else tr("Grammar"))
        if written and self.editor.toPlainText() != text:
            self.editor.setPlainText(text)
        self._say(problem_in(form, text) if written else None)

    def _chosen(self) -> None:
        if self._sampling.format in _EXAMPLES:
            self._texts[self._sampling.format] = self.editor.toPlainText()
        form = self._form()
        text = self._texts.get(form, _EXAMPLES.get(form, ""))
        self._wait.stop()
        self._loading = True
        self._show_text(text)
        self._loading = False
        self._take()

    def _edited(self) -> None:
        if not self._loading:
            self._wait.start()

    def _take(self) -> None:
        form = self._form()
        text = self.editor.toPlainText() if form in _EXAMPLES else ""
        problem = problem_in(form, text)
        self._say(problem)
        if problem is None:
            self._report(replace(self._sampling, format=form, grammar=text))

    def _tell(self) -> None:
        self._report(replace(self._sampling, logprobs=ALTERNATIVES if self.told.isChecked() else 0))

    def _report(self, sampling: Sampling) -> None:
        if sampling != self._sampling:
            self._sampling = sampling
            self.changed.emit(sampling)

    def _say(self, problem: FormProblem | None) -> None:
        """Tell in place what is wrong, and mark its line."""
        self.problem.setVisible(self.editor.isVisibleTo(self))
        marks = []
        if problem is None:
            words = tr("This can be used from the next answer on.")
        elif problem.line:
            words = tr("Line {line}: {problem}", line=fmt.number(problem.line), problem=problem.text)
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.editor.document().findBlockByNumber(problem.line - 1))
            mark.cursor = cursor  # type: ignore[attr-defined]
            mark.format.setBackground(theme.color("bad.bg"))  # type: ignore[attr-defined]
            mark.format.setProperty(0x06000, True)  # type: ignore[attr-defined]  # FullWidthSelection
            marks.append(mark)
        else:
            words = problem.text
        self.editor.setExtraSelections(marks)
        self.problem.setText(words)
        set_tone(self.problem, "3" if problem is None else "bad")
        self.editor.setAccessibleDescription(words)
