"""The mixer: a fader for each adapter over a base, mute, solo, and the switch between base and adapters.

Shared by the Adapters page (upright faders side by side) and the chat's side panel (rows).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from backend.adapters.types import Rack, Strip
from backend.i18n import tr
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fader import Fader, ScaleField
from ui.widgets.labels import ElidedLabel, label, set_tone
from ui.widgets.section import hairline
from ui.widgets.segmented import SegmentedControl

INTERVAL_MS = 34
"""Least time between two reports while a fader is dragged: at most 30 in a second."""
STRIP_WIDTH = 104


class BaseSwitch(SegmentedControl):
    """*Base* or *With adapters*."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            ((True, tr("Base")), (False, tr("With adapters"))), tr("What is heard"), parent=parent
        )
        self.set_value(False)
        self.setToolTip(tr("Hear the base alone, or with the adapters (B)"))


class _Letter(QToolButton):
    """A small button with one letter that stays pressed."""

    def __init__(self, letter: str, words: str, tip: str) -> None:
        super().__init__()
        self.setText(letter)
        self.setCheckable(True)
        self.setProperty("kind", "letter")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words)
        self.setToolTip(tip)


class StripView(QWidget):
    """One adapter: fader, typed scale, name, mute, solo, remove.

    Signals:
        changed: The `Strip` as the person just set it.
        settled: A drag has ended.
        removed: The person takes it out of the mixer.
    """

    changed = Signal(object)
    settled = Signal()
    removed = Signal()

    def __init__(self, strip: Strip, name: str, note: str, *, compact: bool) -> None:
        super().__init__()
        self._strip, self._compact = strip, compact
        orientation = Qt.Orientation.Horizontal if compact else Qt.Orientation.Vertical
        self.fader = Fader(name, orientation)
        self.field = ScaleField(name)
        self._name = ElidedLabel(name, "small", weight=500)
        self._note = ElidedLabel(note, "caption", "3")
        self.mute = _Letter("M", tr("Mute {name}", name=name), tr("Mute (M)"))
        self.solo = _Letter("S", tr("Solo {name}", name=name), tr("Hear only this one (S)"))
        self.remove = IconButton("x", tr("Remove {name} from the mixer", name=name), size="small")
        self.name, self.note = name, note
        self.setAccessibleName(name)
        if compact:
            self._build_row()
        else:
            self._build_column()
        self.fader.moved.connect(self._scaled)
        self.fader.let_go.connect(self.settled)
        self.fader.typed.connect(self.field.begin)
        self.field.entered.connect(self._scaled)
        self.field.stepped.connect(self.fader.step)
        self.mute.clicked.connect(lambda on: self._take(replace(self._strip, muted=on)))
        self.solo.clicked.connect(lambda on: self._take(replace(self._strip, solo=on)))
        self.remove.clicked.connect(self.removed)
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)

    def _build_column(self) -> None:
        self.setFixedWidth(STRIP_WIDTH)
        middle = Qt.AlignmentFlag.AlignHCenter
        for words in (self._name, self._note):
            words.setAlignment(middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 0, 6, 0)
        layout.setSpacing(0)
        head = QGridLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.field, 0, 0, middle)
        head.addWidget(self.remove, 0, 0, Qt.AlignmentFlag.AlignRight)
        head.setRowMinimumHeight(0, 24)
        layout.addLayout(head)
        layout.addWidget(self.fader, 0, middle)
        layout.addSpacing(4)
        layout.addWidget(self._name)
        layout.addWidget(self._note)
        layout.addSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        row.addWidget(self.mute)
        row.addWidget(self.solo)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
        policy = self.remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(policy)
        self.remove.hide()

    def _build_row(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(4)
        layout.setVerticalSpacing(0)
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(self._name)
        names.addWidget(self._note)
        names.addStretch(1)
        layout.addLayout(names, 0, 0)
        layout.addWidget(self.field, 0, 1)
        for column, button in enumerate((self.mute, self.solo, self.remove), start=2):
            layout.addWidget(button, 0, column)
        layout.addWidget(self.fader, 1, 0, 1, 5)
        layout.setColumnStretch(0, 1)

    @property
    def strip(self) -> Strip:
        return self._strip

    def show_strip(self, strip: Strip, *, heard: bool, bypassed: bool = False) -> None:
        """Show `strip`; `heard` says whether it acts at the moment, `bypassed` that none does, as the switch
        says. A drag goes on undisturbed."""
        self._strip = strip
        if not self.fader.dragging:
            self.fader.set_scale(strip.scale)
        self.field.set_scale(strip.scale)
        self.mute.setChecked(strip.muted)
        self.solo.setChecked(strip.solo)
        self.fader.set_heard(heard)
        self.field.set_heard(heard)
        set_tone(self._name, "1" if heard else "2")
        silent = "" if heard or bypassed else tr("not heard")
        words = (self.note, tr("muted") if strip.muted else silent)
        self._note.setText(", ".join(word for word in words if word))

    def _scaled(self, scale: float) -> None:
        self.fader.set_scale(scale)
        self.field.set_scale(scale)
        self._take(replace(self._strip, scale=scale))

    def _take(self, strip: Strip) -> None:
        if strip != self._strip:
            self._strip = strip
            self.changed.emit(strip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What the fader, the field and the buttons leave.
        match event.key():
            case Qt.Key.Key_M if not event.modifiers():
                self.mute.click()
            case Qt.Key.Key_S if not event.modifiers():
                self.solo.click()
            case Qt.Key.Key_Delete if not event.modifiers():
                self.removed.emit()
            case _:
                super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self._look)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._look()
        return super().event(event)

    def _look(self) -> None:
        """Offer to remove it only while it is looked at; the place of the button stays."""
        if not self._compact:
            focused = QApplication.focusWidget()
            self.remove.setVisible(self.underMouse() or (focused is not None and self.isAncestorOf(focused)))


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
        key = QShortcut(QKeySequence("B"), self, activated=self.toggle_base)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

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
        shown = [(path, view.name, view.note) for path, view in self._views.items()]
        self._rack, self._names, self._notes = rack, names, notes or {}
        wanted = [(strip.path, self._name(strip.path), self._note(strip.path)) for strip in rack.strips]
        if wanted != shown:
            self._rebuild(wanted)
        self._show()

    def set_addable(self, addable: bool) -> None:
        """Whether *Add* is offered."""
        self.add_button.setVisible(addable)

    def toggle_base(self) -> None:
        """Base or with adapters, as with B."""
        self.switch.set_value(not self._rack.bypass)

    def _name(self, path: str) -> str:
        return self._names.get(path) or PurePath(path).stem

    def _note(self, path: str) -> str:
        return self._notes.get(path, "")

    def _rebuild(self, wanted: list[tuple[str, str, str]]) -> None:
        """Keep what stays as it is, so that the keyboard stays where it is."""
        old, self._views = self._views, {}
        for line in self._lines:
            line.deleteLater()
        self._lines = []
        while self._strips.count():
            self._strips.takeAt(0)
        for path, name, note in wanted:
            view = old.get(path)
            if view is not None and (view.name, view.note) == (name, note):
                del old[path]
            else:
                view = self._make(path, name, note)
            self._views[path] = view
            self._strips.addWidget(view)
            if not self._compact:
                line = hairline(vertical=True)
                self._lines.append(line)
                self._strips.addWidget(line)
        for view in old.values():
            view.hide()
            view.deleteLater()

    def _make(self, path: str, name: str, note: str) -> StripView:
        view = StripView(Strip(path), name, note, compact=self._compact)
        view.changed.connect(self._strip_changed)
        view.settled.connect(self._settled)
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
        self._rebuild([(each.path, self._name(each.path), self._note(each.path)) for each in strips])
        self._take(replace(before, strips=strips))
        self._settled()
        if strips:
            self._views[strips[min(place, len(strips) - 1)].path].fader.setFocus()
        else:
            self.add_button.setFocus()
        self.removed.emit(self._name(path), before)

    def _switched(self, bypass: object) -> None:
        self._take(replace(self._rack, bypass=bool(bypass)))
        self._settled()

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

    def _settled(self) -> None:
        """The last value of a drag is not kept waiting."""
        self._soon.stop()
        if self._unsaid:
            self._unsaid = False
            self.rack_changed.emit(self._rack)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settled()
