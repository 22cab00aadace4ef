"""Why a repository cannot be converted."""

from __future__ import annotations

from typing import NoReturn

from backend.workers.protocol import Failure


class Refusal(Exception):
    """The conversion stops here; nothing that was written counts."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code, failure.where, failure.detail)
        self.failure = failure


def refuse(code: str, where: str = "", detail: str = "") -> NoReturn:
    """Raise a `Refusal`; `where` names the file and the field in it, such as ``config.json: hidden_act``."""
    raise Refusal(Failure(f"convert.{code}", detail, where=where))
