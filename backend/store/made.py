"""What the files that Orangery made were made from, and how. Known by digest, so that it outlives a move."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from backend.store import codec
from backend.store.database import Database

MadeKind = Literal["quantize", "convert", "merge"]

_COLUMNS = "sha256, size, name, kind, source_id, source_name, source_sha256, recipe, engine, created"


@dataclass(frozen=True, slots=True)
class MergedAdapter:
    """An adapter that became part of the weights. `sha256` is the digest of its file."""

    name: str
    scale: float
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it was made; the fields mean the same as in `QuantizeOptions`.

    Attributes:
        type: Of merged models that of the changed tensors; empty where they keep their own.
        imatrix: Name of the file of the importance matrix; empty without.
        adapters: What was merged into it.
    """

    type: str = ""
    imatrix: str = ""
    output_type: str = ""
    embedding_type: str = ""
    keep_split: bool = False
    requantize: bool = False
    adapters: tuple[MergedAdapter, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeModel:
    """One made file.

    Attributes:
        sha256: Of the first file.
        size: Bytes of all files.
        name: File name of the first one.
        source_sha256: Digest of the original, empty where it was not known.
        engine: Version of the engine.
        created: Unix time.
    """

    sha256: str
    size: int
    name: str
    kind: MadeKind
    source_id: str
    source_name: str
    source_sha256: str
    recipe: Recipe
    engine: str
    created: float


class MadeRepository:
    """One row for each content that was ever made here; the newest way to it counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, made: MadeModel) -> None:
        """Remember it. Returns once it is on the disk."""
        values = (
            made.sha256,
            made.size,
            made.name,
            made.kind,
            made.source_id,
            made.source_name,
            made.source_sha256,
            codec.dump(made.recipe),
            made.engine,
            made.created,
        )
        marks = ", ".join("?" * len(values))
        self._database.write(
            lambda connection: connection.execute(
                f"INSERT OR REPLACE INTO made_models ({_COLUMNS}) VALUES ({marks})", values
            )
        )

    def recipe_of(self, sha256: str) -> MadeModel | None:
        """How the file with this digest was made; None where it was not made here."""

        def run(connection: sqlite3.Connection) -> tuple[object, ...] | None:
            row: tuple[object, ...] | None = connection.execute(
                f"SELECT {_COLUMNS} FROM made_models WHERE sha256 = ?", (sha256,)
            ).fetchone()
            return row

        row = self._database.read(run)
        return _made(row) if row else None

    def all(self) -> tuple[MadeModel, ...]:
        """Everything that was made here, newest first."""

        def run(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
            return connection.execute(
                f"SELECT {_COLUMNS} FROM made_models ORDER BY created DESC, sha256"
            ).fetchall()

        return tuple(map(_made, self._database.read(run)))


def _made(row: tuple[object, ...]) -> MadeModel:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    values["recipe"] = codec.load(Recipe, str(values["recipe"]))
    return MadeModel(**values)  # type: ignore[arg-type]
