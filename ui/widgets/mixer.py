"""The mixer: a fader for each adapter over a base, mute, solo, and the switch between base and adapters.

Shared by the Adapters page (upright faders side by side) and the chat's side panel (rows).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from backend.adapters.types import Rack, Strip
from backend.i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.section import hairline
from ui.widgets.segmented import SegmentedControl
from ui.widgets.strip import STRIP_WIDTH, StripView

INTERVAL_MS = 34
"""Least time between two reports while a fader is dragged: at most 30 in a second."""


class BaseSwitch(SegmentedControl):
    """*Base* or *With adapters*."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            ((True, tr("Base")), (False, tr("With adapters"))), tr("What is heard"), parent=parent
        )
        self.set_value(False)
        self.setToolTip(tr("Hear the base alone, or with the adapters (B)"))


class Mixer(QWidget):
    """Shows a `Rack`. The person's changes are reported at once, and not more than 30 times a second.

    `switch` is placed by whoever uses the mixer; B, M, S and Delete work while the keyboard is inside.

    Args:
        compact: Lying faders in rows, for a narrow panel.

    Signals:
        rack_changed: The `Rack` as the person just set it.
        removed: A strip was taken out: its name, and the `Rack` before, to go back to.
        add_asked: *Add* was pressed.
    """

    rack_changed = Signal(object)
    removed = Signal(str, object)
    add_asked = Signal()

    def __init__(self, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = compact
        self._rack = Rack()
        self._names: Mapping[str, str] = {}
        self._notes: Mapping[str, str] = {}
        self._missing: Collection[str] = ()
        self._views: dict[str, StripView] = {}
        self._lines: list[QFrame] = []
        self.setAccessibleName(tr("Mixer"))
        self.switch = BaseSwitch()
        self.switch.changed.connect(self._switched)
        self._soon = QTimer(self, singleShot=True, interval=INTERVAL_MS)
        self._soon.timeout.connect(self._report)
        self._unsaid = False
        self.add_button = Button(tr("Add"), icon="plus", size="small" if compact else "normal")
        self.add_button.setAccessibleName(tr("Add an adapter to the mixer"))
        self.add_button.clicked.connect(self.add_asked)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._strips: QBoxLayout = QVBoxLayout() if self._compact else QHBoxLayout()
        self._strips.setContentsMargins(0, 0, 0, 0)
        self._strips.setSpacing(12 if self._compact else 0)
        if self._compact:
            layout.addLayout(self._strips)
            layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
            return
        cell = QWidget()
        cell.setFixedWidth(STRIP_WIDTH + 16)
        column = QVBoxLayout(cell)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignHCenter)
        drop = label(tr("or drop a file here"), "caption", "3", wrap=True)
        drop.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(drop)
        column.addStretch(3)
        content = QWidget()
        content.setProperty("scrollContent", True)
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._strips)
        row.addWidget(cell)
        row.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        area.setAccessibleName(tr("Faders"))
        self._area = area
        layout.addWidget(area, 1)

    # -- what is shown

    @property
    def rack(self) -> Rack:
        """As it is on the screen."""
        return self._rack

    def strips(self) -> tuple[StripView, ...]:
        """The strips, in the order of the rack."""
        return tuple(self._views[strip.path] for strip in self._rack.strips)

    def set_rack(self, rack: Rack, names: Mapping[str, str], notes: Mapping[str, str] | None = None) -> None:
        """Show `rack` without reporting it. `names` and `notes` (such as ``r16``) are by path; a path without
        a name is called by its file."""
        self._unsaid = False
        self._soon.stop()
        self._rack = rack
        self.set_words(names, notes or {})

    def set_words(self, names: Mapping[str, str], notes: Mapping[str, str]) -> None:
        """What the adapters are called, and what is said of them, as in `set_rack`; the faders stay."""
        self._names, self._notes = names, notes
        self._rebuild()
        self._show()

    def set_missing(self, paths: Collection[str]) -> None:
        """Say of these adapters that their files are not there any more."""
        self._missing = paths
        self._show()

    def settle(self) -> None:
        """Report at once what waits to be reported: the end of a drag, or before another rack is shown."""
        self._soon.stop()
        if self._unsaid:
            self._unsaid = False
            self.rack_changed.emit(self._rack)

    def toggle_base(self) -> None:
        """Base or with adapters, as with B."""
        self.switch.set_value(not self._rack.bypass)

    def _rebuild(self) -> None:
        """Keep the views of what stays, also under another name, so that keyboard and drag stay where they
        are."""
        wanted = [strip.path for strip in self._rack.strips]
        if wanted != list(self._views):
            self._arrange(wanted)
        for path, view in self._views.items():
            view.set_words(self._names.get(path) or PurePath(path).stem, self._notes.get(path, ""))

    def _arrange(self, wanted: list[str]) -> None:
        old, self._views = self._views, {}
        for line in self._lines:
            line.deleteLater()
        self._lines = []
        while self._strips.count():
            self._strips.takeAt(0)
        for path in wanted:
            view = self._views[path] = old.pop(path, None) or self._make(path)
            self._strips.addWidget(view)
            if not self._compact:
                line = hairline(vertical=True)
                self._lines.append(line)
                self._strips.addWidget(line)
        for view in old.values():
            view.hide()
            view.deleteLater()
        self._order()

    def _order(self) -> None:
        """Tab goes from the switch through the strips to *Add*, whenever they were made."""
        if self.switch.window() is not self.window():
            return  # not placed yet
        stops = [self.switch, *(stop for view in self._views.values() for stop in view.stops())]
        for before, after in pairwise([*stops, self.add_button]):
            QWidget.setTabOrder(before, after)

    def _make(self, path: str) -> StripView:
        view = StripView(Strip(path), compact=self._compact)
        view.changed.connect(self._strip_changed)
        view.settled.connect(self.settle)
        view.removed.connect(lambda: self._remove(path))
        return view

    def _show(self) -> None:
        heard = {use.path for use in self._rack.uses()}
        for strip in self._rack.strips:
            # A fader at 0 is not muted: it is where the person left it.
            alone = Rack((replace(strip, scale=1.0),), self._rack.bypass)
            silent = any(each.solo for each in self._rack.strips) and not strip.solo
            self._views[strip.path].show_strip(
                strip,
                heard=strip.path in heard or (bool(alone.uses()) and not silent),
                bypassed=self._rack.bypass,
                missing=strip.path in self._missing,
            )
        blocked = self.switch.blockSignals(True)
        self.switch.set_value(self._rack.bypass)
        self.switch.blockSignals(blocked)

    # -- what the person does

    def _strip_changed(self, strip: Strip) -> None:
        strips = tuple(strip if each.path == strip.path else each for each in self._rack.strips)
        self._take(replace(self._rack, strips=strips))

    def _remove(self, path: str) -> None:
        before = self._rack
        place = next(at for at, each in enumerate(before.strips) if each.path == path)
        strips = tuple(each for each in before.strips if each.path != path)
        name = self._views[path].name
        self._rack = replace(before, strips=strips)
        self._rebuild()
        self._take(self._rack)
        self.settle()
        if strips:
            self._views[strips[min(place, len(strips) - 1)].path].fader.setFocus()
        else:
            self.add_button.setFocus()
        self.removed.emit(name, before)

    def _switched(self, bypass: object) -> None:
        self._take(replace(self._rack, bypass=bool(bypass)))
        self.settle()

    def _take(self, rack: Rack) -> None:
        self._rack = rack
        self._show()
        self._unsaid = True
        if not self._soon.isActive():
            self._report()

    def _report(self) -> None:
        if self._unsaid:
            self._unsaid = False
            self._soon.start()
            self.rack_changed.emit(self._rack)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # No shortcut: one of the page around it with the same key would make both of them silent.
        if event.key() == Qt.Key.Key_B and not event.modifiers():
            self.toggle_base()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.settle()
