"""Version, parts and licences."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from backend.i18n import tr
from backend.paths import RESOURCES
from backend.version import installed_version, version
from ui.pages.settings.parts import Facts, Pane, section
from ui.theme import icons, theme
from ui.widgets.labels import label
from ui.widgets.states import IconLabel

_PARTS = (
    ("PySide6-Essentials", "Qt for Python", "LGPL-3.0"),
    ("llama-cpp-python", "llama-cpp-python, llama.cpp", "MIT"),
    ("huggingface-hub", "huggingface_hub", "Apache-2.0"),
    ("httpx2", "httpx2", "BSD-3-Clause"),
    ("markdown-it-py", "markdown-it-py", "MIT"),
    ("Pygments", "Pygments", "BSD-2-Clause"),
    ("Jinja2", "Jinja2", "BSD-3-Clause"),
    ("psutil", "psutil", "BSD-3-Clause"),
    ("typer", "Typer", "MIT"),
)
"""Distribution, name for people, licence."""

_BUNDLED = (
    ("Orangery", RESOURCES.parent / "LICENSE"),
    ("Inter", RESOURCES / "licenses" / "inter.txt"),
    ("JetBrains Mono", RESOURCES / "licenses" / "jetbrains-mono.txt"),
    ("Lucide", RESOURCES / "licenses" / "lucide.txt"),
)


class _Logo(IconLabel):
    def _draw(self) -> None:
        self.setPixmap(icons.logo_pixmap(self.width(), self.devicePixelRatioF()))


class AboutPane(Pane):
    def __init__(self) -> None:
        super().__init__(tr("About"))
        head = QHBoxLayout()
        head.setContentsMargins(0, 16, 0, 0)
        head.setSpacing(16)
        head.addWidget(_Logo("logo", size=48))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("Orangery", "heading"))
        words.addWidget(label(tr("Version {version}", version=version()), "small", "2"))
        head.addLayout(words, 1)
        self.column.addLayout(head)
        self.column.addWidget(section(tr("Made with")))
        parts = Facts()
        parts.set_facts(
            [
                (name, f"{installed}, {licence}")
                for distribution, name, licence in _PARTS
                if (installed := installed_version(distribution))
            ]
        )
        self.column.addWidget(parts)
        self.column.addWidget(section(tr("Licences")))
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Licences"))
        for name, path in _BUNDLED:
            if path.is_file():
                self.choice.addItem(name, str(path))
        self.choice.currentIndexChanged.connect(self._show)
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 8)
        line.addWidget(self.choice)
        line.addStretch(1)
        self.column.addLayout(line)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.font("code"))
        self.text.setMinimumHeight(240)
        self.text.setAccessibleName(tr("Licence text"))
        self.column.addWidget(self.text, 1)
        self._show()

    def _show(self, _index: int = 0) -> None:
        path = self.choice.currentData()
        self.text.setPlainText(Path(path).read_text(encoding="utf-8") if path else "")
