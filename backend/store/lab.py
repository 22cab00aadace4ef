"""What the quant lab measured."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass, fields

from backend.store.database import Database


@dataclass(frozen=True, slots=True)
class LabResult:
    """One measured file.

    Attributes:
        original: Id of the original in the library.
        sha256: Digest of the measured file, empty where unknown.
        imatrix: Name of the matrix it was made with; empty without.
        tokens: Tokens of the text that went through it.
        kl_divergence, kl_error, same_top: Against the original.
        memory: Bytes: resident, and on the GPUs.
        engine: Version of the engine.
    """

    original: str
    original_name: str
    type: str
    sha256: str
    imatrix: str
    text_name: str
    text_sha256: str
    tokens: int
    size: int
    bits_per_weight: float
    perplexity: float | None
    perplexity_error: float | None
    kl_divergence: float | None
    kl_error: float | None
    same_top: float | None
    generation_tps: float | None
    prompt_tps: float | None
    memory: int | None
    engine: str
    created: float


_COLUMNS = ", ".join(field.name for field in fields(LabResult))


class LabRepository:
    """Every measurement that was ever made; the newest of a type counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, result: LabResult) -> None:
        """Remember it. Returns once it is on the disk."""
        values = astuple(result)
        marks = ", ".join("?" * len(values))
        self._database.write(
            lambda connection: connection.execute(
                f"INSERT INTO lab_results ({_COLUMNS}) VALUES ({marks})", values
            )
        )

    def of(self, original: str) -> tuple[LabResult, ...]:
        """Everything about one original, newest first."""

        def run(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
            return connection.execute(
                f"SELECT {_COLUMNS} FROM lab_results WHERE original = ? ORDER BY id DESC", (original,)
            ).fetchall()

        return tuple(LabResult(*row) for row in self._database.read(run))  # type: ignore[arg-type]
