"""The sheet that begins an unattended run: prompts, columns, and how long it may take."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from backend.compare.types import Column
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.sheet import Sheet

MOST_PROMPTS = 2_000
_MOST_BYTES = 20_000_000
_SETTLE_MS = 400

Estimate = Callable[[tuple[str, ...], tuple[Column, ...], Callable[[float | None], object]], object]


def prompts_of(text: str) -> tuple[str, ...]:
    """Prompts out of a text: separated by empty lines if there are any between them, else one per line."""
    blocks = [block.strip() for block in text.split("\n\n")]
    found = [block for block in blocks if block]
    if len(found) <= 1:
        found = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(dict.fromkeys(found))


def prompts_in(path: Path) -> tuple[str, ...]:
    """Prompts of a text file, or of JSON Lines with a string or an object with ``prompt`` per line.

    Raises:
        ValueError: It is neither; the text says where it went wrong.
        OSError: It cannot be read.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError(tr("The file is larger than {size}.", size=fmt.size(_MOST_BYTES)))
    text = path.read_text(encoding="utf-8", errors="strict")
    if path.suffix.lower() not in (".jsonl", ".ndjson"):
        return prompts_of(text)
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ValueError(tr("Line {number} is not JSON.", number=number)) from error
        prompt = value.get("prompt") if isinstance(value, dict) else value
        if not isinstance(prompt, str) or not prompt.strip():
            raise ValueError(tr("Line {number} has no text in “prompt”.", number=number))
        found.append(prompt.strip())
    return tuple(dict.fromkeys(found))


class RunSheet(Sheet):
    """Args:
        names: Of the columns, in order.
        estimate: Asks how many seconds a run may take.

    Signals:
        wanted: Title, prompts.
    """

    wanted = Signal(str, object)

    def __init__(
        self,
        columns: Sequence[Column],
        names: Sequence[str],
        estimate: Estimate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            tr("New unattended run"),
            tr("Each model is loaded once and answers every prompt. Pausing and a restart lose nothing."),
            width=560,
            parent=parent,
        )
        self._columns = tuple(columns)
        self._estimate = estimate
        self._title_field = QLineEdit()
        self._title_field.setMaxLength(80)
        self._title_field.setPlaceholderText(tr("Overnight"))
        self._title_field.setAccessibleName(tr("Name of the run"))
        self.prompts_field = QPlainTextEdit()
        self.prompts_field.setAccessibleName(tr("Prompts"))
        self.prompts_field.setPlaceholderText(
            tr("One prompt per line; or with empty lines between them, where prompts have several lines.")
        )
        self.prompts_field.setFont(theme.font("body"))
        self.prompts_field.setTabChangesFocus(True)
        self.prompts_field.setMinimumHeight(200)
        self._problem = Banner("warn", "")
        self._problem.hide()
        self._says = label("", "small", "2", wrap=True)
        who = label(" · ".join(names), "small", "2", wrap=True)
        self._file = Button(tr("From a file …"), icon="file-text", size="small")
        self._file.clicked.connect(self._choose_file)
        self._start = self.add_button(tr("Start"), "primary", "play")
        self._start.clicked.connect(self._accept)
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(self._ask)
        self.prompts_field.textChanged.connect(self._edited)
        head = QHBoxLayout()
        head.addWidget(label(tr("Prompts"), "body", weight=600))
        head.addStretch(1)
        head.addWidget(self._file)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(label(tr("Name"), "body", weight=600))
        column.addWidget(self._title_field)
        column.addWidget(label(tr("Columns"), "body", weight=600))
        column.addWidget(who)
        column.addLayout(head)
        column.addWidget(self.prompts_field, 1)
        column.addWidget(self._problem)
        column.addWidget(self._says)
        self.body.addLayout(column)
        self._edited()
        self.prompts_field.setFocus()

    def prompts(self) -> tuple[str, ...]:
        return prompts_of(self.prompts_field.toPlainText())

    def _edited(self) -> None:
        prompts = self.prompts()
        many = len(prompts) > MOST_PROMPTS
        self._start.setEnabled(bool(prompts) and not many)
        self._problem.setVisible(many)
        if many:
            self._problem.set_text(
                tr(
                    "A run can have {limit} prompts; these are {count}.",
                    limit=fmt.number(MOST_PROMPTS),
                    count=fmt.number(len(prompts)),
                )
            )
        self._say(None)
        self._soon.start()

    def _ask(self) -> None:
        prompts = self.prompts()
        if prompts and len(prompts) <= MOST_PROMPTS:
            self._estimate(
                prompts, self._columns, lambda seconds: prompts == self.prompts() and self._say(seconds)
            )

    def _say(self, seconds: float | None) -> None:
        count = len(self.prompts())
        words = tr("{n} prompts for {columns} columns", n=count, columns=len(self._columns))
        if seconds is not None:
            words = tr("{what}, about {time}", what=words, time=fmt.duration(seconds))
        self._says.setText(words)

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, tr("Prompts from a file"), "", tr("Texts (*.txt *.md *.jsonl)")
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Put the prompts of a file into the field, or say in place why not."""
        try:
            prompts = prompts_in(path)
        except (ValueError, OSError) as error:
            self._problem.set_text(f"{path.name}: {error}")
            self._problem.show()
            return
        self.prompts_field.setPlainText("\n\n".join(prompts) if len(prompts) > 1 else "".join(prompts))

    def _accept(self) -> None:
        title = " ".join(self._title_field.text().split()) or tr("Overnight")
        prompts = self.prompts()
        self.accept()
        self.wanted.emit(title, prompts)
