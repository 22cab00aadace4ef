"""How long a server asks to be left alone."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Mapping

_RATE_LIMIT = re.compile(r"\br\s*=\s*0\s*;\s*t\s*=\s*(\d{1,8})\b")


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds to wait as ``Retry-After`` or an exhausted ``RateLimit`` (``"api";r=0;t=55``) say, or None.

    Args:
        headers: Of the answer; names in lower case, or a mapping that does not mind the case.
        now: Unix time, where it is not to be that of the clock.
    """
    value = headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 9:
        return float(value)
    if value:
        try:
            when = email.utils.parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            pass
        else:
            if when.tzinfo is None:
                when = when.replace(tzinfo=datetime.UTC)
            today = datetime.datetime.now(datetime.UTC).timestamp() if now is None else now
            return max(0.0, when.timestamp() - today)
    match = _RATE_LIMIT.search(headers.get("ratelimit", ""))
    return float(match[1]) + 1.0 if match else None
