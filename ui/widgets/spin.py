"""Number fields whose text stands as far from the edge as in other fields."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox

_Box = TypeVar("_Box", bound=QAbstractSpinBox)
_GAP = 6
"""Pixels between the frame and the text, beside the two that a line edit keeps by itself."""


def inset(box: _Box) -> _Box:
    """Give the text of `box` its distance from the frame, and return the box: the style sheet cannot, as Qt
    leaves the padding of the field inside out. Set the alignment before."""
    left = not box.alignment() & Qt.AlignmentFlag.AlignRight
    box.lineEdit().setTextMargins(_GAP if left else 0, 0, 0 if left else _GAP, 0)
    return box
