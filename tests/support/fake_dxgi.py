"""A stand-in for ``dxgi.dll``: COM objects with tables of methods, as C would lay them out."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_int32, c_uint32, c_void_p
from dataclasses import dataclass, field
from typing import Any

from backend.capacity.drivers.dxgi import (
    IID_ADAPTER3,
    IID_FACTORY1,
    NOT_FOUND,
    AdapterDescription,
    MemoryInfo,
)

NO_INTERFACE = -0x7FFFBFFE
"""``E_NOINTERFACE``."""
REMOVED = -0x7785FFFB
"""``DXGI_ERROR_DEVICE_REMOVED``."""


@dataclass
class FakeAdapter:
    """What an adapter answers. `codes` are failures by the name of the method."""

    name: str
    dedicated: int = 0
    shared: int = 0
    budget: int = 0
    usage: int = 0
    luid: int = 1
    flags: int = 0
    vendor: int = 0x1002
    codes: dict[str, int] = field(default_factory=dict)


class FakeDxgi:
    """Call it as ``CreateDXGIFactory1``. `held` counts references that nobody has given back."""

    def __init__(self, *adapters: FakeAdapter, codes: dict[str, int] | None = None) -> None:
        self._adapters = adapters
        self._codes = codes or {}
        self._alive: list[object] = []
        self.held = 0

    def __call__(self, riid: bytes, out: Any) -> int:
        assert riid == IID_FACTORY1
        if "create" in self._codes:
            return self._codes["create"]
        enum = ctypes.CFUNCTYPE(c_int32, c_void_p, c_uint32, POINTER(c_void_p))(self._enum)
        return self._give(ctypes.cast(out, POINTER(c_void_p)), {12: enum})

    def _enum(self, this: int, number: int, out: Any) -> int:
        if number >= len(self._adapters):
            return self._codes.get("enum", NOT_FOUND)
        adapter = self._adapters[number]

        def describe(this: int, told: Any) -> int:
            text = adapter.name.encode("utf-16-le")
            ctypes.memmove(told, text, len(text))
            told[0].vendor, told[0].luid, told[0].flags = adapter.vendor, adapter.luid, adapter.flags
            told[0].dedicated_video, told[0].shared_system = adapter.dedicated, adapter.shared
            return adapter.codes.get("describe", 0)

        def newer(this: int, riid: int, out: Any) -> int:
            assert ctypes.string_at(riid, 16) == IID_ADAPTER3
            if "newer" in adapter.codes:
                return adapter.codes["newer"]
            return self._give(out, {14: query})

        def memory(this: int, node: int, segment: int, info: Any) -> int:
            assert (node, segment) == (0, 0)
            info[0].budget, info[0].usage = adapter.budget, adapter.usage
            return adapter.codes.get("memory", 0)

        query = ctypes.CFUNCTYPE(c_int32, c_void_p, c_uint32, c_int32, POINTER(MemoryInfo))(memory)
        methods = {
            0: ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, POINTER(c_void_p))(newer),
            10: ctypes.CFUNCTYPE(c_int32, c_void_p, POINTER(AdapterDescription))(describe),
        }
        return self._give(out, methods)

    def _give(self, out: Any, methods: dict[int, Any]) -> int:
        """Write the address of a new object with these methods; any other one ends the test at once."""
        release = ctypes.CFUNCTYPE(c_uint32, c_void_p)(self._release)
        table = (c_void_p * 18)()
        for place, method in {2: release, **methods}.items():
            table[place] = ctypes.cast(method, c_void_p)
        this = c_void_p(ctypes.addressof(table))
        self._alive += [table, this, release, *methods.values()]
        out[0] = ctypes.addressof(this)
        self.held += 1
        return 0

    def _release(self, this: int) -> int:
        self.held -= 1
        return 0
