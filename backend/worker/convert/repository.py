"""The files of one repository, opened only where they may be."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from backend.safetensors import DamagedError, json_object
from backend.worker.convert.refusal import refuse

JSON_LIMIT = 192 << 20
"""Bytes; the largest tokenizers in use have about 40 MB."""
_SMALL = 16 << 20
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")


class Repository:
    """A folder with ``config.json``. Links are followed inside of it, and from a snapshot of the hub cache
    into the blobs of the same repository; nowhere else.

    Raises:
        Refusal: There is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._folder = folder.resolve(strict=True)
            self.names = frozenset(path.name for path in self._folder.iterdir())
        except OSError as error:
            refuse("no_folder", "", str(error))
        self._roots = [self._folder]
        if self._folder.parent.name == "snapshots":
            self._roots.append(self._folder.parent.parent / "blobs")

    @property
    def has_pickles(self) -> bool:
        """Whether there are checkpoints that could run code; they are never opened."""
        return any(name.lower().endswith(_PICKLES) for name in self.names)

    def open(self, name: str) -> BinaryIO:
        """Open a file directly in the folder.

        Raises:
            Refusal: ``missing_file``, or ``outside`` where its name or a link leads elsewhere.
        """
        if name not in self.names or name in ("", ".", "..") or "/" in name or "\\" in name or "\0" in name:
            refuse("outside" if "/" in name or "\\" in name else "missing_file", name)
        try:
            path = (self._folder / name).resolve(strict=True)
            if not any(path.is_relative_to(root) for root in self._roots):
                refuse("outside", name, str(path))
            flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            file = open(os.open(path, flags | getattr(os, "O_NOFOLLOW", 0)), "rb")  # noqa: PTH123, SIM115
        except OSError as error:
            refuse("missing_file", name, str(error))
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            refuse("outside", name, "not a plain file")
        return file

    def read(self, name: str, limit: int = _SMALL) -> bytes | None:
        """The content of a file; None where there is none.

        Raises:
            Refusal: It is larger than `limit` bytes.
        """
        if name not in self.names:
            return None
        with self.open(name) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            refuse("unreadable", name, f"larger than {limit} bytes")
        return data

    def text(self, name: str, limit: int = _SMALL) -> str | None:
        """The content of a text file; None where there is none."""
        data = self.read(name, limit)
        if data is None:
            return None
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            refuse("unreadable", name, str(error))

    def json(self, name: str, limit: int = _SMALL) -> Mapping[str, Any] | None:
        """The JSON object in a file; None where there is no such file."""
        data = self.read(name, limit)
        return None if data is None else parse_object(data, name)


def parse_object(data: bytes, name: str) -> Mapping[str, Any]:
    """`data` as one JSON object.

    Raises:
        Refusal: It is none, or nested too deeply; `name` is the file for the sentence.
    """
    try:
        return json_object(data, name)
    except DamagedError as error:
        refuse(error.code, error.where, error.detail)
