"""Adapters with their scales on the command line: ``FILE[=SCALE]``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from backend.adapters.types import MAX_SCALE
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.i18n import tr

if TYPE_CHECKING:
    from backend.app import Backend


def adapter_uses(backend: Backend, specs: Iterable[str]) -> tuple[AdapterUse, ...]:
    """What ``FILE[=SCALE]`` asks for; FILE may also be the id or the name of an adapter.

    Raises:
        AppError: ``adapter.not_found``, ``adapter.ambiguous``, ``cli.usage`` (the scale is no number in the
            range).
    """
    return tuple(_use(backend, spec) for spec in specs)


def _use(backend: Backend, spec: str) -> AdapterUse:
    name, sign, number = spec.rpartition("=")
    scale = 1.0
    if not sign or Path(spec).exists():  # a name may have such a sign itself
        name = spec
    else:
        scale = scale_of(number)
    if not name:
        raise AppError(
            "cli.usage",
            tr("{text} names no adapter.", text=spec or "''"),
            tr("Write FILE or FILE=SCALE."),
        )
    return AdapterUse(str(backend.adapters.find(name).path), scale)


def scale_of(text: str) -> float:
    """A scale that was typed. Raises `AppError` ``cli.usage``."""
    try:
        scale = float(text)
    except ValueError:
        scale = -1.0
    if not 0 <= scale <= MAX_SCALE:
        raise AppError(
            "cli.usage",
            tr("{text} is no scale of an adapter.", text=text or "''"),
            tr("Give a number from 0 to {most}.", most=f"{MAX_SCALE:g}"),
        )
    return scale
