"""Answers about a header that are worked out once, for as long as somebody keeps the header."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

from backend.gguf.header import Header

T = TypeVar("T")


class PerHeader(Generic[T]):
    """Decorates a pure function of a header. Headers are told apart by identity: to compare their contents
    would take longer than most answers. Safe to use from any thread."""

    def __init__(self, make: Callable[[Header], T]) -> None:
        self._make = make
        self._known: dict[int, tuple[weakref.ref[Header], T]] = {}
        self.__doc__ = make.__doc__

    def __call__(self, header: Header) -> T:
        key = id(header)
        known = self._known.get(key)
        if known is not None and known[0]() is header:
            return known[1]
        made = self._make(header)
        self._known[key] = (weakref.ref(header, lambda gone: self._forget(key, gone)), made)
        return made

    def _forget(self, key: int, gone: weakref.ref[Header]) -> None:
        known = self._known.get(key)
        if known is not None and known[0] is gone:  # its number may belong to another header by now
            self._known.pop(key, None)
