"""How long the window stands still, turn by turn of its event loop, and a text to stream into it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

ANSWER = """Here is **how** it works, with `names` and a [link](https://example.org).

## Steps

1. Read the file, and keep what matters of every line in it.
2. Sort the rows by their date, newest first.
   - a row without a date comes last
   - equal dates keep their order

| Name | Size | Speed |
|:-----|-----:|------:|
| one | 4.1 GB | 53.8 |
| two | 7.3 GB | 36.0 |

```python
from pathlib import Path

def newest(folder: Path) -> list[Path]:
    \"\"\"Files of `folder`, newest first.\"\"\"
    files = [path for path in folder.iterdir() if path.is_file()]
    return sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)

for path in newest(Path("photos")):
    print(f"{path.name:40} {path.stat().st_size / 1e6:.1f} MB")
```

> Try it on a copy first. What is gone is gone.

"""


class Stalls:
    """How long each turn of the event loop took, by the clock and in processor time of this thread.

    On a machine that is busy with other things only the processor time tells about the program.
    """

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def turn(self, act: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        act()
        self.cpu.append((time.thread_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)

    def run(self, until: threading.Event) -> None:
        while not until.is_set():
            self.turn(QCoreApplication.processEvents)
            time.sleep(0.001)

    def report(self, name: str) -> None:
        print(f"\n{name}")
        for kind, times in (("clock", self.wall), ("processor", self.cpu)):
            busy = sorted(t for t in times if t > 0.5) or [0.0]
            late = sum(t > 33 for t in busy)
            print(
                f"  by the {kind:9}: longest {busy[-1]:6.1f} ms, 99 % {busy[int(len(busy) * 0.99)]:6.1f} ms, "
                f"median {busy[len(busy) // 2]:5.1f} ms of {len(busy)} turns; {late} above 33 ms"
            )
