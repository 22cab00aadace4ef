"""The notice above the composer: a model will not fit, or could not be loaded, and what would."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from backend.capacity.running import BATCH
from backend.capacity.types import LoadAdvice, Option
from backend.i18n import tr
from ui import format as fmt
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PredictedLabel, label
from ui.widgets.states import IconLabel

MOST_OPTIONS = 3


def way_words(option: Option, label: str) -> str:
    """The settings of an option on its button; `label` is the file that is chosen now."""
    run = option.run
    parts = []
    if option.label and option.label != label:
        parts.append(option.label)
    n_ctx = run.n_ctx // max(run.parallel, 1)
    parts.append(tr("{count} tokens", n=n_ctx, count=fmt.number(n_ctx)))
    if run.kv_type != "f16":
        parts.append(tr("{type} cache", type=run.kv_type.upper()))
    if run.n_batch < BATCH:
        parts.append(tr("batches of {n}", n=run.n_batch))
    if run.gpu_layers is not None:
        parts.append(tr("{n} layers on the GPU", n=run.gpu_layers))
    return ", ".join(parts)


class AdviceNotice(QFrame):
    """Hidden until `show_advice`.

    Signals:
        chosen: The `Option` to load it with.
        anyway: Load it as it is.
        dismissed: The person does not want to know.
    """

    chosen = Signal(object)
    anyway = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "advice")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 10, 8, 12)
        outer.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._icon = IconLabel("triangle-alert", "warn.text")
        self._icon.setFixedSize(16, 20)  # as high as a line of the title
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._title = label("", "body", weight=600, wrap=True)
        head.addWidget(self._title, 1)
        close = IconButton("x", tr("Close"), size="small")
        close.clicked.connect(self.dismissed)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        body = QVBoxLayout()
        body.setContentsMargins(24, 0, 4, 0)
        body.setSpacing(8)
        self._text = label("", "small", "1", wrap=True)
        body.addWidget(self._text)
        self._ways = QGridLayout()
        self._ways.setHorizontalSpacing(10)
        self._ways.setVerticalSpacing(6)
        self._ways.setColumnStretch(2, 1)
        body.addLayout(self._ways)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.anyway_button = Button(tr("Load anyway"), size="small")
        self.anyway_button.clicked.connect(self.anyway)
        foot.addWidget(self.anyway_button)
        foot.addStretch(1)
        body.addLayout(foot)
        outer.addLayout(body)
        self._cells: list[QWidget] = []
        self.buttons: list[Button] = []
        self.hide()

    def show_advice(self, advice: LoadAdvice, title: str, label: str, *, failed: bool, held: bool) -> None:
        """Say what will happen, or what happened.

        Args:
            title: One short sentence.
            label: The file that is chosen now, by its quantization.
            failed: Whether the load was tried already.
            held: Whether a message waits for the answer.
        """
        self._icon.set_icon(
            "circle-alert" if failed else "triangle-alert", "bad.text" if failed else "warn.text"
        )
        self.setProperty("kind", "bad" if failed else "warn")
        self.style().unpolish(self)
        self.style().polish(self)
        self._title.setText(title)
        self._text.setText(advice.warning)
        self._text.setVisible(bool(advice.warning))
        self._show_ways(advice.options[:MOST_OPTIONS], label)
        self.anyway_button.setText(
            tr("Try it again as it is") if failed else tr("Send anyway") if held else tr("Load anyway")
        )
        self.setAccessibleName(f"{title} {advice.warning}".strip())
        self.show()
        self.updateGeometry()

    def _show_ways(self, options: tuple[Option, ...], chosen: str) -> None:
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells.clear()
        self.buttons.clear()
        for line, option in enumerate(options):
            words = way_words(option, chosen)
            button = Button(words, size="small")
            button.setAccessibleName(tr("Load with {settings}. {why}", settings=words, why=option.why))
            button.clicked.connect(lambda _on=False, option=option: self.chosen.emit(option))
            needs = PredictedLabel()
            needs.set_predicted(fmt.size(option.fit.ledger.total))
            why = label(option.why, "small", "2", wrap=True)
            cells: tuple[QWidget, ...] = (button, needs, why)
            for column, cell in enumerate(cells):
                self._ways.addWidget(cell, line, column, Qt.AlignmentFlag.AlignVCenter)
            self._cells += cells
            self.buttons.append(button)
