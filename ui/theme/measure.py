"""How wide words are. Lists ask for the same few words over and over, so answers are kept."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtGui import QFontMetricsF

from ui.theme.current import theme


@cache
def metrics(role: str, weight: int | None = None, tabular: bool = False) -> QFontMetricsF:
    """Metrics of `theme.font` for the same arguments."""
    return QFontMetricsF(theme.font(role, weight=weight, tabular=tabular))


@lru_cache(maxsize=8192)
def advance(text: str, role: str, weight: int | None = None, tabular: bool = False) -> float:
    """Pixels that `text` takes in one line."""
    return metrics(role, weight, tabular).horizontalAdvance(text)
