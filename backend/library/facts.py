"""What the headers of model files say, remembered so that a large library opens at once."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from backend.errors import AppError
from backend.files import write_atomically
from backend.gguf.reader import read_header

log = logging.getLogger(__name__)

_VERSION = 1
_MOST_ROWS = 5000
_MOST_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Facts:
    """The header in brief.

    Attributes:
        kind: ``model``, or what else the file says it is (``adapter``, ``mmproj`` …).
        parameters: Weights in this file.
        problem: Why the header cannot be read, in one sentence; empty when it can.
    """

    architecture: str | None = None
    parameters: int | None = None
    context_length: int | None = None
    kind: str = "model"
    problem: str = ""

    @property
    def is_model(self) -> bool:
        return self.kind == "model" and self.architecture != "clip"


class FactsCache:
    """Facts by path, size and modification time, kept in one JSON file that may vanish at any time."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._rows: dict[str, tuple[int, int, Facts]] | None = None
        self._changed = False

    def read(self, path: Path) -> Facts:
        """Facts about the file at `path`. Never raises for what is in the file or missing."""
        try:
            found = path.stat()
        except OSError as error:
            return Facts(problem=error.strerror or str(error))
        with self._lock:
            row = self._load().get(str(path))
        if row is not None and row[:2] == (found.st_size, found.st_mtime_ns):
            return row[2]
        facts = _facts(path)
        with self._lock:
            self._load()[str(path)] = (found.st_size, found.st_mtime_ns, facts)
            self._changed = True
        return facts

    def save(self) -> None:
        """Write what is new; failing to is no harm."""
        with self._lock:
            if self._file is None or not self._changed or self._rows is None:
                return
            self._changed = False
            rows = {
                path: {"size": size, "mtime_ns": mtime, **asdict(facts)}
                for path, (size, mtime, facts) in list(self._rows.items())[-_MOST_ROWS:]
            }
            with contextlib.suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                text = json.dumps({"version": _VERSION, "rows": rows})
                write_atomically(self._file, text.encode(), durable=False, mode=0o600)

    def _load(self) -> dict[str, tuple[int, int, Facts]]:
        if self._rows is None:
            self._rows = _read_rows(self._file) if self._file is not None else {}
        return self._rows


def _read_rows(file: Path) -> dict[str, tuple[int, int, Facts]]:
    names = {field.name for field in fields(Facts)}
    try:
        with file.open("rb") as stream:
            raw = json.loads(stream.read(_MOST_BYTES))
        if raw["version"] != _VERSION:
            return {}
        return {
            str(path): (int(row["size"]), int(row["mtime_ns"]), Facts(**{k: row[k] for k in names}))
            for path, row in raw["rows"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.info("the remembered model headers were not usable: %s", error)
        return {}


def _facts(path: Path) -> Facts:
    try:
        header = read_header(path)
    except AppError as error:
        return Facts(problem=error.title)
    return Facts(header.architecture or None, header.n_params, header.n_ctx_train, header.kind)
