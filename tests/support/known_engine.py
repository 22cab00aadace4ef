"""What the engine survives on this machine: found once per test process, and known in every home after that.

Finding it crashes and starts several processes. That it is found at all is tested in
`tests/e2e/test_engine_faults.py`, which starts from homes that know nothing.
"""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from backend.engines.local import LocalEngine
from backend.events import EventBus
from backend.paths import STARTER_MODEL, Paths


@functools.cache
def _found() -> tuple[str, bytes] | None:
    """Name and content of the file in which the app remembers; None where what was found is not lasting."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.under(Path(folder))
        engine = LocalEngine(paths, EventBus(), probe_model=STARTER_MODEL)
        try:
            engine.probe()
        finally:
            engine.close()
        files = list(paths.cache.glob("*.json"))
        return (files[0].name, files[0].read_bytes()) if files else None


def know_engine(home: Path) -> None:
    """Make the profile under `home` one of an app that has used the engine before."""
    found = _found()
    if found is None:
        return
    file = Paths.under(home).cache / found[0]
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(found[1])
