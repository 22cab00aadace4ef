"""Push buttons and icon buttons whose icons follow the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from ui.theme import icons, theme

ICON_GAP = 3
"""Pixels between icon and words, on top of the 4 of the style."""

_ICON_TOKENS = {"primary": "accent.ink", "danger": "bad.text", "link": "accent.text", "quiet": "text.2"}


class Button(QPushButton):
    """A push button.

    Args:
        text: Its words.
        kind: ``default``, ``primary`` (one per surface), ``quiet``, ``danger`` or ``link``.
        icon: Name of a bundled icon, or empty.
        size: ``small`` (24 px), ``normal`` (28) or ``large`` (32).
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "default",
        icon: str = "",
        size: str = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setProperty("kind", kind)
        self.setProperty("controlSize", size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tint()
        theme.changed.connect(self._tint)

    def set_kind(self, kind: str) -> None:
        """Change to another kind, such as from ``primary`` to ``default``."""
        if self.property("kind") == kind:
            return
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._tint()

    def set_icon(self, name: str) -> None:
        """Show another bundled icon; an empty name shows none."""
        self._icon = name
        self._tint()

    def _tint(self) -> None:
        if self._icon:
            token = _ICON_TOKENS.get(str(self.property("kind")), "text.1")
            gap = ICON_GAP if self.text() else 0
            self.setIcon(icons.icon(self._icon, token, 16, gap=gap))
            self.setIconSize(QSize(16 + gap, 16))
        elif not self.icon().isNull():
            self.setIcon(QIcon())


class IconButton(QToolButton):
    """A square button with an icon only. Its words are the tooltip and the accessible name.

    Args:
        icon: Name of a bundled icon.
        text: What it does.
        outlined: With the outline of a normal button.
        size: ``small`` (24 px) or ``normal`` (28).
    """

    def __init__(
        self,
        icon: str,
        text: str,
        *,
        outlined: bool = False,
        size: str = "normal",
        token: str = "text.2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._token = token
        self.setProperty("kind", "outline" if outlined else "icon")
        self.setProperty("controlSize", size)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_text(text)
        self._tint()
        theme.changed.connect(self._tint)

    def set_text(self, text: str) -> None:
        """Change what it says it does."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def set_icon(self, name: str, token: str | None = None) -> None:
        """Show another icon, in another colour if given."""
        self._icon = name
        self._token = token or self._token
        self._tint()

    def _tint(self) -> None:
        self.setIcon(icons.icon(self._icon, self._token, 16, on="text.1"))
