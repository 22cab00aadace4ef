"""What stands around the chats: folders, presets, defaults of models and summaries."""

from __future__ import annotations

import sqlite3
from typing import Any, get_args

from backend.chats.types import ChatFolder, ModelDefaults, Preset, Summary
from backend.engines.types import KvType, Sampling
from backend.store import codec
from backend.store.database import Database

SUMMARY = "id, chat_id, until_id, text, edited"


class ChatShelf:
    """Plain SQL over these tables. Methods return when their commit is on the disk; what does not exist
    raises `LookupError`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- folders --------------------------------------------------------------------------------------------

    def folders(self) -> tuple[ChatFolder, ...]:
        """In their order."""
        return self._database.read(
            lambda connection: tuple(
                ChatFolder(*row)
                for row in connection.execute(
                    "SELECT id, name, position FROM chat_folders ORDER BY position, id"
                )
            )
        )

    def add_folder(self, name: str) -> ChatFolder:
        """A new folder at the end."""

        def run(connection: sqlite3.Connection) -> ChatFolder:
            row = connection.execute(
                "INSERT INTO chat_folders (name, position)"
                " VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM chat_folders))"
                " RETURNING id, name, position",
                (name,),
            ).fetchone()
            return ChatFolder(*row)

        return self._database.write(run)

    def rename_folder(self, folder_id: int, name: str) -> None:
        self._change("UPDATE chat_folders SET name = ? WHERE id = ?", (name, folder_id))

    def delete_folder(self, folder_id: int) -> None:
        """Its chats stay, in no folder."""
        self._change("DELETE FROM chat_folders WHERE id = ?", (folder_id,))

    def move(self, chat_id: int, folder_id: int | None) -> None:
        """Put a chat into a folder, or None into none."""

        def run(connection: sqlite3.Connection) -> None:
            known = "SELECT 1 FROM chat_folders WHERE id = ?"
            if folder_id is not None and not connection.execute(known, (folder_id,)).fetchone():
                raise LookupError(f"no folder {folder_id}")
            _changed(connection.execute("UPDATE chats SET folder_id = ? WHERE id = ?", (folder_id, chat_id)))

        self._database.write(run)

    def pin(self, chat_id: int, pinned: bool) -> None:
        self._change("UPDATE chats SET pinned = ? WHERE id = ?", (int(pinned), chat_id))

    # -- presets --------------------------------------------------------------------------------------------

    def presets(self) -> tuple[Preset, ...]:
        """By name."""

        def run(connection: sqlite3.Connection) -> tuple[Preset, ...]:
            rows = connection.execute("SELECT id, name, system_prompt, sampling FROM presets")
            found = [
                Preset(preset_id, name, prompt, codec.load(Sampling, sampling))
                for preset_id, name, prompt, sampling in rows
            ]
            return tuple(sorted(found, key=lambda preset: (preset.name.casefold(), preset.id)))

        return self._database.read(run)

    def save_preset(self, preset: Preset) -> Preset:
        """Keep a preset; one with id 0 is new."""
        values = (preset.name, preset.system_prompt, codec.dump(preset.sampling))

        def run(connection: sqlite3.Connection) -> Preset:
            if preset.id:
                _changed(
                    connection.execute(
                        "UPDATE presets SET name = ?, system_prompt = ?, sampling = ? WHERE id = ?",
                        (*values, preset.id),
                    )
                )
                return preset
            row = connection.execute(
                "INSERT INTO presets (name, system_prompt, sampling) VALUES (?, ?, ?) RETURNING id", values
            ).fetchone()
            return Preset(row[0], preset.name, preset.system_prompt, preset.sampling)

        return self._database.write(run)

    def add_presets(self, presets: tuple[Preset, ...]) -> None:
        """Keep all of them or none, whatever their ids; one of a known name takes its place."""

        def run(connection: sqlite3.Connection) -> None:
            for preset in presets:
                connection.execute("DELETE FROM presets WHERE name = ?", (preset.name,))
                connection.execute(
                    "INSERT INTO presets (name, system_prompt, sampling) VALUES (?, ?, ?)",
                    (preset.name, preset.system_prompt, codec.dump(preset.sampling)),
                )

        self._database.write(run)

    def delete_preset(self, preset_id: int) -> None:
        self._change("DELETE FROM presets WHERE id = ?", (preset_id,))

    # -- defaults of models ---------------------------------------------------------------------------------

    def defaults(self, model_id: str) -> ModelDefaults | None:
        def run(connection: sqlite3.Connection) -> ModelDefaults | None:
            row = connection.execute(
                "SELECT system_prompt, sampling, n_ctx, kv_type FROM model_defaults WHERE model_id = ?",
                (model_id,),
            ).fetchone()
            if row is None:
                return None
            kv_type = row[3] if row[3] in get_args(KvType) else None
            return ModelDefaults(model_id, row[0], codec.load(Sampling, row[1]), row[2], kv_type)

        return self._database.read(run)

    def set_defaults(self, defaults: ModelDefaults) -> None:
        self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO model_defaults (model_id, system_prompt, sampling, n_ctx, kv_type)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    defaults.model_id,
                    defaults.system_prompt,
                    codec.dump(defaults.sampling),
                    defaults.n_ctx,
                    defaults.kv_type,
                ),
            )
        )

    def clear_defaults(self, model_id: str) -> None:
        """Forget them; does nothing where there are none."""
        self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM model_defaults WHERE model_id = ?", (model_id,)
            )
        )

    # -- summaries ------------------------------------------------------------------------------------------

    def summaries(self, chat_id: int) -> tuple[Summary, ...]:
        """Of every branch, the one that reaches furthest last."""
        return self._database.read(
            lambda connection: tuple(
                summary(row)
                for row in connection.execute(
                    f"SELECT {SUMMARY} FROM summaries WHERE chat_id = ? ORDER BY until_id, id", (chat_id,)
                )
            )
        )

    def add_summary(self, chat_id: int, until_id: int, text: str) -> Summary:
        def run(connection: sqlite3.Connection) -> Summary:
            row = connection.execute(
                f"INSERT INTO summaries (chat_id, until_id, text) VALUES (?, ?, ?) RETURNING {SUMMARY}",
                (chat_id, until_id, text),
            ).fetchone()
            return summary(row)

        return self._database.write(run)

    def set_summary(self, summary_id: int, text: str) -> Summary:
        """The person's words in place of the model's."""

        def run(connection: sqlite3.Connection) -> Summary:
            row = connection.execute(
                f"UPDATE summaries SET text = ?, edited = 1 WHERE id = ? RETURNING {SUMMARY}",
                (text, summary_id),
            ).fetchone()
            if row is None:
                raise LookupError(f"no summary {summary_id}")
            return summary(row)

        return self._database.write(run)

    def _change(self, statement: str, values: tuple[object, ...]) -> None:
        self._database.write(lambda connection: _changed(connection.execute(statement, values)))


def _changed(cursor: sqlite3.Cursor) -> None:
    if not cursor.rowcount:
        raise LookupError("nothing has this id")


def summary(row: tuple[Any, ...]) -> Summary:
    """A row of `SUMMARY`."""
    return Summary(row[0], row[1], row[2], row[3], bool(row[4]))
