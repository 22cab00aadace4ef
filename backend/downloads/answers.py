"""Whether an answer is the one that was asked for, judged by its head and its first bytes."""

from __future__ import annotations

import re

from backend.downloads import failures
from backend.downloads.target import Target
from backend.downloads.wire import Head

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_STRONG_ETAG = re.compile(r'"[\x21\x23-\x7e]{1,200}"')
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PAGES = (b"<!doctype", b"<html", b"<?xml", b'{"', b"[{")


def check_promises(target: Target, head: Head) -> None:
    """What the hub itself says about the file must be what the listing said."""
    file, promised = target.file, head.first
    etag = promised.get("x-linked-etag", "").strip('"')
    size = promised.get("x-linked-size", "")
    if file.sha256 and _SHA256.fullmatch(etag) and etag != file.sha256:
        raise failures.changed(target, f"{etag}, not {file.sha256}")
    if size.isdecimal() and int(size) != file.size:
        raise failures.changed(target, f"{size} bytes, not {file.size}")


def check_body(target: Target, head: Head) -> None:
    """The body must be the file's own bytes: no page of a sign-in portal, no compression."""
    kind = head.headers.get("content-type", "").split(";")[0].strip().lower()
    pages = ("text/html", "application/xhtml+xml", *(("application/json",) if target.weights else ()))
    if kind in pages and not target.file.path.lower().endswith((".html", ".xhtml")):
        raise failures.portal(target.name, head)
    coding = head.headers.get("content-encoding", "identity").lower()
    if coding not in ("", "identity"):
        raise failures.bad_answer(target.name, head, f"content-encoding {coding}")


def check_range(target: Target, head: Head, start: int, end: int) -> None:
    """A 206 must hold what was asked for, from its first byte on."""
    size = target.file.size
    said = head.headers.get("content-range", "")
    length = head.headers.get("content-length", "")
    match = _CONTENT_RANGE.fullmatch(said)
    if not match:
        raise failures.bad_answer(target.name, head, f"206 with content-range {said!r}")
    first, last = int(match[1]), int(match[2])
    fits = first == start <= last < end and match[3] in ("*", str(size))
    if not fits or (length and length != str(last - first + 1)):
        why = f"asked for {start}-{end - 1} of {size}, got {said!r} and {length or 'no'} length"
        raise failures.bad_answer(target.name, head, why)


def check_length(target: Target, head: Head) -> None:
    """A 200 must be as long as the file."""
    length = head.headers.get("content-length", "")
    if length and length != str(target.file.size):
        raise failures.bad_answer(target.name, head, f"length {length} instead of {target.file.size}")


def validator_of(head: Head) -> str:
    """The ETag for ``If-Range``; empty where there is no strong one."""
    etag = head.headers.get("etag", "")
    return etag if _STRONG_ETAG.fullmatch(etag) else ""


def is_page(target: Target, beginning: bytes) -> bool:
    """Whether the first bytes of a GGUF are those of a web page or an error object."""
    return target.weights and beginning.lstrip().lower().startswith(_PAGES)
