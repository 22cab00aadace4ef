"""Lucide icons as pixmaps and `QIcon`s, tinted with a colour token and sharp at every screen scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from backend.paths import RESOURCES
from ui.theme.current import theme
from ui.theme.tokens import tokens

_ICONS = RESOURCES / "icons"
_PIXMAPS: dict[tuple[str, str, int, float, int], QPixmap] = {}


@cache
def _source(name: str) -> str:
    return (_ICONS / f"{name}.svg").read_text(encoding="utf-8")


def exists(name: str) -> bool:
    """Whether an icon called `name` is bundled."""
    return (_ICONS / f"{name}.svg").is_file()


def pixmap(name: str, token: str = "text.2", size: int = 16, ratio: float = 1.0, *, gap: int = 0) -> QPixmap:
    """Icon `name` in the colour `token`, `size` logical pixels square, drawn for a screen scale of `ratio`.

    `gap` adds empty pixels at the right, where words follow.

    Raises:
        FileNotFoundError: No such icon is bundled.
    """
    tint = theme.hex(token)
    key = (name, tint, size, ratio, gap)
    cached = _PIXMAPS.get(key)
    if cached is not None:
        return cached
    picture = QPixmap(round((size + gap) * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _render(painter, name, QRectF(0, 0, size, size), tint)
    painter.end()
    _PIXMAPS[key] = picture
    return picture


def paint(painter: QPainter, name: str, rect: QRectF, token: str = "text.2") -> None:
    """Draw icon `name` into `rect` (square, logical pixels), for delegates and painted widgets."""
    ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
    size = round(min(rect.width(), rect.height()))
    painter.drawPixmap(rect.topLeft(), pixmap(name, token, size, ratio))


def icon(
    name: str,
    token: str = "text.2",
    size: int = 16,
    *,
    disabled: str = "text.disabled",
    on: str | None = None,
    gap: int = 0,
) -> QIcon:
    """A `QIcon` of `name` with a disabled state, and with colour `on` for the checked state if given.

    It keeps the colours of the moment; `ui.widgets.buttons` renews its icons when the theme changes.
    """
    result = QIcon()
    ratios = {1.0, max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)}
    for ratio in ratios:
        result.addPixmap(pixmap(name, token, size, ratio, gap=gap), QIcon.Mode.Normal, QIcon.State.Off)
        result.addPixmap(pixmap(name, disabled, size, ratio, gap=gap), QIcon.Mode.Disabled, QIcon.State.Off)
        if on is not None:
            result.addPixmap(pixmap(name, on, size, ratio, gap=gap), QIcon.Mode.Normal, QIcon.State.On)
    return result


def app_icon() -> QIcon:
    """The application's own icon for the window and the task bar."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(logo_pixmap(size, 1.0))
    return result


def logo_pixmap(size: int, ratio: float) -> QPixmap:
    """The logo, an orange tree under an arched window, `size` logical pixels square."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    svg = _source("logo").replace("accentColor", theme.hex("accent.base"))
    svg = svg.replace("leafColor", theme.hex("ok.mark")).replace("currentColor", theme.hex("text.1"))
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _render(painter: QPainter, name: str, rect: QRectF, tint: str) -> None:
    # The design asks for the same stroke in pixels at every size; the files have 2 units on a 24 unit grid.
    stroke = tokens().sizes["icon.stroke"] * 24 / rect.width()
    svg = (
        _source(name)
        .replace("currentColor", tint)
        .replace('stroke-width="2"', f'stroke-width="{stroke:.3f}"')
    )
    QSvgRenderer(QByteArray(svg.encode())).render(painter, rect)
