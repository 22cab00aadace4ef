"""kill -9 at every call that changes a file, while a model is moved or copies are shared."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.examples import LONG
from tests.support.library_desk import LibraryDesk, digest, gguf

ROOT = Path(__file__).resolve().parents[2]
EVERY = 1 if LONG else 19
"""How many calls lie between two kills."""


def live(home: Path, mode: str, target: Path, limit: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.support.library_life", str(home), mode, str(target), str(limit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=ROOT,
    )


def calls(home: Path, mode: str, target: Path) -> int:
    """How many calls a whole life makes."""
    done = live(home, mode, target, 0)
    assert done.returncode == 0 and done.stdout.startswith("done"), (done.stdout, done.stderr)
    return int(done.stdout.split()[1])


def two_parts(home: Path) -> dict[str, str]:
    """A model in two parts with a projector; digests by file name."""
    base = home / ".lmstudio" / "models" / "acme" / "Big-GGUF"
    files = [gguf(base / f"big-Q4_0-0000{k}-of-00002.gguf", seed=k, size=20_000) for k in (1, 2)]
    files.append(gguf(base / "mmproj-f16.gguf", seed=5))
    return {path.name: digest(path) for path in files}


def present(folder: Path) -> dict[str, str]:
    return {path.name: digest(path) for path in folder.rglob("*.gguf")} if folder.is_dir() else {}


def test_a_killed_move_leaves_one_whole_model_and_no_rest(tmp_path: Path) -> None:
    two_parts(tmp_path / "count")
    total = calls(tmp_path / "count", "move", tmp_path / "count-target")
    assert total > 10
    killed = 0
    for limit in range(1, total + 1, EVERY):
        home, target = tmp_path / f"home{limit}", tmp_path / f"target{limit}"
        wanted = two_parts(home)
        ended = live(home, "move", target, limit)
        killed += ended.returncode == -9
        old, new = home / ".lmstudio" / "models", target
        # Before anything is cleaned up, one of the places has the whole model.
        assert wanted in (present(old), present(new)), limit
        with LibraryDesk(home) as desk:
            desk.library.start()
            rows = [row for row in desk.library.models() if row.id != "starter"]
            # Afterwards exactly one has, and the other nothing.
            places = (present(old), present(new))
            assert sorted(places, key=len) == [{}, wanted], limit
            assert [row.problem for row in rows] == [""], limit
            assert len(rows[0].parts) == 2 and rows[0].projector is not None
            assert not [p for p in target.rglob("*") if p.is_file() and p.suffix != ".gguf"]
            assert not list((home / "own" / "work").glob("*")), limit
    assert killed > total // EVERY // 2


def test_a_killed_sharing_leaves_both_files(tmp_path: Path) -> None:
    def copies(home: Path) -> tuple[Path, Path]:
        base = home / ".lmstudio" / "models" / "a"
        return (
            gguf(base / "b" / "one-Q8_0.gguf", size=20_000),
            gguf(base / "c" / "two-Q8_0.gguf", size=20_000),
        )

    copies(tmp_path / "count")
    total = calls(tmp_path / "count", "share", tmp_path)
    for limit in range(1, total + 1, EVERY):
        home = tmp_path / f"home{limit}"
        one, two = copies(home)
        wanted = digest(one)
        live(home, "share", tmp_path, limit)
        assert digest(one) == wanted == digest(two), limit
        with LibraryDesk(home) as desk:
            desk.library.start()
            assert all(not row.problem for row in desk.library.models())
        assert {p.name for p in (home / ".lmstudio").rglob("*") if p.is_file()} == {one.name, two.name}
        assert not list((home / "own" / "work").glob("*"))
