"""What happens when the conversation outgrows its context, and what the model no longer gets."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.chats.types import ContextUse, Overflow, Summary
from backend.i18n import tr
from ui import format as fmt
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.segmented import SegmentedControl


class OverflowSection(QWidget):
    """Signals:
    chosen: An `Overflow`.
    summary_asked: The summary is to be shown.
    """

    chosen = Signal(str)
    summary_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = False
        self._left_out = 0
        self._summary: Summary | None = None
        self.choice = SegmentedControl(
            (("stop", tr("Stop")), ("drop", tr("Drop oldest")), ("summarise", tr("Summarise"))),
            tr("When it is full"),
            stretch=True,
        )
        self.choice.changed.connect(self._changed)
        self._note = label("", "caption", "3", wrap=True)
        self.show_summary_button = Button("", "link")
        self.show_summary_button.clicked.connect(self.summary_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(tr("When it is full"), "small", "2"))
        layout.addWidget(self.choice)
        layout.addWidget(self._note)
        layout.addWidget(self.show_summary_button)
        self._draw()

    def show_choice(self, overflow: Overflow) -> None:
        """Show what the chat does, without reporting it as a change."""
        self._loading = True
        self.choice.set_value(overflow)
        self._loading = False
        self._draw()

    def show_use(self, use: ContextUse | None) -> None:
        """Say what is left out."""
        self._left_out = use.left_out if use is not None else 0
        self._draw()

    def show_summary(self, summary: Summary | None) -> None:
        """Offer the summary of the shown branch."""
        self._summary = summary
        self._draw()

    def _changed(self, value: object) -> None:
        if not self._loading:
            self.chosen.emit(str(value))
        self._draw()

    def _draw(self) -> None:
        count = fmt.number(self._left_out)
        value = self.choice.value()
        summary = self._summary if value == "summarise" else None
        if self._left_out and summary is not None:
            words = tr("A summary stands for the oldest {count} messages.", n=self._left_out, count=count)
        elif self._left_out:
            words = tr("The oldest {count} messages are left out.", n=self._left_out, count=count)
        else:
            words = {
                "stop": tr("The answer ends, and says so."),
                "drop": tr("The oldest turns are left out; you still see them."),
                "summarise": tr("The model sums up the oldest turns; you can change its words."),
            }[str(value)]
        self._note.setText(words)
        self.show_summary_button.setVisible(summary is not None)
        edited = summary is not None and summary.edited
        self.show_summary_button.setText(tr("Show your summary") if edited else tr("Show the summary"))
