"""What the headers of model files say, remembered so that a large library opens at once."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from dataclasses import dataclass, fields
from pathlib import Path

from backend.errors import AppError
from backend.files import write_atomically
from backend.gguf.header import Header
from backend.gguf.names import UNKNOWN, file_type_label
from backend.gguf.reader import TIER0_BYTES, HeaderParser, read_header_hashed

log = logging.getLogger(__name__)

_VERSION = 2
_MOST_ROWS = 50_000
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Facts:
    """The header in brief.

    Attributes:
        kind: ``model``, or what else the file says it is (``adapter``, ``mmproj`` …).
        parameters: Weights in this file.
        quant: Label of ``general.file_type``; `UNKNOWN` where the file does not say.
        fingerprint: SHA-256 of the header's bytes; empty where it cannot be read.
        problem: Why the header cannot be read, in one sentence; empty when it can.
    """

    architecture: str | None = None
    parameters: int | None = None
    context_length: int | None = None
    kind: str = "model"
    quant: str = UNKNOWN
    fingerprint: str = ""
    problem: str = ""

    @property
    def role(self) -> str:
        """``adapter`` or ``projector`` where the header says so, else ``model``."""
        if self.kind == "adapter":
            return "adapter"
        return "projector" if self.kind == "mmproj" or self.architecture == "clip" else "model"


_NAMES = tuple(field.name for field in fields(Facts))


class FactsCache:
    """Facts by path, size and modification time, kept in one JSON file that may vanish at any time."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._rows: dict[str, tuple[int, int, Facts]] | None = None
        self._changed = False

    def read(self, path: str, size: int, mtime_ns: int) -> Facts:
        """Facts about the file at `path`, which has that size and time. Never raises for what is in it."""
        with self._lock:
            row = self._load().get(path)
        if row is not None and row[0] == size and row[1] == mtime_ns:
            return row[2]
        try:
            header, fingerprint = read_header_hashed(Path(path))
        except AppError as error:
            facts = Facts(kind=_damaged_kind(Path(path)), problem=error.title)
            if error.retryable:  # the disk or the permissions, and not the file
                return facts
        else:
            facts = _facts(header, fingerprint)
        with self._lock:
            self._load()[path] = (size, mtime_ns, facts)
            self._changed = True
        return facts

    def save(self) -> None:
        """Write what is new; failing to is no harm."""
        with self._lock:
            if self._file is None or not self._changed or self._rows is None:
                return
            self._changed = False
            rows = {
                path: {"size": size, "mtime_ns": mtime, **{name: getattr(facts, name) for name in _NAMES}}
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
    try:
        with file.open("rb") as stream:
            raw = json.loads(stream.read(_MOST_BYTES))
        if raw["version"] != _VERSION:
            return {}
        return {
            str(path): (int(row["size"]), int(row["mtime_ns"]), Facts(**{k: row[k] for k in _NAMES}))
            for path, row in raw["rows"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.info("the remembered model headers were not usable: %s", error)
        return {}


def _damaged_kind(path: Path) -> str:
    """What a file says it is that is not as long as its header wants it, or otherwise damaged."""
    parser = HeaderParser(path.name)
    try:
        with path.open("rb") as file:
            parser.feed(file.read(TIER0_BYTES))
    except (AppError, OSError):
        return "model"
    return parser.header(partial=True).kind


def _facts(header: Header, fingerprint: str) -> Facts:
    return Facts(
        header.architecture or None,
        header.n_params,
        header.n_ctx_train,
        header.kind,
        file_type_label(header.file_type),
        fingerprint,
    )
