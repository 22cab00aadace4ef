"""GPUs of AMD on Linux, as the kernel's own files describe them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from backend.capacity.drivers.types import GpuReading

_AMD = "0x1002"


class AmdGpu:
    """Reads ``/sys/class/drm``; on other systems there is nothing to read.

    Args:
        drm: Where the kernel lists graphics cards.
        proc: Where the proc file system is mounted.
    """

    def __init__(self, drm: Path = Path("/sys/class/drm"), proc: Path = Path("/proc")) -> None:
        self._drm = drm
        self._proc = proc

    def read(self, pids: Collection[int]) -> tuple[GpuReading, ...]:
        """The memory of every GPU, and what of it the processes `pids` hold."""
        devices = [device for device in self._devices() if _number(device / "mem_info_vram_total")]
        if not devices:
            return ()
        ours = self._used_by(pids)
        found = []
        for device in devices:
            total, used = _number(device / "mem_info_vram_total"), _number(device / "mem_info_vram_used")
            shared, shared_used = (
                _number(device / "mem_info_gtt_total"),
                _number(device / "mem_info_gtt_used"),
            )
            address = device.resolve().name.lower()
            found.append(
                GpuReading(
                    name=_text(device / "product_name"),
                    pci=address,
                    total=total,
                    free=max(0, total - used),
                    used_by_us=ours.get(address, 0),
                    source="amdgpu",
                    shared_total=shared,
                    shared_free=max(0, shared - shared_used),
                )
            )
        return tuple(found)

    def version(self) -> str:
        """The driver is part of the kernel, and has no other version."""
        return ""

    def _devices(self) -> Iterator[Path]:
        try:
            cards = sorted(path for path in self._drm.iterdir() if path.name.removeprefix("card").isdigit())
        except OSError:
            return
        for card in cards:
            if _text(card / "device" / "vendor") == _AMD:
                yield card / "device"

    def _used_by(self, pids: Collection[int]) -> dict[str, int]:
        """Bytes of video memory by PCI address.

        Every file handle of the card describes the memory of its client; several handles may share one.
        """
        clients: dict[tuple[str, str], int] = {}
        for pid in pids:
            try:
                files = tuple((self._proc / str(pid) / "fdinfo").iterdir())
            except OSError:
                continue
            for file in files:
                fields = _fields(file)
                address, client = fields.get("drm-pdev", ""), fields.get("drm-client-id", "")
                if address and client:
                    memory = fields.get("drm-resident-vram") or fields.get("drm-memory-vram") or ""
                    clients[address.lower(), client] = _bytes(memory)
        sums: dict[str, int] = {}
        for (address, _), size in clients.items():
            sums[address] = sums.get(address, 0) + size
        return sums


def _fields(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text().splitlines()
    except (OSError, ValueError):
        return {}
    pairs = (line.partition(":") for line in lines)
    return {key.strip(): value.strip() for key, _, value in pairs if key.startswith("drm-")}


def _bytes(text: str) -> int:
    """``1024 KiB`` in bytes."""
    number, _, unit = text.partition(" ")
    factor = {"": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}.get(unit.strip(), 0)
    return int(number) * factor if number.isdigit() else 0


def _text(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, ValueError):
        return ""


def _number(path: Path) -> int:
    text = _text(path)
    return int(text) if text.isdigit() else 0
