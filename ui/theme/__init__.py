"""Tokens, colours, fonts and icons: `theme.color("text.1")`, `theme.font("small")`, `icons.icon("copy")`."""

from ui.theme import icons
from ui.theme.current import Scheme, Theme, theme

color = theme.color
font = theme.font
hex = theme.hex
size = theme.size
space = theme.space
radius = theme.radius
motion = theme.motion
line_height = theme.line_height
set_reduced_motion = theme.set_reduced_motion
apply = theme.apply
changed = theme.changed


def scheme() -> Scheme:
    """``light`` or ``dark``, whichever is on the screen now."""
    return theme.scheme


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
    "theme",
]
