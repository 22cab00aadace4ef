"""Which link destinations may ever be offered to a person, and how they are named (faults 40 and 53).

Text written by a model or by the author of a model card is hostile until shown otherwise. A destination that
does not pass `check` is drawn as plain text; one that does is opened only after a click and a confirmation
that shows `host`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

MAX_URL = 2_000

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BAD = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ufeff\u200b-\u200d]")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")


@dataclass(frozen=True, slots=True)
class Link:
    """A destination that may be offered. `host` is ASCII: an international name stands there as punycode."""

    url: str
    host: str


def check(url: str) -> Link | None:
    """Return `url` if it is http(s) with a plain host, or mailto with an address; None for everything else.

    Refused are other schemes (``javascript:``, ``file:``, ``smb:``, ``data:``), relative links, user names
    before the host (``https://bank.example@evil.test``), control and direction characters and backslashes.
    """
    if len(url) > MAX_URL or _BAD.search(url) or _BIDI.search(unquote(url)):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme == "mailto":
        # A query could add recipients and a text that the person did not write.
        return Link(url, parts.path) if _MAIL.fullmatch(parts.path) and not parts.query else None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not parts.hostname:
        return None
    host = ascii_host(parts.hostname)
    return Link(url, f"{host}:{port}" if port else host) if host else None


def ascii_host(host: str) -> str:
    """`host` in its ASCII form, so that a look-alike letter is seen; empty if it has none."""
    if ":" in host:  # an IPv6 literal: urlsplit has taken the brackets off
        return f"[{host}]"
    try:
        name = host.encode("idna").decode("ascii")
        name.encode("ascii").decode("idna")  # refuses punycode of characters that no name may have
    except UnicodeError:
        return ""
    return name if re.fullmatch(r"[a-z0-9._-]+", name, re.IGNORECASE) else ""


def origin(url: str) -> str:
    """Where an image would come from, for its placeholder: a host, or the scheme of a local or inline one."""
    link = check(url)
    if link is not None:
        return link.host
    scheme = url.split(":", 1)[0] if ":" in url[:20] else ""
    return scheme.lower() if scheme.isalpha() else ""


def without_direction(text: str) -> str:
    """`text` without the characters that reorder what is read."""
    return _BIDI.sub("", text)


def mark_direction(text: str) -> str:
    """`text` with each reordering character made visible, for code."""
    return _BIDI.sub("\N{REPLACEMENT CHARACTER}", text)
