"""Numbers, sizes, speeds, dates and durations in the person's own format."""

from __future__ import annotations

import time
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

from backend.capacity.types import Fit, Rate
from backend.i18n import tr

UNKNOWN = "–"
_NBSP = "\u00a0"
_EXACT = 2**53
"""From here on a float cannot hold every whole number."""


def number(value: float, digits: int = 0) -> str:
    """`value` with group separators and `digits` decimals: ``8,192``, ``53.8``."""
    if isinstance(value, int) and abs(value) >= _EXACT and not digits:  # damaged files have such counts
        return f"{value:,}".replace(",", QLocale().groupSeparator())
    return QLocale().toString(float(value), "f", digits)


def percent(share: float, digits: int = 0) -> str:
    """A share of 1 as a percentage: ``64 %``."""
    return f"{number(share * 100, digits)}{_NBSP}%"


def size(count: int | float, *, unit: str | None = None) -> str:
    """Bytes in decimal units (1 GB is 10⁹ bytes): ``7.3 GB``, ``612 KB``.

    Args:
        unit: ``KB``, ``MB``, ``GB`` or ``TB`` to use this unit whatever the value.
    """
    value, name = scaled(count, unit)
    return f"{value}{_NBSP}{name}"


def scaled(count: int | float, unit: str | None = None) -> tuple[str, str]:
    """The number and the unit of `size` apart, for "1.1 of 12 GB"."""
    names = ("B", "KB", "MB", "GB", "TB")
    amount = abs(float(count))
    power = 0
    if unit is not None:
        power = names.index(unit)
        amount /= 1000**power
    else:
        # 999.96 MB would be shown as "1000 MB"; the next unit reads better.
        while amount >= 999.5 and power < len(names) - 1:
            amount /= 1000
            power += 1
    digits = 1 if power >= 3 or (power and amount < 9.95) else 0
    if digits and amount >= 99.95 and power >= 3:
        digits = 0
    sign = "-" if count < 0 else ""
    return sign + number(amount, digits), names[power]


def count(value: int | float) -> str:
    """A rough count: ``736``, ``1.8k``, ``412k``, ``2.1M``, ``12.2B``."""
    amount = float(value)
    for limit, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if amount >= limit * 0.9995:
            amount /= limit
            whole = amount >= 99.95 or abs(amount - round(amount)) < 0.05
            if letter == "k" and amount >= 9.95:
                whole = True
            return number(amount, 0 if whole else 1) + letter
    return number(amount)


def speed(bytes_per_second: float) -> str:
    """Transfer rate: ``38 MB/s``."""
    value, name = scaled(bytes_per_second)
    if name in ("MB", "GB") and bytes_per_second >= 9.95e6:
        value = number(bytes_per_second / (1e6 if name == "MB" else 1e9), 0 if name == "MB" else 1)
    return f"{value}{_NBSP}{name}/s"


def tokens(count: int) -> str:
    """``428 tokens``, with group separators."""
    return tr("{count} tokens", n=count, count=number(count))


def rate(tokens_per_second: float) -> str:
    """Tokens per second without the unit: ``53.8``, ``116``."""
    return number(tokens_per_second, 1 if tokens_per_second < 99.95 else 0)


def duration(seconds: float) -> str:
    """Length of time: ``0.3 s``, ``52 s``, ``18 min``, ``2 h 5 min``, ``3 d 4 h``."""
    seconds = max(seconds, 0.0)
    if seconds < 9.95:
        return tr("{seconds} s", seconds=number(seconds, 1))
    if seconds < 99.5:
        return tr("{seconds} s", seconds=number(round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return (
            tr("{hours} h {minutes} min", hours=hours, minutes=minutes)
            if minutes
            else tr("{hours} h", hours=hours)
        )
    days, hours = divmod(hours, 24)
    return tr("{days} d {hours} h", days=days, hours=hours)


def time_left(seconds: float | None) -> str:
    """Time left as a clock: ``1:11``, ``2:05:00``; a dash where it is not known."""
    if seconds is None:
        return UNKNOWN
    minutes, rest = divmod(max(round(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def ago(when: float, now: float | None = None) -> str:
    """How long ago the Unix time `when` was, in few letters: ``now``, ``2 min``, ``3 h``, ``yesterday``,
    ``5 mo``."""
    seconds = (time.time() if now is None else now) - when
    if seconds < 45:
        return tr("now")
    minutes = max(round(seconds / 60), 1)
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    hours = round(seconds / 3600)
    if hours < 24:
        return tr("{hours} h", hours=hours)
    days = round(seconds / 86400)
    if days == 1:
        return tr("yesterday")
    if days < 7:
        return tr("{n} days", n=days)
    if days < 56:
        return tr("{weeks} wk", weeks=round(days / 7))
    if days < 700:
        return tr("{months} mo", months=round(days / 30.44))
    return tr("{years} yr", years=round(days / 365.25))


def clock(when: float, *, seconds: bool = False) -> str:
    """Time of day of a Unix time: ``21:02``, or ``21:02:07``."""
    pattern = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    return QLocale().toString(_local(when).time(), pattern.replace("mm", "mm:ss") if seconds else pattern)


def date(when: float) -> str:
    """Date of a Unix time: ``8 November 2026``."""
    return QLocale().toString(_local(when).date(), QLocale.FormatType.LongFormat)


def _local(when: float) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(when))


def timestamp(when: datetime | None) -> float | None:
    """Unix time of `when`, or None."""
    return None if when is None else when.timestamp()


def likely(speed: Rate) -> str:
    """A predicted speed without tilde and unit: one number where this machine was measured, else the range it
    lies in: ``36``, ``8–13``."""
    if speed.calibrated or speed.low <= 0:
        return rough(speed.likely)
    low, high = rough(speed.low), rough(speed.high)
    return low if low == high else f"{low}–{high}"


def rough(tokens_per_second: float) -> str:
    """A predicted speed: as many digits as may be trusted."""
    if tokens_per_second >= 1000:
        step = 10 ** (len(str(round(tokens_per_second))) - 2)
        tokens_per_second = round(tokens_per_second / step) * step
    return number(tokens_per_second, 1 if tokens_per_second < 2.95 else 0)


def predicted_speed(fit: Fit) -> str:
    """How fast the model is likely to write, without tilde and unit; empty where nothing is known."""
    if fit.generation is not None:
        return likely(fit.generation)
    return rough(fit.tokens_per_second) if fit.tokens_per_second else ""
