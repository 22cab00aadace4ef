"""The schema, as the ordered list of steps that lead to it.

Released steps are never edited: a change is a new step at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from backend.store import search_index

Statement = str | Callable[[sqlite3.Connection], None]
Migration = tuple[Statement, ...]
"""SQL statements and, where SQL is not enough, functions; run in order inside one transaction."""

_V1: Migration = (
    # AUTOINCREMENT: ids only grow and are never used twice, so they order messages whatever the clock does.
    """CREATE TABLE chats (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        model_id TEXT,
        system_prompt TEXT NOT NULL,
        sampling TEXT NOT NULL,
        n_ctx INTEGER,
        leaf_id INTEGER REFERENCES messages (id) ON DELETE SET NULL,
        created REAL NOT NULL,
        updated REAL NOT NULL,
        sequence INTEGER NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX chats_by_sequence ON chats (deleted, sequence)",
    """CREATE TABLE messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
        parent_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('system', 'user', 'assistant')),
        text TEXT NOT NULL,
        reasoning TEXT NOT NULL,
        state TEXT NOT NULL,
        created REAL NOT NULL,
        model_id TEXT,
        model_name TEXT NOT NULL,
        quant TEXT NOT NULL,
        finish_reason TEXT NOT NULL,
        timings TEXT NOT NULL,
        error_title TEXT NOT NULL,
        error_hint TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX messages_by_parent ON messages (chat_id, parent_id)",
    # For the foreign key itself: without it, deleting one message reads the whole table.
    "CREATE INDEX messages_by_reply ON messages (parent_id)",
    "CREATE INDEX messages_streaming ON messages (id) WHERE state = 'streaming'",
    """CREATE TABLE downloads (
        id TEXT PRIMARY KEY,
        sequence INTEGER NOT NULL,
        source TEXT NOT NULL,
        repo_id TEXT NOT NULL,
        commit_id TEXT NOT NULL,
        quant TEXT NOT NULL,
        state TEXT NOT NULL,
        name TEXT NOT NULL,
        label TEXT NOT NULL,
        total INTEGER NOT NULL,
        done INTEGER NOT NULL,
        error_code TEXT NOT NULL,
        error_title TEXT NOT NULL,
        error_hint TEXT NOT NULL,
        error_detail TEXT NOT NULL,
        path TEXT,
        note TEXT NOT NULL,
        created REAL NOT NULL,
        finished REAL
    ) STRICT""",
    """CREATE TABLE model_use (
        model_id TEXT PRIMARY KEY,
        path TEXT NOT NULL,
        used REAL NOT NULL,
        tokens_per_second REAL
    ) STRICT""",
    """CREATE TABLE verified_files (
        path TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT""",
)

_V2: Migration = (
    # Files outside every known folder that the person added one by one, in place.
    """CREATE TABLE added_files (
        path TEXT PRIMARY KEY,
        added REAL NOT NULL
    ) STRICT""",
    "ALTER TABLE model_use ADD COLUMN memory INTEGER",
    # What the garden offered when it was last asked about a model of the library.
    """CREATE TABLE offers (
        model_id TEXT PRIMARY KEY,
        version TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        checked REAL NOT NULL
    ) STRICT""",
)

_V3: Migration = (
    # Every real load, with what was predicted for it (backend/capacity/types.py: FitRun).
    """CREATE TABLE fit_runs (
        id INTEGER PRIMARY KEY,
        at REAL NOT NULL,
        model_id TEXT NOT NULL,
        name TEXT NOT NULL,
        quant TEXT NOT NULL,
        backend TEXT NOT NULL,
        run TEXT NOT NULL,
        formula TEXT,
        probe TEXT,
        measured TEXT,
        rss INTEGER,
        predicted_generation REAL,
        measured_generation REAL,
        predicted_prompt REAL,
        measured_prompt REAL,
        cause TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX fit_runs_by_time ON fit_runs (at)",
    # What a file that Orangery made was made from and how; by digest, so it outlives a move.
    """CREATE TABLE made_models (
        sha256 TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        source_id TEXT NOT NULL,
        source_name TEXT NOT NULL,
        source_sha256 TEXT NOT NULL,
        recipe TEXT NOT NULL,
        engine TEXT NOT NULL,
        created REAL NOT NULL
    ) STRICT""",
    """CREATE TABLE imatrices (
        path TEXT PRIMARY KEY,
        model_id TEXT NOT NULL,
        model_name TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        text_name TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        tokens INTEGER NOT NULL,
        created REAL NOT NULL
    ) STRICT""",
    # One measured row of the quant lab; the newest of the same original, file and text counts.
    """CREATE TABLE lab_results (
        id INTEGER PRIMARY KEY,
        original TEXT NOT NULL,
        original_name TEXT NOT NULL,
        type TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        imatrix TEXT NOT NULL,
        text_name TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        tokens INTEGER NOT NULL,
        size INTEGER NOT NULL,
        bits_per_weight REAL NOT NULL,
        perplexity REAL,
        perplexity_error REAL,
        kl_divergence REAL,
        kl_error REAL,
        same_top REAL,
        generation_tps REAL,
        prompt_tps REAL,
        memory INTEGER,
        engine TEXT NOT NULL,
        created REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX lab_results_by_original ON lab_results (original)",
    # How the model of this chat is opened; NULL leaves it to the settings.
    "ALTER TABLE chats ADD COLUMN kv_type TEXT",
    "ALTER TABLE chats ADD COLUMN n_batch INTEGER",
    "ALTER TABLE chats ADD COLUMN gpu_layers INTEGER",
)

_V4: Migration = (
    # Chats: folders, pins, presets, defaults of models, attachments, run cards, summaries, full-text search.
    """CREATE TABLE chat_folders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    "ALTER TABLE chats ADD COLUMN folder_id INTEGER REFERENCES chat_folders (id) ON DELETE SET NULL",
    "CREATE INDEX chats_by_folder ON chats (folder_id)",
    "ALTER TABLE chats ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE chats ADD COLUMN overflow TEXT NOT NULL DEFAULT 'stop'",
    """CREATE TABLE presets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        system_prompt TEXT NOT NULL,
        sampling TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE model_defaults (
        model_id TEXT PRIMARY KEY,
        system_prompt TEXT NOT NULL,
        sampling TEXT NOT NULL,
        n_ctx INTEGER,
        kv_type TEXT
    ) STRICT""",
    # The run card without its seed and time, so that answers of equal settings have equal texts.
    "ALTER TABLE messages ADD COLUMN card TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN seed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE messages ADD COLUMN reasoning_s REAL NOT NULL DEFAULT 0",
    "ALTER TABLE messages ADD COLUMN edited INTEGER NOT NULL DEFAULT 0",
    # The message whose deletion hid this one, until it is undone or made final.
    "ALTER TABLE messages ADD COLUMN deleted_with INTEGER",
    "CREATE INDEX messages_deleted ON messages (deleted_with) WHERE deleted_with IS NOT NULL",
    """CREATE TABLE attachments (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('text', 'image')),
        size INTEGER NOT NULL,
        text TEXT NOT NULL,
        path TEXT NOT NULL,
        tokens INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX attachments_by_message ON attachments (message_id)",
    # The tokens of an answer with their alternatives: many times its text, so apart from it.
    """CREATE TABLE message_choices (
        message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        choices TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE summaries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
        until_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        edited INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX summaries_by_chat ON summaries (chat_id)",
    "CREATE INDEX summaries_by_message ON summaries (until_id)",
    search_index.install,
)

_V5: Migration = (
    # `columns` are JSON: who answers. Rounds and unattended runs keep those that they were asked with.
    """CREATE TABLE comparisons (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        columns TEXT NOT NULL,
        blind INTEGER NOT NULL,
        topic TEXT NOT NULL,
        created REAL NOT NULL,
        updated REAL NOT NULL,
        sequence INTEGER NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX comparisons_by_sequence ON comparisons (deleted, sequence)",
    """CREATE TABLE compare_rounds (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        comparison_id INTEGER NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
        prompt TEXT NOT NULL,
        columns TEXT NOT NULL,
        topic TEXT NOT NULL,
        places TEXT NOT NULL,
        blind INTEGER NOT NULL,
        created REAL NOT NULL,
        outcome TEXT NOT NULL DEFAULT '',
        best INTEGER
    ) STRICT""",
    "CREATE INDEX compare_rounds_by_comparison ON compare_rounds (comparison_id, id)",
    """CREATE TABLE compare_answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        round_id INTEGER NOT NULL REFERENCES compare_rounds (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        model_id TEXT NOT NULL,
        model_name TEXT NOT NULL,
        quant TEXT NOT NULL,
        text TEXT NOT NULL,
        state TEXT NOT NULL,
        reasoning TEXT NOT NULL,
        finish_reason TEXT NOT NULL,
        timings TEXT NOT NULL,
        seconds REAL NOT NULL,
        peak_memory INTEGER NOT NULL,
        error_title TEXT NOT NULL,
        error_hint TEXT NOT NULL,
        card TEXT NOT NULL,
        UNIQUE (round_id, place)
    ) STRICT""",
    "CREATE INDEX compare_answers_streaming ON compare_answers (id) WHERE state = 'streaming'",
    # Votes stand alone: they outlive their comparison, and others' can be imported. `contestants` is JSON.
    """CREATE TABLE votes (
        uuid TEXT PRIMARY KEY,
        round_id INTEGER REFERENCES compare_rounds (id) ON DELETE SET NULL,
        topic TEXT NOT NULL,
        outcome TEXT NOT NULL,
        best INTEGER,
        contestants TEXT NOT NULL,
        created REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX votes_by_round ON votes (round_id)",
    """CREATE TABLE unattended_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        prompts TEXT NOT NULL,
        columns TEXT NOT NULL,
        state TEXT NOT NULL,
        created REAL NOT NULL,
        finished REAL
    ) STRICT""",
    """CREATE TABLE unattended_answers (
        run_id INTEGER NOT NULL REFERENCES unattended_runs (id) ON DELETE CASCADE,
        prompt INTEGER NOT NULL,
        place INTEGER NOT NULL,
        text TEXT NOT NULL,
        finish_reason TEXT NOT NULL,
        timings TEXT NOT NULL,
        seconds REAL NOT NULL,
        peak_memory INTEGER NOT NULL,
        error_title TEXT NOT NULL,
        error_hint TEXT NOT NULL,
        reasoning TEXT NOT NULL,
        card TEXT NOT NULL,
        PRIMARY KEY (run_id, prompt, place)
    ) STRICT""",
)
"""Comparisons, their rounds and answers, votes, unattended runs."""

_V6: Migration = (
    # `request`, `machine`, `columns` and `cards` are JSON, and so is what a row measured.
    """CREATE TABLE bench_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        created REAL NOT NULL,
        finished REAL,
        request TEXT NOT NULL,
        machine TEXT NOT NULL,
        suite TEXT NOT NULL,
        suite_version INTEGER NOT NULL,
        columns TEXT NOT NULL,
        cards TEXT NOT NULL,
        total INTEGER NOT NULL,
        imported INTEGER NOT NULL,
        error_title TEXT NOT NULL,
        error_hint TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    # `place` counts tests, or answers, from 0: what is missing is still to be done.
    """CREATE TABLE bench_rows (
        run_id INTEGER NOT NULL REFERENCES bench_runs (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        row TEXT NOT NULL,
        PRIMARY KEY (run_id, place)
    ) STRICT""",
    """CREATE TABLE bench_suites (
        name TEXT PRIMARY KEY,
        text TEXT NOT NULL,
        updated REAL NOT NULL
    ) STRICT""",
)
"""Benchmarks and their rows, suites of the person's own."""

_V7: Migration = (
    # `rack` is JSON: the mixer of adapters over the model. NULL leaves the model its own.
    "ALTER TABLE chats ADD COLUMN rack TEXT",
    """CREATE TABLE mixes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        base_id TEXT NOT NULL,
        rack TEXT NOT NULL,
        created REAL NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
)
"""Adapters of chats, and mixes."""

MIGRATIONS: tuple[Migration, ...] = (_V1, _V2, _V3, _V4, _V5, _V6, _V7)
"""Step *n* leads from `user_version` n−1 to n."""
