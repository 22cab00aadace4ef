"""Moving to other file systems that are really other, really full, really read-only. Faults 41 and 45."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

_LIFE = """
import json, os, sys
from pathlib import Path
from tests.support.library_desk import LibraryDesk, digest, gguf
from backend.errors import AppError

home, disk = Path(sys.argv[1]), Path(sys.argv[2])
told = {}
with LibraryDesk(home) as desk:
    exec(sys.argv[3])
print(json.dumps(told))
"""


def _can_mount() -> bool:
    if sys.platform != "linux":
        return False
    command = ["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


pytestmark = pytest.mark.skipif(not _can_mount(), reason="needs the right to mount a small file system")


def life(home: Path, disk: Path, mount: str, code: str) -> dict[str, Any]:
    """Run `code` over the library of `home` where `mount` was done; what it put into `told`."""
    disk.mkdir(exist_ok=True)
    home.mkdir(exist_ok=True)
    ended = subprocess.run(
        [
            *("unshare", "-m", "sh", "-c", f'{mount} && exec "$0" -c "$1" "$2" "$3" "$4"'),
            *(sys.executable, _LIFE, str(home), str(disk), code),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def test_a_move_to_another_disk_copies_and_verifies(tmp_path: Path) -> None:
    told = life(
        tmp_path / "home",
        tmp_path / "disk",
        f"mount -t tmpfs -o size=200m none {tmp_path / 'disk'}",
        """
path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", size=4_000_000)
before, device = digest(path), path.stat().st_dev
row = desk.done(desk.library.move(desk.row(path).id, disk))
new = disk / "a" / "b" / path.name
told = {
    "state": row.state, "equal": digest(new) == before, "other": new.stat().st_dev != device,
    "old": path.exists(), "rest": [p.name for p in disk.rglob("*") if p.is_file()],
}
""",
    )
    assert told == {"state": "done", "equal": True, "other": True, "old": False, "rest": ["one-Q8_0.gguf"]}


def test_a_disk_that_fills_up_meanwhile_keeps_the_old_place(tmp_path: Path) -> None:
    """What was free when it was asked is taken by another program before the copy is done."""
    told = life(
        tmp_path / "home",
        tmp_path / "disk",
        f"mount -t tmpfs -o size=8m none {tmp_path / 'disk'}",
        """
from backend.library import moving
path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", size=12_000_000)
model = desk.row(path).id
try:
    desk.library.move(model, disk)
except AppError as error:
    told["asked"] = error.code
moving.check_space = lambda *arguments: None
row = desk.done(desk.library.move(model, disk))
told |= {"state": row.state, "code": row.error_code, "old": path.exists(), "rest": os.listdir(disk)}
""",
    )
    assert told == {
        "asked": "library.no_space",
        "state": "failed",
        "code": "library.no_space",
        "old": True,
        "rest": [],
    }


def test_a_read_only_store_is_listed_verified_and_left_alone(tmp_path: Path) -> None:
    store = tmp_path / "home" / ".lmstudio"
    store.mkdir(parents=True)
    told = life(
        tmp_path / "home",
        store,
        f"mount -t tmpfs -o size=20m none {store}",
        """
path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
twin = gguf(home / "mine" / "two-Q8_0.gguf")
desk.library.add_folder(home / "mine")
assert os.system(f"mount -o remount,ro {disk}") == 0
model = desk.row(path).id
(info,) = [info for info in desk.library.stores() if info.root == desk.lm_studio]
told = {"writable": info.writable, "problem": desk.row(path).problem}
(activity,) = desk.library.verify([model])
told["verified"] = desk.done(activity).state
desk.done(desk.library.compare())
(group,) = desk.library.duplicates()
told["way"] = desk.library.share_preview(group).way
try:
    desk.library.delete(model)
except AppError as error:
    told["delete"] = error.code
row = desk.done(desk.library.move(model, home / "new"))
told |= {"moved": row.state, "note": "still there" in row.note, "old": path.exists()}
""",
    )
    assert told == {
        "writable": False,
        "problem": "",
        "verified": "done",
        "way": "",
        "delete": "library.delete",
        "moved": "done",
        "note": True,
        "old": True,
    }
