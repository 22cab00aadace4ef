"""The panel *Compatibility*: what was checked, line by line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from backend.adapters.checking import check_name
from backend.adapters.types import Adapter, CheckKind, CheckLine, CheckState, Compatibility
from backend.errors import AppError
from backend.i18n import tr
from ui.models.adapter_words import usable
from ui.pages.adapters.words import breakable, safety_words
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import label, set_tone
from ui.widgets.states import IconLabel

_WIDE = 440
"""A panel of fewer pixels has no room for the words on *Check again*."""
_MARKS: dict[CheckState, tuple[str, str]] = {
    "ok": ("check", "ok.mark"),
    "warning": ("triangle-alert", "warn.text"),
    "bad": ("circle-alert", "bad.text"),
    "unknown": ("circle-question-mark", "text.3"),
}


def state_words(state: CheckState) -> str:
    """For screen readers, who do not see the mark."""
    match state:
        case "ok":
            return tr("fine")
        case "warning":
            return tr("look out")
        case "bad":
            return tr("does not fit")
        case _:
            return tr("not known")


class ChecksPanel(QWidget):
    """Signals:
    again_asked: *Check again*.
    measure_asked: *Measure*, on the last line.
    convert_asked: *Convert*, where a folder has to be converted.
    """

    again_asked = Signal()
    measure_asked = Signal()
    convert_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sum = label("", "small", weight=500)
        self._again = Button(tr("Check again"), "quiet", "rotate-ccw", size="small")
        self._again_brief = IconButton("rotate-ccw", tr("Check again"), size="small")
        for again in (self._again, self._again_brief):
            again.clicked.connect(self.again_asked)
        self.convert = Banner("warn", "", tr("Convert"))
        self.convert.acted.connect(self.convert_asked)
        self.convert.hide()
        self._problem = Banner("bad", "")
        self._problem.hide()
        self._measure = Button(tr("Measure"), "link")
        self._measure.setToolTip(tr("Loads the model if need be, and compares its answers with and without"))
        self._measure.clicked.connect(self.measure_asked)
        self._effect = label("", "small", wrap=True)
        self._effect_mark = IconLabel("circle-question-mark", "text.3")
        self._effect_box = QWidget()
        box = QVBoxLayout(self._effect_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self._effect)
        box.addWidget(self._measure)
        self._effect_box.hide()
        content = QWidget()
        content.setProperty("scrollContent", True)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 4, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.convert)
        column.addWidget(self._problem)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._area.setWidget(content)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._area.setAccessibleName(tr("What was checked"))
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 16, 8)
        head.setSpacing(8)
        head.addWidget(label(tr("Compatibility"), "title"))
        head.addWidget(self._sum)
        head.addStretch(1)
        head.addWidget(self._again)
        head.addWidget(self._again_brief)
        self._again.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._area, 1)
        self._rows: list[QWidget] = []
        self._lines = 0

    def words(self) -> list[str]:
        """What each line says, for tests and screen readers."""
        texts = [self._effect if row is self._effect_box else row for row in self._rows]
        return [text.accessibleName() for text in texts if text.accessibleName()]

    def begin(self) -> None:
        """Another check begins."""
        for row in self._rows:
            if row not in (self._effect_box, self._effect_mark):
                row.deleteLater()
            self._grid.removeWidget(row)
            row.hide()
        self._rows, self._lines = [], 0
        self._sum.setText("")
        self.convert.hide()
        self._problem.hide()

    def add_line(self, line: CheckLine) -> None:
        """Show the next line."""
        if line.kind is CheckKind.EFFECT:
            return  # it has its own row, with the button
        text = label(breakable(line.text), "small", wrap=True)
        self._add(line.kind, IconLabel(*_MARKS[line.state]), text)
        text.setAccessibleName(f"{check_name(line.kind)}, {state_words(line.state)}: {line.text}")

    def _add(self, kind: CheckKind, mark: IconLabel, text: QWidget) -> None:
        at = self._lines
        self._lines += 1
        top = Qt.AlignmentFlag.AlignTop
        name = label(check_name(kind), "small", "2")
        for column, widget in enumerate((mark, name, text)):
            self._grid.addWidget(widget, at, column, top if column < 2 else Qt.AlignmentFlag(0))
            widget.show()
        self._rows += [mark, name, text]

    def end(self, adapter: Adapter, found: Compatibility) -> None:
        """All lines are there."""
        words, tone = safety_words(adapter, found)
        self._sum.setText(words)
        set_tone(self._sum, tone)
        if adapter.format == "peft" and found.safe and not adapter.problem:
            self.convert.set_text(
                tr("This is a PEFT folder, as training programs write it. It has to be converted once.")
            )
            self.convert.show()
        if usable(adapter, found):
            self._effect.setText("")
            self._add(CheckKind.EFFECT, self._effect_mark, self._effect_box)
            QWidget.setTabOrder(self._area, self._measure)
            self.show_measure(False)

    def show_measure(self, running: bool) -> None:
        """Whether the last line is being measured."""
        self._measure.setEnabled(not running)
        if running:
            self._problem.hide()
            self._set_effect("unknown", tr("measuring …"))
        elif not self._effect.text() or self._effect.text() == tr("measuring …"):
            self._set_effect("unknown", tr("not measured yet"))

    def show_effect(self, line: CheckLine) -> None:
        """What was measured."""
        self._set_effect(line.state, line.text)

    def _set_effect(self, state: CheckState, text: str) -> None:
        self._effect.setText(breakable(text))
        self._measure.setText(tr("Measure") if state == "unknown" else tr("Measure again"))
        set_tone(self._effect, "3" if state == "unknown" else "1")
        self._effect_mark.set_icon(*_MARKS[state])
        self._effect.setAccessibleName(f"{check_name(CheckKind.EFFECT)}, {state_words(state)}: {text}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        self._again.setVisible(wide)
        self._again_brief.setVisible(not wide)

    def show_problem(self, error: AppError) -> None:
        """The check itself failed."""
        self._problem.set_text(str(error))
        self._problem.show()
