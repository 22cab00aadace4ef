"""GPU memory on Windows, as DXGI grants it to this process.

Written from Microsoft's documentation of ``dxgi.h`` and ``dxgi1_4.h`` and tried with a stand-in for the
library only: on Windows nothing of it was measured yet.

The budget is that of *this* process: what Windows would let it keep on the card while all others keep what
they have. So free = budget − what this process uses. Memory of the engine's processes is missing from the
budget just as that of strangers is, and going past the budget makes a card slow (memory moves to main memory)
rather than failing.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
import threading
import uuid
from collections.abc import Callable, Collection, Iterator
from ctypes import POINTER, c_int32, c_int64, c_uint16, c_uint32, c_uint64, c_void_p
from dataclasses import dataclass
from typing import Any

from backend.capacity.drivers.types import GpuReading

log = logging.getLogger(__name__)

CreateFactory = Callable[[Any, Any], int]
"""``CreateDXGIFactory1(riid, out) -> HRESULT``."""

IID_FACTORY1 = uuid.UUID("770aae78-f26f-4dba-a829-253c83d1b387").bytes_le
IID_ADAPTER3 = uuid.UUID("645967a4-1392-4310-a798-8053ce3e93fd").bytes_le

NOT_FOUND = -0x7785FFFE
"""``DXGI_ERROR_NOT_FOUND``: there is no adapter of this number."""
SOFTWARE = 2
"""``DXGI_ADAPTER_FLAG_SOFTWARE``: the processor plays a graphics card."""
_LOCAL = 0
"""``DXGI_MEMORY_SEGMENT_GROUP_LOCAL``: the card's own memory; main memory where the GPU has none."""
_MOST = 64
"""Adapters that are asked at most."""


class AdapterDescription(ctypes.Structure):
    """``DXGI_ADAPTER_DESC1`` on 64 bit."""

    _fields_ = (
        ("description", c_uint16 * 128),
        ("vendor", c_uint32),
        ("device", c_uint32),
        ("subsystem", c_uint32),
        ("revision", c_uint32),
        ("dedicated_video", c_uint64),
        ("dedicated_system", c_uint64),
        ("shared_system", c_uint64),
        # Really two numbers of 32 bits; one of 64 lies at the same place here.
        ("luid", c_int64),
        ("flags", c_uint32),
    )


class MemoryInfo(ctypes.Structure):
    """``DXGI_QUERY_VIDEO_MEMORY_INFO``, in bytes."""

    _fields_ = (
        ("budget", c_uint64),
        ("usage", c_uint64),
        ("available_for_reservation", c_uint64),
        ("reservation", c_uint64),
    )


# 64 bit Windows has one calling convention only, so that of C is right. The numbers are places in the tables
# of methods, inherited ones first.
_QUERY_INTERFACE = 0, ctypes.CFUNCTYPE(c_int32, c_void_p, ctypes.c_char_p, POINTER(c_void_p))
_RELEASE = 2, ctypes.CFUNCTYPE(c_uint32, c_void_p)
_ENUM_ADAPTERS1 = 12, ctypes.CFUNCTYPE(c_int32, c_void_p, c_uint32, POINTER(c_void_p))
_GET_DESC1 = 10, ctypes.CFUNCTYPE(c_int32, c_void_p, POINTER(AdapterDescription))
_QUERY_MEMORY = 14, ctypes.CFUNCTYPE(c_int32, c_void_p, c_uint32, c_int32, POINTER(MemoryInfo))


@dataclass(frozen=True, slots=True)
class Adapter:
    """One graphics card. `memory` asks for its budget and its use by this process, None where it fails."""

    name: str
    vendor: int
    luid: int
    dedicated: int
    shared: int
    software: bool
    memory: Callable[[], tuple[int, int] | None]


