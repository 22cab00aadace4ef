"""The left rail: logo, Go to, pages, machine meter, jobs and the Offline switch."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from backend.i18n import tr
from ui.frame.machine import MachineMeter
from ui.pages import PageSpec
from ui.theme import icons, theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.widgets.nav import NavButton
from ui.widgets.search_field import paint_key
from ui.widgets.section import hairline
from ui.widgets.toggle import Toggle


class _GoTo(QAbstractButton):
    """Looks like a field, opens the command palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setText(tr("Go to"))
        self.setAccessibleName(tr("Go to a page, a model or a chat"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(theme.size("control"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, theme.size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line.control"), 1))
        painter.setBrush(theme.color("bg.control.hover" if self.underMouse() else "bg.control"))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        icons.paint(painter, "search", QRectF(8, (self.height() - 14) / 2, 14, 14), "text.3")
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.3"))
        painter.drawText(self.rect().adjusted(30, 0, -50, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        paint_key(painter, self.width() - 46, self.height(), "Ctrl K")


class _Logo(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(20, 20)
        self._draw()
        theme.changed.connect(self._draw)

    def _draw(self) -> None:
        self.setPixmap(icons.logo_pixmap(20, self.devicePixelRatioF()))


class Rail(QWidget):
    """Signals:
    page_chosen: Name of a page.
    palette_asked: The person wants the command palette.
    jobs_asked: The jobs button was pressed.
    offline_changed: The Offline switch was moved by the person.
    """

    page_chosen = Signal(str)
    palette_asked = Signal()
    jobs_asked = Signal()
    offline_changed = Signal(bool)

    def __init__(self, pages: tuple[PageSpec, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._compact: bool | None = None
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)

        self._head = QHBoxLayout()
        self._head.setContentsMargins(8, 0, 8, 0)
        self._head.setSpacing(8)
        self._name = label("Orangery", "body", weight=600)
        self._head.addWidget(_Logo(), 0, Qt.AlignmentFlag.AlignLeft)
        self._head.addWidget(self._name, 1)
        self._layout.addLayout(self._head)
        self._goto = _GoTo()
        self._goto.clicked.connect(self.palette_asked)
        self._layout.addSpacing(14)
        self._layout.addWidget(self._goto)
        self._layout.addSpacing(12)
        self._add_pages(pages)
        self._layout.addStretch(1)

        self.meter = MachineMeter()
        self._meter_box = QVBoxLayout()
        self._meter_box.addWidget(self.meter)
        self._layout.addLayout(self._meter_box)
        self._layout.addSpacing(8)
        self._layout.addWidget(hairline())
        self._layout.addSpacing(8)
        self.jobs = NavButton("list-checks", tr("Jobs"), "Ctrl J")
        self.jobs.clicked.connect(self.jobs_asked)
        self._layout.addWidget(self.jobs)
        self._layout.addSpacing(4)
        self._layout.addWidget(self._offline_row())
        self.set_compact(False)

    def _add_pages(self, pages: tuple[PageSpec, ...]) -> None:
        below = False
        for place, spec in enumerate(pages, start=1):
            if spec.below and not below:
                below = True
                self._layout.addSpacing(10)
                line = QHBoxLayout()
                line.setContentsMargins(8, 0, 8, 0)
                line.addWidget(hairline())
                self._layout.addLayout(line)
                self._layout.addSpacing(10)
            elif place > 1:
                self._layout.addSpacing(theme.size("nav.gap"))
            button = NavButton(spec.icon, spec.title(), f"Ctrl {place}")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, name=spec.name: self.page_chosen.emit(name))
            self._group.addButton(button)
            self._buttons[spec.name] = button
            self._layout.addWidget(button)

    def _offline_row(self) -> QWidget:
        box = QWidget()
        self._offline_layout = QHBoxLayout(box)
        self._offline_icon = IconButton("wifi-off", tr("Offline"))
        self._offline_icon.setCheckable(True)
        self._offline_icon.clicked.connect(lambda: self._offline_clicked(not self._offline.isChecked()))
        self._offline_words = label(tr("Offline"), "body", "2", weight=500)
        self._offline = Toggle(tr("Offline"))
        self._offline.clicked.connect(self._offline_clicked)
        self._palette_icon = IconButton("search", tr("Go to (Ctrl K)"))
        self._palette_icon.clicked.connect(self.palette_asked)
        for widget in (self._palette_icon, self._offline_icon, self._offline_words):
            self._offline_layout.addWidget(widget)
        self._offline_layout.addStretch(1)
        self._offline_layout.addWidget(self._offline)
        tip = tr("When on, Orangery opens no connection except to this machine.")
        box.setToolTip(tip)
        return box

    def _offline_clicked(self, on: bool) -> None:
        self.set_offline(on)
        self.offline_changed.emit(on)

    @property
    def compact(self) -> bool:
        return bool(self._compact)

    def set_compact(self, compact: bool) -> None:
        """Switch between 208 pixels and 72 pixels."""
        if compact == self._compact:
            return
        self._compact = compact
        self.setFixedWidth(theme.size("rail.compact" if compact else "rail"))
        side = 4 if compact else 8
        self._layout.setContentsMargins(side, 14, side, 8)
        self._head.setDirection(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(22 if compact else 8, 0, 8, 0)
        self._name.setVisible(not compact)
        self._goto.setVisible(not compact)
        self._meter_box.setContentsMargins(8, 0, 8, 0)
        for button in (*self._buttons.values(), self.jobs):
            button.set_compact(compact)
        self.meter.set_compact(compact)
        self._palette_icon.setVisible(compact)
        self._offline_words.setVisible(not compact)
        self._offline.setVisible(not compact)
        # In the wide rail the switch beside it has the keyboard.
        self._offline_icon.setFocusPolicy(Qt.FocusPolicy.StrongFocus if compact else Qt.FocusPolicy.NoFocus)
        self._offline_layout.setSpacing(4 if compact else 2)
        self._offline_layout.setContentsMargins(2, 0, 2 if compact else 8, 0)
        self.set_offline(self._offline.isChecked())

    def set_current(self, name: str) -> None:
        """Mark the page `name` as the one on the screen."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def set_offline(self, offline: bool) -> None:
        self._offline.setChecked(offline)
        # Beside the switch the icon is only a picture; alone it shows the state.
        self._offline_icon.setChecked(offline and self.compact)
        self._offline_icon.set_icon("wifi-off", "accent.text" if offline else "text.2")

    def set_jobs(self, running: int, attention: int) -> None:
        """Show how many jobs run and how many wait for the person."""
        total = running + attention
        self.jobs.set_badge(str(total) if total else "", active=bool(attention))
        self.jobs.set_note("" if total else tr("none"))

    def set_keys_shown(self, shown: bool) -> None:
        """Show the page shortcuts, while Ctrl is held or on a first start."""
        for button in self._buttons.values():
            button.set_keys_shown(shown)
        self.jobs.set_keys_shown(shown)
