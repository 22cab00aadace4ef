"""Tokens, colours, fonts and icons: `theme.color("text.1")`, `theme.font("small")`, `icons.icon("copy")`."""

from ui.theme import icons
from ui.theme.theme import Scheme, Theme
from ui.theme.theme import theme as _theme

color = _theme.color
font = _theme.font
hex = _theme.hex
size = _theme.size
space = _theme.space
radius = _theme.radius
motion = _theme.motion
line_height = _theme.line_height
set_reduced_motion = _theme.set_reduced_motion
apply = _theme.apply
changed = _theme.changed


def scheme() -> Scheme:
    """``light`` or ``dark``, whichever is on the screen now."""
    return _theme.scheme


__all__ = [
    "Scheme",
    "Theme",
    "apply",
    "changed",
    "color",
    "font",
    "hex",
    "icons",
    "line_height",
    "motion",
    "radius",
    "scheme",
    "set_reduced_motion",
    "size",
    "space",
]
