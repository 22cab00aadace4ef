"""Language of the window: Qt's catalogues behind `backend.i18n.tr`, and the locale of numbers and dates."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from backend.i18n import install_translator
from backend.paths import RESOURCES
from ui.format import number

CONTEXT = "Orangery"
LANGUAGES = ("en", "pl")
_MILLION = 1_000_000

_installed: list[QTranslator] = []


def language_of(choice: str) -> str:
    """``en`` or ``pl`` for the setting ``system``, ``en`` or ``pl``."""
    if choice in LANGUAGES:
        return choice
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def locale_of(choice: str) -> QLocale:
    """Locale of numbers and dates: the system's own where its language is shown, else that of the
    language."""
    system = QLocale.system()
    language = language_of(choice)
    if choice == "system" or QLocale(language).language() == system.language():
        # The C locale has no group separators and American dates; it says nothing about the person.
        return QLocale("en_GB") if system.language() == QLocale.Language.C else system
    return QLocale("pl_PL") if language == "pl" else QLocale("en_GB")


def install(app: QCoreApplication, choice: str = "system") -> str:
    """Translate all text from now on; return the language in use, ``en`` or ``pl``."""
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    language = language_of(choice)
    QLocale.setDefault(locale_of(choice))
    qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt_texts), (language, str(RESOURCES / "i18n"))):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            _installed.append(translator)
    install_translator(_translate, number)
    return language


def _translate(source: str, n: int | None) -> str:
    return QCoreApplication.translate(CONTEXT, source, None, -1 if n is None else _small(n))


def _small(n: int) -> int:
    """A number that Qt can count with and that has the same plural form: damaged files have any number of
    things."""
    n = abs(n)
    return n if n < _MILLION else n % _MILLION + _MILLION
