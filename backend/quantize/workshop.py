"""What every service works with that makes model files: quantizing, converting and merging."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.activities.runner import Activities
from backend.library import verifying
from backend.library.hashing import Hashed
from backend.library.library import Library
from backend.library.verifying import DigestRecords
from backend.quantize import target as place
from backend.quantize.target import Target
from backend.store.made import MadeKind, MadeModel, MadeRepository, Recipe
from backend.workers.supervisor import Supervisor


@dataclass(frozen=True, slots=True)
class Workshop:
    """Attributes:
    workers: Starts the processes; one for each piece of work.
    made: How files were made.
    records: Where digests are remembered.
    models_dir: What is made without another place goes to ``<models_dir>/<publisher>/<name>``.
    notes: Where half-done work is noted; the library cleans up after it.
    """

    workers: Supervisor
    library: Library
    activities: Activities
    made: MadeRepository
    records: DigestRecords
    models_dir: Path
    notes: Path | None

    def target(self, folder: Path, stem: str, chosen: Path | None) -> Target:
        """The file at `chosen`, or in it where that is a folder; without one, that of `folder` below
        `models_dir`, numbered where its name is taken. `stem` is its name without the ending.
        """
        if chosen is None:
            return place.free_name(self.models_dir / folder, stem, 1)
        chosen = Path(os.path.abspath(chosen.expanduser()))  # noqa: PTH100
        found = place.target_at(chosen / f"{stem}.gguf" if chosen.is_dir() else chosen, 1)
        if os.path.lexists(found.drafts[0]):
            self.library.recover()  # what a kill left there
        return found

    def record(
        self,
        files: Sequence[tuple[Path, Hashed]],
        kind: MadeKind,
        recipe: Recipe,
        engine: str,
        *,
        source_id: str,
        source_name: str,
        source_sha256: str = "",
    ) -> None:
        """Remember a model before its `files` have their final names: nothing in the library is without its
        record."""
        first, hashed = files[0]
        self.made.note(
            MadeModel(
                sha256=hashed.sha256,
                size=sum(each.state.size for _, each in files),
                name=first.name,
                kind=kind,
                source_id=source_id,
                source_name=source_name,
                source_sha256=source_sha256,
                recipe=recipe,
                engine=engine,
                created=time.time(),
            )
        )
        for file, each in files:
            verifying.note(self.records, os.path.realpath(file), each)
