"""Folders and single files that the person added, in place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from backend.errors import AppError
from backend.gguf.reader import read_header
from backend.i18n import tr
from backend.library.ports import FolderSettings, ModelRecords
from backend.library.roots import Root
from backend.library.rows import Entry
from backend.library.stores.found import shown, stable_id


class Additions:
    """Folders are in the settings, files in the database."""

    def __init__(self, records: ModelRecords, settings: FolderSettings | None) -> None:
        self._records = records
        self._settings = settings

    def folders(self) -> tuple[str, ...]:
        return self._settings.current().model_folders if self._settings is not None else ()

    def add_folder(self, path: Path, roots: Sequence[Root]) -> None:
        """Raises:
        AppError: ``library.no_folder`` or ``library.already``."""
        folder = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100
        try:
            str(folder).encode()  # a name that is no text cannot be kept
            with os.scandir(folder):
                pass
        except (OSError, ValueError) as error:
            raise AppError(
                "library.no_folder",
                tr("{path} cannot be opened as a folder.", path=shown(str(folder))),
                tr("Check that it exists, and that you may read it."),
                str(error),
                retryable=True,
            ) from error
        real = os.path.realpath(folder)
        if any(os.path.realpath(root.path) == real for root in roots):
            raise _already(str(folder))
        if self._settings is not None:
            self._settings.update(model_folders=(*self.folders(), str(folder)))

    def remove_folder(self, path: Path) -> None:
        real = os.path.realpath(path)
        kept = tuple(f for f in self.folders() if f != str(path) and os.path.realpath(f) != real)
        if self._settings is not None and kept != self.folders():
            self._settings.update(model_folders=kept)

    def add_file(self, path: Path, entries: Sequence[Entry]) -> Path:
        """Raises:
        AppError: ``library.no_file``, ``library.already``, or with a ``gguf.`` code what is wrong with it."""
        file = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100
        if not os.path.isfile(file) or not _is_text(file):  # noqa: PTH113
            raise AppError(
                "library.no_file",
                tr("There is no file {path}.", path=shown(str(file))),
                tr("Check the path, or choose a model from the library."),
            )
        read_header(file)
        real = os.path.realpath(file)
        for entry in entries:
            if any(part.real == real for part in entry.found.parts):
                raise _already(entry.row.name)
        self._records.add_file(str(file))
        return file

    def remove_file(self, path: Path, entries: Sequence[Entry]) -> None:
        self._records.remove_file(stable_id(path))
        for entry in entries:  # any part names the whole set
            if path in (part.path for part in entry.found.parts):
                self.forget(entry)

    def has(self, entry: Entry) -> bool:
        listed = self._records.added_files()
        return any(stable_id(part.path) in listed for part in entry.found.parts)

    def forget(self, entry: Entry) -> None:
        for part in entry.found.parts:
            self._records.remove_file(stable_id(part.path))


def _is_text(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _already(name: str) -> AppError:
    return AppError("library.already", tr("{name} is in the library already.", name=shown(name)))
