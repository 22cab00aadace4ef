"""Where Orangery keeps its own files. Models stay in the standard stores of the gardens they came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
"""Bundled, read-only files: icons, fonts, translations, the starter model and its sample adapter."""

STARTER_MODEL = RESOURCES / "models" / "orangery-starter-q8_0.gguf"

SAMPLE_ADAPTER = RESOURCES / "adapters" / "orangery-pirate" / "orangery-pirate-f16.gguf"
"""For the starter model; the PEFT folder that it was made from is the folder it lies in."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of one Orangery profile. They are created when first asked for by `ensure`.

    Attributes:
        config: Settings and window state.
        data: The database, its backups and the log files.
        cache: Things that can be fetched or measured again: headers, search results, engine probe.
    """

    config: Path
    data: Path
    cache: Path

    @classmethod
    def default(cls) -> Paths:
        """The folders that this operating system gives to applications."""
        dirs = platformdirs.PlatformDirs("Orangery", appauthor=False)
        return cls(Path(dirs.user_config_dir), Path(dirs.user_data_dir), Path(dirs.user_cache_dir))

    @classmethod
    def under(cls, home: Path) -> Paths:
        """Config, data and cache in one folder, as ``--home`` asks."""
        home = home.expanduser().resolve()
        return cls(home / "config", home / "data", home / "cache")

    def ensure(self) -> Paths:
        """Create the folders and return self."""
        for folder in (self.config, self.data, self.cache, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # chats are nobody else's business
        return self

    @property
    def database(self) -> Path:
        return self.data / "orangery.sqlite3"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def models(self) -> Path:
        """What Orangery makes, as ``<publisher>/<name>/<file>.gguf``; also where models may be moved to."""
        return self.data / "models"

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"
