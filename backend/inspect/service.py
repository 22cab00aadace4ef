"""The inspector: what is inside a model file, how its template differs, what its tokenizer does."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from backend.errors import AppError
from backend.gguf import errors
from backend.gguf.reader import shards
from backend.i18n import tr
from backend.inspect.base import BaseTemplates, HubFiles, Models
from backend.inspect.facts import file_facts
from backend.inspect.template import difference
from backend.inspect.tokenizer import IDLE_S, Tokenizer
from backend.inspect.types import FileFacts, TemplateDifference, Token
from backend.library.types import LibraryModel

_KEPT = 6

_Stamp = tuple[tuple[str, int, int], ...]


class Inspection:
    """Blocking; call it from any thread but the GUI's. Files are read by the bounded header reader; native
    code sees them only in a child process.

    Args:
        worker_command: What ``--worker vocab`` is appended to; this program itself when None.
        idle_s: Seconds that the worker of a tokenizer is kept after its last use.
    """

    def __init__(
        self,
        hub: HubFiles,
        library: Models,
        *,
        worker_command: Sequence[str] | None = None,
        idle_s: float = IDLE_S,
    ) -> None:
        self._lock = threading.Lock()
        self._read: OrderedDict[_Stamp, tuple[FileFacts, str]] = OrderedDict()
        self._bases = BaseTemplates(hub, library, self.template)
        self._tokenizer = Tokenizer(worker_command, idle_s=idle_s)

    def facts(self, path: Path) -> FileFacts:
        """What the headers of the model at `path` say, all its parts together.

        Raises:
            AppError: with a ``gguf.`` code, naming the file.
        """
        return self._contents(path)[0]

    def template(self, path: Path) -> str:
        """The chat template of the model at `path`; empty where it has none. Raises as `facts` does."""
        return self._contents(path)[1]

    def template_difference(self, model: LibraryModel, *, ask: bool = False) -> TemplateDifference | None:
        """How the chat template differs from the base model's.

        None where the model has no template, or the base or its template are not known. Without `ask` only
        what was seen before and what is in the library is looked at, and no request is made.

        Raises:
            AppError: as `facts` does; with `ask` also ``hub.…`` and ``net.…``.
        """
        facts, own = self._contents(model.path)
        if not own:
            return None
        base = self._bases.find(model, facts, ask=ask)
        return difference(own, base.text, base.name, from_library=base.from_library) if base else None

    def tokenize(self, path: Path, text: str) -> tuple[Token, ...]:
        """The tokens of `text`, at most 100 kB, with the vocabulary of the model at `path`.

        Raises:
            AppError: the file is damaged or has no tokenizer, its vocabulary crashed the worker, or the text
                is too long.
        """
        if not text:
            return ()
        if self.facts(path).value("tokenizer.ggml.model") in ("", "none"):
            raise AppError(
                "inspect.no_tokenizer",
                tr("{model} has no tokenizer.", model=path.name),
                tr("It does not read text by itself."),
            )
        return self._tokenizer.tokenize(path, text)

    def close(self) -> None:
        """End the worker of the tokenizer."""
        self._tokenizer.close()

    @property
    def worker_pid(self) -> int | None:
        """The process of the tokenizer, while it is kept."""
        return self._tokenizer.worker_pid

    def _contents(self, path: Path) -> tuple[FileFacts, str]:
        stamp = _stamp(path)
        with self._lock:
            known = self._read.get(stamp)
            if known is not None:
                self._read.move_to_end(stamp)
                return known
        found = file_facts(path)
        with self._lock:
            self._read[stamp] = found
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return found


def _stamp(path: Path) -> _Stamp:
    """Names the content: all parts, with size and time."""
    try:
        stats = [(part, part.stat()) for part in shards(path)]
    except OSError as error:
        raise errors.unreadable(path.name, error) from error
    return tuple((str(part), stat.st_size, stat.st_mtime_ns) for part, stat in stats)