class Dxgi:
    """The GPUs of any vendor; none on other systems. Thread-safe.

    Args:
        open_adapters: Lists the graphics cards; asked once, at the first reading.
    """

    def __init__(self, open_adapters: Callable[[], tuple[Adapter, ...]] | None = None) -> None:
        self._open_adapters = open_adapters or (lambda: list_adapters(system_library()))
        self._lock = threading.Lock()
        self._adapters: tuple[Adapter, ...] | None = None

    def read(self, pids: Collection[int]) -> tuple[GpuReading, ...]:
        """The memory of every GPU. Of what `pids` hold only the part of this very process is known."""
        with self._lock:
            if self._adapters is None:
                # One card may be listed again for a second use; software is no card.
                cards = {card.luid: card for card in self._open_adapters() if not card.software}
                self._adapters = tuple(cards.values())
            asked = os.getpid() in pids
            readings = (_reading(card, asked) for card in self._adapters)
            return tuple(reading for reading in readings if reading is not None)

    def version(self) -> str:
        """DXGI is part of Windows, and has no version of its own."""
        return ""


def _reading(card: Adapter, asked: bool) -> GpuReading | None:
    memory = card.memory()
    if memory is None:
        return None
    budget, usage = memory
    free = max(0, budget - usage)
    ours = usage if asked else 0
    # The budget of a card is never larger than its own memory, but that of a GPU inside the processor counts
    # the main memory that it may use.
    shared = card.shared if budget > card.dedicated else 0
    own_free = min(free, card.dedicated)
    return GpuReading(
        card.name, "", card.dedicated, own_free, ours, "dxgi", shared, min(free - own_free, shared)
    )


def system_library() -> CreateFactory | None:
    """The function of Windows; None on other systems, or where the library is missing."""
    if sys.platform != "win32":
        return None
    try:
        create: CreateFactory = ctypes.WinDLL("dxgi").CreateDXGIFactory1
    except (OSError, AttributeError) as error:
        log.info("no DXGI: %s", error)
        return None
    return create


def list_adapters(create: CreateFactory | None) -> tuple[Adapter, ...]:
    """All adapters that can say how much of their memory is free. They stay open until the process ends."""
    if create is None:
        return ()
    factory = c_void_p()
    code = create(IID_FACTORY1, ctypes.byref(factory))
    if code < 0 or not factory.value:
        log.info("DXGI gives no factory: %s", _hex(code))
        return ()
    try:
        return tuple(_adapters(factory))
    finally:
        _call(factory, _RELEASE)


def _adapters(factory: c_void_p) -> Iterator[Adapter]:
    for number in range(_MOST):
        plain = c_void_p()
        code = _call(factory, _ENUM_ADAPTERS1, number, ctypes.byref(plain))
        if code < 0:
            if code != NOT_FOUND:
                log.info("DXGI stops at adapter %d: %s", number, _hex(code))
            return
        try:
            if (adapter := _adapter(plain)) is not None:
                yield adapter
        finally:
            _call(plain, _RELEASE)


def _adapter(plain: c_void_p) -> Adapter | None:
    told, newer = AdapterDescription(), c_void_p()
    code = _call(plain, _GET_DESC1, ctypes.byref(told))
    if code >= 0:  # Windows before 10 has no third version of the interface
        code = _call(plain, _QUERY_INTERFACE, IID_ADAPTER3, ctypes.byref(newer))
    if code < 0:
        log.info("an adapter does not tell about its memory: %s", _hex(code))
        return None
    name = bytes(told.description).decode("utf-16-le", "replace").partition("\0")[0].strip()

    def memory() -> tuple[int, int] | None:
        info = MemoryInfo()
        code = _call(newer, _QUERY_MEMORY, 0, _LOCAL, ctypes.byref(info))
        if code < 0:  # such as a card whose driver was replaced
            log.debug("%s does not answer: %s", name, _hex(code))
            return None
        return int(info.budget), int(info.usage)

    software = bool(told.flags & SOFTWARE)
    return Adapter(name, told.vendor, told.luid, told.dedicated_video, told.shared_system, software, memory)


def _call(this: c_void_p, method: tuple[int, Any], *arguments: object) -> int:
    """Call a method of a COM object: its first word leads to the table of its methods."""
    place, prototype = method
    assert this.value is not None
    table = c_void_p.from_address(this.value).value
    assert table is not None
    address = c_void_p.from_address(table + place * ctypes.sizeof(c_void_p)).value
    return int(prototype(address)(this, *arguments))


def _hex(code: int) -> str:
    return f"HRESULT {code & 0xFFFFFFFF:#010x}"
