"""Quantizing where something goes wrong: faults 25, 27 and 45, on disks and processes that are real."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from backend.activities.runner import Step
from backend.errors import AppError, Cancelled
from backend.quantize.types import QuantizeOptions
from tests.support.quantizing import QuantizeDesk, digest, life
from tests.support.tiny_gguf import tiny_llama

ROOT = Path(__file__).resolve().parents[2]

_TRY = """
try:
    desk.make(source, "Q8_0", out / "new.gguf")
except AppError as error:
    told |= {"code": error.code, "said": str(error)}
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """12 MB of weights: enough to be in the middle of it."""
    return tiny_llama(tmp_path_factory.mktemp("source") / "tiny-F16.gguf", width=512, layers=4, vocab=2000)


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare(1)")
def test_a_full_disk_is_told_before_and_noticed_meanwhile(source: Path, tmp_path: Path) -> None:
    """What was free when it was asked is taken by another program before the file is done."""
    out = tmp_path / "out"
    mount = f'mount -t tmpfs -o size=4m none {out} && exec "$0" "$@"'
    told = life(["unshare", "-m", "sh", "-c", mount], tmp_path / "home", source, out, _TRY)
    assert told["code"] == "quantize.no_space" and told["same"] and told["rest"] == []
    assert str(out) in told["said"] and "MB" in told["said"]
    late = "from backend.quantize import target\ntarget.check_space = lambda *_: None\n" + _TRY
    told = life(["unshare", "-m", "sh", "-c", mount], tmp_path / "late", source, out, late)
    assert told["code"] == "quantize.no_space" and told["same"] and told["rest"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
def test_a_write_that_fails_leaves_nothing(source: Path, tmp_path: Path) -> None:
    """The engine does not report every failed write."""
    out = tmp_path / "out"
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))\n" + _TRY
    told = life([], tmp_path / "home", source, out, limited)
    assert told["code"] in ("quantize.write", "quantize.damaged", "quantize.ended"), told
    assert told["same"] and told["rest"] == []


def test_cancelling_in_the_middle_removes_the_part(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out.gguf"
    seen: list[int] = []
    with QuantizeDesk(tmp_path / "home") as desk:
        stop = threading.Event()

        def tell(done: int, total: int, note: str) -> None:
            if total and done > total // 4:
                seen.append(len(list(out.parent.iterdir())))
                stop.set()

        with pytest.raises(Cancelled):
            desk.quantizer.make(Step(stop, tell), str(source), QuantizeOptions("Q5_K_M"), out)
        assert seen and seen[0] == 1 and not out.parent.exists() and desk.rest() == []


@pytest.mark.parametrize("what", ["removed", "cut", "replaced"])
def test_a_source_that_changes_meanwhile_gives_nothing(source: Path, tmp_path: Path, what: str) -> None:
    model = tmp_path / "model-F16.gguf"
    shutil.copy(source, model)
    done = threading.Event()

    def spoil(done_bytes: int, total: int, note: str) -> None:
        if total and done_bytes > 0 and not done.is_set():
            done.set()
            if what == "cut":
                os.truncate(model, 5000)
            elif what == "removed":
                model.unlink()
            else:
                model.rename(tmp_path / "aside")
                shutil.copy(source, model)

    with QuantizeDesk(tmp_path / "home") as desk, pytest.raises(AppError) as caught:
        step = Step(threading.Event(), spoil)
        desk.quantizer.make(step, str(model), QuantizeOptions("Q8_0"), tmp_path / "out" / "out.gguf")
    assert caught.value.code in ("quantize.ended", "library.unreadable", "library.changed")
    assert done.is_set() and not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_app_leaves_a_part_that_the_next_start_removes(source: Path, tmp_path: Path) -> None:
    """The engine, an orphan then, ends by itself."""
    out, before = tmp_path / "out", digest(source)
    out.mkdir()
    code = """
import os, signal
from tests.support.quantizing import QuantizeDesk
import sys
from pathlib import Path
desk = QuantizeDesk(Path(sys.argv[1]))
class Deadly(list):
    def append(self, told):
        if told[1] and told[0] > told[1] // 4:
            os.kill(os.getpid(), signal.SIGKILL)
desk.told = Deadly()
desk.make(Path(sys.argv[2]), "Q5_K_M", Path(sys.argv[3]) / "new.gguf")
"""
    home = tmp_path / "home"
    arguments = [sys.executable, "-c", code, str(home), str(source), str(out)]
    ended = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert [path.name for path in out.iterdir()] == ["new.gguf.orangery.part"] and digest(source) == before
    with QuantizeDesk(home) as desk:
        assert desk.rest() != [], "a note of the part"
        made = desk.make(source, "Q8_0", out / "new.gguf")
        assert [path.name for path in out.iterdir()] == ["new.gguf"] and digest(made.path) == made.sha256
        assert desk.rest() == []
