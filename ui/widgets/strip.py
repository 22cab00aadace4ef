"""One adapter of a mixer: its fader with all that stands around it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from backend.adapters.types import Strip
from backend.i18n import tr
from ui.widgets.buttons import IconButton
from ui.widgets.fader import Fader, ScaleField
from ui.widgets.labels import ElidedLabel, set_tone

STRIP_WIDTH = 104


class _Letter(QToolButton):
    """A small button with one letter that stays pressed."""

    def __init__(self, letter: str, tip: str) -> None:
        super().__init__()
        self.setText(letter)
        self.setCheckable(True)
        self.setProperty("kind", "letter")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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

    def __init__(self, strip: Strip, *, compact: bool) -> None:
        super().__init__()
        self._strip, self._compact = strip, compact
        orientation = Qt.Orientation.Horizontal if compact else Qt.Orientation.Vertical
        self.name = self.note = ""
        self.fader = Fader(orientation)
        self.field = ScaleField()
        self._name = ElidedLabel("", "small", weight=500)
        self._note = ElidedLabel("", "caption", "3")
        self.mute = _Letter("M", tr("Mute (M)"))
        self.solo = _Letter("S", tr("Hear only this one (S)"))
        self.remove = IconButton("x", tr("Remove"), size="small")
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

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        return self.field, self.fader, self.mute, self.solo, self.remove

    def set_words(self, name: str, note: str) -> None:
        """What the adapter is called, and what is said of it below, such as ``r16``."""
        if (name, note) == (self.name, self.note):
            return
        self.name, self.note = name, note
        self.setAccessibleName(name)
        self._name.setText(name)
        self._note.setText(note)
        self.fader.set_name(name)
        self.field.set_name(name)
        self.mute.setAccessibleName(tr("Mute {name}", name=name))
        self.solo.setAccessibleName(tr("Solo {name}", name=name))
        self.remove.set_text(tr("Remove {name} from the mixer", name=name))

    def show_strip(self, strip: Strip, *, heard: bool, bypassed: bool = False, missing: bool = False) -> None:
        """Show `strip`; `heard` says whether it acts at the moment, `bypassed` that none does, as the switch
        says, `missing` that its file is gone. A drag goes on undisturbed."""
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
        self._note.setText(tr("not there") if missing else ", ".join(word for word in words if word))
        set_tone(self._note, "bad" if missing else "3")
        self.setToolTip(tr("Its file is not there any more. Remove it, or put it back.") if missing else "")

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
