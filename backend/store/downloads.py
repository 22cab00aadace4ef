"""The download queue in the database."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.hubs.types import QuantFile, RemoteFile, Source
from backend.store.database import Database

_COLUMNS = (
    "id, sequence, source, repo_id, commit_id, quant, state, name, label, total, done, error_code,"
    " error_title, error_hint, error_detail, path, note, created, finished"
)
_SAVE = (
    f"INSERT INTO downloads ({_COLUMNS}) VALUES ({', '.join('?' * 19)}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
)


class DownloadRepository:
    """Jobs as they were last saved. Speed and time left are of the moment and are not kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, job: DownloadJob) -> None:
        """Insert the job, or replace the one with its id. Returns once it is on the disk."""
        self._database.write(lambda connection: connection.execute(_SAVE, _values(job)))

    def delete(self, job_id: str) -> None:
        """Forget the job; nothing happens if there is none with this id."""
        self._database.write(
            lambda connection: connection.execute("DELETE FROM downloads WHERE id = ?", (job_id,))
        )

    def all(self) -> tuple[DownloadJob, ...]:
        """All jobs in the order of the queue. A row that cannot be understood is left out."""

        def run(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
            return connection.execute(
                f"SELECT {_COLUMNS} FROM downloads ORDER BY sequence, created"
            ).fetchall()

        jobs = (_job(row) for row in self._database.read(run))
        return tuple(job for job in jobs if job is not None)


def _values(job: DownloadJob) -> tuple[object, ...]:
    request = job.request
    return (
        job.id,
        job.sequence,
        request.source,
        request.repo_id,
        request.commit,
        json.dumps(dataclasses.asdict(request.quant), ensure_ascii=False),
        job.state,
        job.name,
        job.label,
        job.total,
        job.done,
        job.error_code,
        job.error_title,
        job.error_hint,
        job.error_detail,
        job.path,
        job.note,
        job.created,
        job.finished,
    )


def _job(row: tuple[object, ...]) -> DownloadJob | None:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    try:
        quant = json.loads(str(values["quant"]))
        request = DownloadRequest(
            repo_id=str(values["repo_id"]),
            commit=str(values["commit_id"]),
            quant=QuantFile(
                label=str(quant["label"]),
                files=_files(quant["files"]),
                kind=str(quant.get("kind", "model")),
                # Version 1 knew neither tags nor files that come along.
                tag=str(quant.get("tag", "")),
                extras=_files(quant.get("extras", ())),
                manifest=str(quant.get("manifest", "")),
                revision=str(quant.get("revision", "")),
            ),
            source=Source(str(values["source"])),
        )
        state = DownloadState(str(values["state"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    rest = {k: v for k, v in values.items() if k not in ("source", "repo_id", "commit_id", "quant", "state")}
    return DownloadJob(request=request, state=state, **rest)  # type: ignore[arg-type]


def _files(entries: Iterable[dict[str, Any]]) -> tuple[RemoteFile, ...]:
    return tuple(
        RemoteFile(str(f["path"]), int(f["size"]), f.get("sha256"), f.get("git_sha1")) for f in entries
    )
