"""Why a repository cannot be converted."""

from __future__ import annotations

from typing import NoReturn

from backend.worker.serving import WorkerError
from backend.workers.protocol import Failure


class Refusal(WorkerError):
    """The conversion stops here; nothing that was written counts."""


def refuse(code: str, where: str = "", detail: str = "") -> NoReturn:
    """Raise a `Refusal`; `where` names the file and the field in it, such as ``config.json: hidden_act``."""
    raise Refusal(Failure(f"convert.{code}", _told(detail), where=_told(where)))


def _told(text: str) -> str:
    """`text`, which may hold half characters and a lot of them, as it can be sent."""
    return text[:1000].encode("utf-8", "replace").decode()
