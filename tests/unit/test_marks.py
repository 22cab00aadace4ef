"""The files of the style sheet: what a killed window leaves is removed by the next one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_KILLED = """
import os
from ui.theme import marks
assert all(os.path.exists(path) for path in marks.write(lambda token: "#102030").values())
os._exit(0)
"""


def test_folders_of_ended_processes_are_removed(tmp_path: Path) -> None:
    (tmp_path / f"orangery-theme-{os.getpid()}-live").mkdir()
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path))}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", _KILLED], env=environment, cwd=_ROOT, check=True)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == 2 and f"orangery-theme-{os.getpid()}-live" in left, left
