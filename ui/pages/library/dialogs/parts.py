"""Pieces that several dialogs of the library are made of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.states import IconLabel


def fact(icon: str, token: str, text: str, tone: str = "1", *, weight: int | None = None) -> QWidget:
    """A sentence with a mark before it."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    mark = QVBoxLayout()
    mark.setContentsMargins(0, 1, 0, 0)
    mark.addWidget(IconLabel(icon, token, 14))
    mark.addStretch(1)
    line.addLayout(mark)
    line.addWidget(label(text, "small", tone, weight=weight, wrap=True), 1)
    return box


def path_line(path: Path, tone: str = "2") -> ElidedLabel:
    """A path on one line, cut in the middle where it is long."""
    line = ElidedLabel(str(path), "code", tone, mode=Qt.TextElideMode.ElideMiddle)
    line.setFont(theme.font("code"))
    return line


def paths_well(paths: Iterable[Path], most: int = 6) -> QFrame:
    """Paths in a well that scrolls where there are many."""
    well = QFrame()
    well.setProperty("surface", "well")
    outer = QVBoxLayout(well)
    outer.setContentsMargins(12, 8, 12, 8)
    inner = QWidget()
    layout = QVBoxLayout(inner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    count = 0
    for path in paths:
        layout.addWidget(path_line(path))
        count += 1
    if count <= most:
        outer.addWidget(inner)
        return well
    area = scrolled(inner)
    area.setFixedHeight(most * (theme.line_height("code") + 2))
    outer.addWidget(area)
    return well


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls up and down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of `layout` and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
