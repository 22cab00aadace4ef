"""The breakdown behind a fit pill: weights, context, compute, and what stays free."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from backend.capacity.types import Fit
from backend.i18n import tr
from ui import format as fmt
from ui.widgets.labels import PredictedLabel, label
from ui.widgets.meter import Meter, Part, Swatch


class FitDetails(QFrame):
    """A small window without focus; there is at most one. Use `open` and `dismiss`."""

    _shown: ClassVar[FitDetails | None] = None

    def __init__(self, parent: QWidget, fit: Fit) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setProperty("surface", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(264)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        ledger = fit.ledger
        total = max(ledger.total, fit.free, 1)
        bar = Meter(height=8)
        bar.set_parts(
            total,
            (
                Part(ledger.weights, "data.1"),
                Part(ledger.kv, "data.2"),
                Part(ledger.compute + ledger.other, "data.3"),
            ),
        )
        rows: list[tuple[str, int, str | None]] = [
            (tr("Weights"), ledger.weights, "data.1"),
            (tr("Context, {count} tokens", count=fmt.number(fit.run.n_ctx)), ledger.kv, "data.2"),
            (tr("Compute"), ledger.compute + ledger.other, "data.3"),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for place, (words, amount, token) in enumerate(rows):
            if token is not None:
                grid.addWidget(Swatch(token), place, 0)
            grid.addWidget(label(words, "small", "2"), place, 1)
            value = PredictedLabel()
            value.set_predicted(fmt.size(amount))
            grid.addWidget(value, place, 2)
        rest = fit.free - ledger.total
        closing = (
            (tr("Needs"), fmt.size(ledger.total)),
            (tr("Free now"), fmt.size(fit.free)),
            (tr("Stays free"), fmt.size(rest)) if rest >= 0 else (tr("Missing"), fmt.size(-rest)),
        )
        for place, (words, text) in enumerate(closing, start=len(rows)):
            last = place == len(rows) + len(closing) - 1
            grid.addWidget(label(words, "small", weight=500 if last else None), place, 0, 1, 2)
            value = PredictedLabel()
            if words == tr("Free now"):
                value.set_measured(text)
            else:
                value.set_predicted(text)
            grid.addWidget(value, place, 2)
        layout.addWidget(bar)
        layout.addLayout(grid)
        if fit.approximate or not ledger.known:
            note = (
                tr("Estimated from the file size; opening the model's page makes it exact.")
                if fit.approximate
                else tr("This architecture is new to Orangery, so the numbers are a guess.")
            )
            layout.addWidget(label(note, "caption", "3", wrap=True))

    @classmethod
    def open(cls, parent: QWidget, position: QPoint, fit: Fit) -> None:
        """Show the breakdown of `fit` with its top left corner just below the global `position`."""
        cls.dismiss()
        details = cls(parent, fit)
        details.adjustSize()
        screen = parent.screen().availableGeometry()
        place = position + QPoint(0, 6)
        place.setX(max(screen.left() + 4, min(place.x(), screen.right() - details.width() - 4)))
        if place.y() + details.height() > screen.bottom():
            place.setY(position.y() - details.height() - 28)
        details.move(place)
        details.show()
        cls._shown = details

    @classmethod
    def dismiss(cls) -> None:
        """Close the breakdown if one is open."""
        shown, cls._shown = cls._shown, None
        if shown is not None and isValid(shown):
            shown.close()
