"""The look that is in force: colours by token name, fonts by role, and applying both to the application."""

from __future__ import annotations

from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from backend.paths import RESOURCES
from ui.theme import marks
from ui.theme.tokens import tokens


class Scheme(StrEnum):
    """What the person chose; ``system`` follows the desktop while the app runs."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_NATIVE = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}

_HIGH_CONTRAST = {
    "text.2": "text.1",
    "text.3": "text.1",
    "text.disabled": "text.2",
    "line.hair": "line.strong",
    "line.control": "line.strong",
    "accent.line": "accent.text",
}
"""Token replacements while the system asks for more contrast."""

_TABULAR = QFont.Tag("tnum")


class _QssTemplate(Template):
    idpattern = r"[a-z0-9.]+"


class Theme(QObject):
    """Colours and fonts in force. One instance, `ui.theme.theme`, serves the whole application.

    Signals:
        changed: Emitted after another scheme or contrast is in force; painted widgets repaint on it.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scheme = Scheme.LIGHT
        self._chosen = Scheme.SYSTEM
        self._applying = False
        self._high_contrast = False
        self._reduced_motion = False
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int | None, bool], QFont] = {}
        self._fonts_loaded = False

    @property
    def scheme(self) -> Scheme:
        """``light`` or ``dark``, whichever is on the screen now."""
        return self._scheme

    @property
    def chosen(self) -> Scheme:
        """What was asked for at the last `apply`; may be ``system``."""
        return self._chosen

    def hex(self, name: str) -> str:
        """The ``#RRGGBB`` (or ``#RRGGBBAA``) text of colour `name`, for rich text and SVG."""
        if self._high_contrast:
            name = _HIGH_CONTRAST.get(name, name)
        return tokens().colours[self._scheme][name]

    def color(self, name: str) -> QColor:
        """Colour `name` of the scheme on the screen. Raises `KeyError` for a name that is not a token."""
        colour = self._colours.get(name)
        if colour is None:
            text = self.hex(name)
            colour = QColor(text[:7])
            if len(text) == 9:
                colour.setAlpha(int(text[7:], 16))
            self._colours[name] = colour
        return QColor(colour)

    def font(self, role: str = "body", *, weight: int | None = None, tabular: bool = False) -> QFont:
        """The font of a step of the type scale.

        Args:
            role: ``caption``, ``small``, ``body``, ``read``, ``title``, ``heading``, ``display`` or ``code``.
            weight: 400, 500, 600 or 700 instead of the step's own weight.
            tabular: Figures of equal width, for numbers that stand in columns or change in place.
        """
        key = (role, weight, tabular)
        made = self._fonts.get(key)
        if made is None:
            made = self._fonts[key] = self._make_font(role, weight, tabular)
        return QFont(made)  # callers may change theirs

    @staticmethod
    def _make_font(role: str, weight: int | None, tabular: bool) -> QFont:
        step = tokens().type_scale[role]
        family = tokens().mono if step.mono else tokens().sans
        font = QFont([family, "monospace"] if step.mono else [family])
        font.setPixelSize(step.pixels)
        font.setWeight(QFont.Weight(weight if weight is not None else step.weight))
        font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
        if step.mono:
            font.setStyleHint(QFont.StyleHint.Monospace)
        elif tabular:
            font.setFeature(_TABULAR, 1)
        return font

    def line_height(self, role: str) -> int:
        """Pixels from one line of prose to the next at this step of the type scale."""
        return tokens().type_scale[role].line

    def size(self, name: str) -> int:
        """A named size in pixels, such as ``control``, ``rail`` or ``pane.jobs.drawer``."""
        return round(tokens().sizes[name])

    def space(self, step: int) -> int:
        """Step 1 to 7 of the spacing scale, in pixels."""
        return tokens().space[str(step)]

    def radius(self, name: str) -> int:
        """Corner radius: ``small``, ``control``, ``surface``, ``dialog`` or ``pill``."""
        return tokens().radius[name]

    def motion(self, name: str = "panel") -> int:
        """Milliseconds of a ``panel`` or ``fade`` animation; 0 while motion is reduced."""
        return 0 if self._reduced_motion else tokens().motion[f"{name}.ms"]

    def set_reduced_motion(self, reduced: bool) -> None:
        """Turn all animations off or on."""
        self._reduced_motion = reduced

    def load_fonts(self) -> None:
        """Register the bundled fonts, once."""
        if self._fonts_loaded:
            return
        self._fonts_loaded = True
        for file in sorted((RESOURCES / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))

    def apply(self, app: QApplication, scheme: str = Scheme.SYSTEM) -> None:
        """Give `app` the palette, the style sheet and the base font of `scheme`, and emit `changed`."""
        if self._applying:
            return  # the desktop answers to `setColorScheme` with a change of its own scheme
        self._applying = True
        try:
            self._apply(app, scheme)
        finally:
            self._applying = False
        self.changed.emit()

    def _apply(self, app: QApplication, scheme: str) -> None:
        self.load_fonts()
        self._chosen = Scheme(scheme)
        # Title bars and native dialogs follow the same choice.
        app.styleHints().setColorScheme(_NATIVE[self._chosen])
        self._scheme = self._resolve(app, Scheme(scheme))
        hints = app.styleHints()  # must outlive the accessibility hints, which are its child
        preference = hints.accessibility().contrastPreference()
        self._high_contrast = preference == Qt.ContrastPreference.HighContrast
        self._colours.clear()
        if app.style().name() != "fusion":
            app.setStyle(QStyleFactory.create("Fusion"))
        app.setPalette(self._palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(self._style_sheet())

    @staticmethod
    def _resolve(app: QApplication, scheme: Scheme) -> Scheme:
        if scheme is not Scheme.SYSTEM:
            return scheme
        dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return Scheme.DARK if dark else Scheme.LIGHT

    def _palette(self) -> QPalette:
        palette = QPalette()
        groups = {
            "": (QPalette.ColorGroup.All,),
            "Disabled": (QPalette.ColorGroup.Disabled,),
            "Inactive": (QPalette.ColorGroup.Inactive,),
        }
        # Roles for one group come after the roles for all groups, which would overwrite them.
        for name, colour in sorted(tokens().palette.items(), key=lambda entry: "." in entry[0]):
            group, _, role = name.rpartition(".")
            for target in groups[group]:
                palette.setColor(target, QPalette.ColorRole[role], self.color(colour))
        return palette

    def _style_sheet(self) -> str:
        values: dict[str, object] = {
            name: _qss_colour(self.hex(name)) for name in tokens().colours[self._scheme]
        }
        values |= {f"mark.{name}": path for name, path in marks.write(self.hex).items()}
        values |= {f"radius.{name}": value for name, value in tokens().radius.items()}
        values["sans"] = tokens().sans
        values["mono"] = tokens().mono
        text = (RESOURCES / "theme" / "style.qss").read_text(encoding="utf-8")
        return _QssTemplate(text).substitute(values)


def _qss_colour(text: str) -> str:
    """QSS reads eight hex digits as #AARRGGBB; the tokens are #RRGGBBAA."""
    return f"#{text[7:]}{text[1:7]}" if len(text) == 9 else text


theme = Theme()
