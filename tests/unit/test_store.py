"""The database: durable commits, order, two processes, migrations, refusal. Faults 43, 45, 47–49 and 51."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.engines.types import Sampling, Timings
from backend.errors import AppError
from backend.hubs.types import QuantFile, RemoteFile, Source
from backend.store.chats import ChatRepository, Ending, MessageState, NewMessage
from backend.store.database import Database
from backend.store.downloads import DownloadRepository
from backend.store.migrations import migrate, schema_version
from backend.store.models import ModelRepository
from backend.store.schema import MIGRATIONS, Migration
from tests.support.examples import LONG

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def database(tmp_path: Path):
    database = Database(tmp_path / "orangery.sqlite3")
    yield database
    database.close()


def integrity(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()


KILLS = 200 if LONG else 50


def test_no_kill_loses_an_acknowledged_message(tmp_path: Path) -> None:
    path = tmp_path / "orangery.sqlite3"
    lives = subprocess.run(
        [sys.executable, str(ROOT / "tests/support/database_lives.py"), str(path), str(KILLS), "7"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    acknowledged = json.loads(lives.stdout)
    assert len(acknowledged) > KILLS
    database = Database(path)
    try:
        rows = dict(database.read(lambda c: c.execute("SELECT id, text FROM messages").fetchall()))
        lost = [
            line
            for line in acknowledged
            for number, life, message in [line.split()]
            if not rows.get(int(number), "").startswith(f"life {life} message {message} ")
        ]
        assert lost == []
        assert database.check() == ""
        assert database.notices == ()
    finally:
        database.close()


def test_many_threads_write_at_once(database: Database) -> None:
    chats = ChatRepository(database)
    chat = chats.create("shared", None, Sampling(), None)

    def write(thread: int) -> list[int]:
        return [chats.add(NewMessage(chat.id, None, "user", f"{thread}/{i}")).id for i in range(50)]

    with ThreadPoolExecutor(8) as pool:
        ids = [number for numbers in pool.map(write, range(8)) for number in numbers]
    assert len(set(ids)) == 400
    count = database.read(lambda c: c.execute("SELECT count(*) FROM messages").fetchone()[0])
    assert count == 400


def test_failed_work_leaves_nothing_behind_and_the_next_write_works(database: Database) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO model_use VALUES ('m', '/m', 1.0, NULL, NULL)")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        database.write(half)
    models = ModelRepository(database)
    assert models.used("m") is None
    models.note_use("m", "/m", 12.5)
    models.note_use("m", "/moved", None)
    used = models.used("m")
    assert used is not None
    assert (used.path, used.tokens_per_second) == ("/moved", 12.5)


def test_work_inside_the_database_thread_cannot_wait_for_itself(database: Database) -> None:
    with pytest.raises(RuntimeError):
        database.write(lambda _: database.read(lambda c: c.execute("SELECT 1")))


def test_a_closed_database_says_so(tmp_path: Path) -> None:
    database = Database(tmp_path / "orangery.sqlite3")
    database.close()
    database.close()
    with pytest.raises(AppError) as caught:
        database.read(lambda c: c.execute("SELECT 1"))
    assert caught.value.code == "store.closed"


def test_order_is_by_sequence_when_the_clock_goes_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats = ChatRepository(database)
    now = 2_000_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    first = chats.create("first", None, Sampling(), None)
    one = chats.add(NewMessage(first.id, None, "user", "one"))
    now -= 86_400
    second = chats.create("second", None, Sampling(), None)
    two = chats.add(NewMessage(first.id, one.id, "assistant", "two"))
    now += 10 * 365 * 86_400
    three = chats.add(NewMessage(first.id, two.id, "user", "three"))
    now -= 20 * 365 * 86_400
    third = chats.create("third", None, Sampling(), None)
    assert [m.text for m in chats.branch(first.id)] == ["one", "two", "three"]
    assert [chat.id for chat in chats.all()] == [third.id, first.id, second.id]
    assert three.created > two.created < one.created


def test_messages_form_a_tree(database: Database) -> None:
    chats = ChatRepository(database)
    chat = chats.create("tree", "starter", Sampling(temperature=0.1, stop=("END",)), 4096)
    question = chats.add(NewMessage(chat.id, None, "user", "q"))
    left = chats.add(NewMessage(chat.id, question.id, "assistant", "left", MessageState.STREAMING, "starter"))
    follow = chats.add(NewMessage(chat.id, left.id, "user", "and?"))
    right = chats.add(NewMessage(chat.id, question.id, "assistant", "right"))
    assert [m.text for m in chats.branch(chat.id)] == ["q", "right"]
    assert chats.message(left.id).siblings == (left.id, right.id)
    chats.show(left.id, chat.id)
    assert [m.id for m in chats.branch(chat.id)] == [question.id, left.id, follow.id]
    chats.checkpoint(left.id, "left so far", "because")
    timings = Timings(prompt_tokens=5, generation_tps=31.5)
    done = chats.finish(left.id, Ending(MessageState.DONE, "left", "because", "stop", timings))
    assert (done.text, done.reasoning, done.timings, done.finish_reason) == (
        "left",
        "because",
        timings,
        "stop",
    )
    chats.checkpoint(left.id, "too late", "")
    assert chats.message(left.id).text == "left"
    chats.hide(left.id)
    assert [m.text for m in chats.branch(chat.id)] == ["q", "right"]
    with pytest.raises(LookupError):
        chats.message(follow.id)
    assert chats.get(chat.id).sampling.stop == ("END",)


def long_chat(database: Database, messages: int) -> tuple[int, list[int]]:
    """A chat in which every message answers the one before; its id and theirs."""
    chat = ChatRepository(database).create("long", None, Sampling(), None)

    def fill(connection: sqlite3.Connection) -> list[int]:
        ids: list[int] = []
        for _ in range(messages):
            row = connection.execute(
                "INSERT INTO messages (chat_id, parent_id, role, text, reasoning, state, created, model_name,"
                " quant, finish_reason, timings, error_title, error_hint)"
                " VALUES (?, ?, 'user', 'x', '', 'done', 0, '', '', '', '{}', '', '')",
                (chat.id, ids[-1] if ids else None),
            )
            assert row.lastrowid is not None
            ids.append(row.lastrowid)
        connection.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (ids[-1], chat.id))
        return ids

    return chat.id, database.write(fill)


def test_a_chat_of_any_length_can_be_removed(database: Database) -> None:
    chats = ChatRepository(database)
    chat_id, ids = long_chat(database, 2500)  # SQLite follows a cascade for 1,000 levels only
    chats.hide(ids[3])
    assert [message.id for message in chats.branch(chat_id)] == ids[:3]
    chats.unhide(ids[3])
    assert [message.id for message in chats.branch(chat_id)] == ids
    chats.hide(ids[3])
    chat_id, ids = long_chat(database, 2500)
    chats.set_deleted(chat_id, True)
    chats.purge_deleted()
    assert database.read(lambda c: c.execute("SELECT count(*) FROM messages").fetchone()[0]) == 3


def test_one_odd_field_does_not_make_a_chat_unreadable(database: Database) -> None:
    chats = ChatRepository(database)
    chat = chats.create("odd", None, Sampling(), None)
    chats.add(NewMessage(chat.id, None, "user", "hello"))
    odd = '{"temperature": "warm", "top_k": 7, "of_next_year": [1]}'
    database.write(lambda c: c.execute("UPDATE chats SET sampling = ?", (odd,)))
    database.write(lambda c: c.execute("UPDATE messages SET state = 'pondering', timings = '[}'"))
    assert chats.get(chat.id).sampling == Sampling(top_k=7)
    assert [(m.text, m.state) for m in chats.branch(chat.id)] == [("hello", MessageState.DONE)]


def test_downloads_come_back_as_they_were_saved(database: Database) -> None:
    downloads = DownloadRepository(database)
    files = (
        RemoteFile("m-00001-of-00002.gguf", 10, "aa"),
        RemoteFile("m-00002-of-00002.gguf", 5, None, "bb"),
    )
    request = DownloadRequest("owner/name", "c0ffee", QuantFile("Q4_K_M", files))
    second = DownloadJob("b", request, DownloadState.QUEUED, "name", "Q4_K_M", 15, sequence=2)
    first = DownloadJob(
        "a", request, DownloadState.FAILED, "name", "Q4_K_M", 15, done=3, error_code="download.checksum",
        error_title="Bad", path="/x", note="n", sequence=1, created=2.5, finished=3.5,
    )  # fmt: skip
    downloads.save(second)
    downloads.save(first)
    assert downloads.all() == (first, second)
    layer = RemoteFile("sha256-" + "cd" * 32, 7, "cd" * 32)
    tagged = QuantFile("Q8_0", request.quant.files, tag="1b", extras=(layer,), manifest='{"äöü": "\\u0000"}')
    third = dataclasses.replace(
        second, id="c", request=DownloadRequest("tiny", "ab" * 32, tagged, Source.OLLAMA), sequence=3
    )
    downloads.save(third)
    assert downloads.all()[-1] == third
    downloads.delete("c")
    downloads.delete("a")
    downloads.delete("a")
    assert downloads.all() == (second,)
    database.write(lambda c: c.execute("UPDATE downloads SET quant = '{}'"))
    assert downloads.all() == ()


def test_a_verified_file_is_trusted_until_it_changes(database: Database) -> None:
    models = ModelRepository(database)
    models.note_verified("/m.gguf", 10, 123, "ab" * 32)
    assert models.verified("/m.gguf", 10, 123) == "ab" * 32
    assert models.verified("/m.gguf", 11, 123) is None
    assert models.verified("/m.gguf", 10, 124) is None


# -- two processes ------------------------------------------------------------------------------------------

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_command_beside_the_window_waits_for_the_lock_and_then_writes(tmp_path: Path) -> None:
    path = tmp_path / "orangery.sqlite3"
    window, command = Database(path), Database(path)
    held, release = threading.Event(), threading.Event()

    def hold(connection: sqlite3.Connection) -> None:
        held.set()
        release.wait(60)

    slow = window.write_soon(hold)
    assert held.wait(60)
    quick = command.write_soon(
        lambda c: c.execute("INSERT INTO model_use VALUES ('m', '/m', 1.0, NULL, NULL)")
    )
    assert not quick.done()
    release.set()
    slow.result(60)
    quick.result(60)
    assert ModelRepository(window).used("m") is not None
    window.close()
    command.close()


def test_a_foreign_program_that_holds_the_lock_makes_a_retryable_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.store.opening.BUSY_S", 0.05)
    database = Database(tmp_path / "orangery.sqlite3")
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(database.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    models = ModelRepository(database)
    with pytest.raises(AppError) as caught:
        models.note_use("m", "/m", None)
    assert (caught.value.code, caught.value.retryable) == ("store.busy", True)
    holder.communicate(b"\n")
    models.note_use("m", "/m", None)
    database.close()


# -- migrations ---------------------------------------------------------------------------------------------

_V2: Migration = (
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    "INSERT INTO notes (text) SELECT title FROM chats",
    "ALTER TABLE chats ADD COLUMN colour TEXT NOT NULL DEFAULT 'orange'",
    "CREATE INDEX notes_by_text ON notes (text)",
)
_MIGRATE_AND_DIE = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from backend.store.database import Database
from backend.store.schema import MIGRATIONS
from tests.unit.test_store import _V2
if hasattr(os, "fork"):
    for place in range(len(_V2) + 1):
        child = os.fork()
        if child == 0:
            die = lambda connection: os.kill(os.getpid(), signal.SIGKILL)
            step = (*_V2[:place], die, *_V2[place:])
            Database(Path(sys.argv[2], str(place), "orangery.sqlite3"), migrations=(*MIGRATIONS, step))
            os._exit(0)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
"""


def test_a_migration_killed_at_each_statement_leaves_the_old_schema(tmp_path: Path) -> None:
    for place in range(len(_V2) + 1):
        folder = tmp_path / str(place)
        folder.mkdir()
        database = Database(folder / "orangery.sqlite3")
        ChatRepository(database).create("kept", None, Sampling(), None)
        database.close()
        shutil.rmtree(folder / "backups")
    subprocess.run([sys.executable, "-c", _MIGRATE_AND_DIE, str(ROOT), str(tmp_path)], check=True, timeout=60)
    for place in range(len(_V2) + 1):
        path = tmp_path / str(place) / "orangery.sqlite3"
        old = Database(path)  # the killed step left nothing: version 1 still opens it
        assert [chat.title for chat in ChatRepository(old).all()] == ["kept"]
        assert old.check() == ""
        old.close()
        assert [backup.name for backup in sorted((path.parent / "backups").iterdir())] == [
            "backup-0001.sqlite3"
        ]
        new = Database(path, migrations=(*MIGRATIONS, _V2))
        assert new.read(lambda c: c.execute("SELECT text FROM notes").fetchall()) == [("kept",)]
        assert new.check() == ""
        new.close()


@pytest.mark.parametrize("version", [3, 4])
def test_a_version_comes_whole_or_not_at_all(tmp_path: Path, version: int) -> None:
    def fail(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    path = tmp_path / "orangery.sqlite3"
    older, step = MIGRATIONS[: version - 1], MIGRATIONS[version - 1]
    Database(path, migrations=older).close()
    connection = sqlite3.connect(path, isolation_level=None)
    before = connection.execute("SELECT name, sql FROM sqlite_schema").fetchall()
    for place in range(len(step) + 1):
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, (*older, (*step[:place], fail, *step[place:])))
        assert connection.execute("SELECT name, sql FROM sqlite_schema").fetchall() == before
        assert schema_version(connection) == version - 1
    migrate(connection, (*older, step))
    assert schema_version(connection) == version
    connection.close()
    with pytest.raises(AppError) as caught:
        Database(path, migrations=older)
    assert caught.value.code == "store.newer"


def test_only_the_newest_three_backups_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "orangery.sqlite3"
    for versions in range(1, 7):
        steps = tuple((f"CREATE TABLE extra_{n} (x)",) for n in range(versions))
        Database(path, migrations=(*MIGRATIONS, *steps)).close()
    names = sorted(entry.name for entry in (tmp_path / "backups").iterdir())
    assert names == [f"backup-{n:04}.sqlite3" for n in (3, 4, 5)]


def test_a_newer_schema_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "orangery.sqlite3"
    Database(path, migrations=(*MIGRATIONS, _V2)).close()
    before = path.read_bytes()
    with pytest.raises(AppError) as caught:
        Database(path)
    assert caught.value.code == "store.newer"
    assert str(path) in caught.value.title
    assert path.read_bytes() == before


def test_a_newer_schema_that_is_only_in_the_journal_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "orangery.sqlite3"
    Database(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA user_version = 99")
    copy = tmp_path / "crashed" / "orangery.sqlite3"
    copy.parent.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
    connection.close()
    before = copy.read_bytes()
    with pytest.raises(AppError) as caught:
        Database(copy)
    assert caught.value.code == "store.newer"
    assert copy.read_bytes() == before


# -- a disk that is full or read-only ------------------------------------------------------------------------

_FULL_DISK = """
import subprocess, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
folder = Path(sys.argv[2])
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)],
capture_output=True).returncode:
    print("no mount")
    sys.exit()
from backend.errors import AppError
from backend.engines.types import Sampling
from backend.store.chats import ChatRepository, NewMessage
from backend.store.database import Database
from backend.store.schema import MIGRATIONS
path = folder / "orangery.sqlite3"
database = Database(path)
chats = ChatRepository(database)
chat = chats.create("full", None, Sampling(), None)
saved = 0
try:
    while True:
        chats.add(NewMessage(chat.id, None, "user", str(saved) + " " + "x" * 20_000))
        saved += 1
except AppError as error:
    print(error.code, error.retryable)
count = lambda d: d.read(lambda c: c.execute("SELECT count(*) FROM messages").fetchone()[0])
print(count(database) == saved, saved > 20)
database.close()
step = ("CREATE TABLE t (x)", "INSERT INTO t VALUES (zeroblob(5000000))")
try:
    Database(path, migrations=(*MIGRATIONS, step))
except AppError as error:
    print(error.code, error.retryable)
(folder / "filler").write_bytes(b"")
try:
    with (folder / "filler").open("ab", buffering=0) as filler:
        while True:
            filler.write(bytes(1024))
except OSError:
    pass
again = Database(path)
print(count(again) == saved, ChatRepository(again).all()[0].title)
again.close()
"""


def test_a_full_disk_rolls_back_and_the_database_still_opens(tmp_path: Path) -> None:
    if not shutil.which("unshare"):
        pytest.skip("needs unshare(1)")
    folder = tmp_path / "small"
    folder.mkdir()
    done = subprocess.run(
        [
            "unshare",
            "-m" if os.geteuid() == 0 else "-rm",
            sys.executable,
            "-c",
            _FULL_DISK,
            str(ROOT),
            str(folder),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    if (done.returncode and "unshare" in done.stderr) or "no mount" in done.stdout:
        pytest.skip("may not mount a small disk here")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split("\n")
    assert lines[0] in ("store.full True", "store.failed True")
    assert lines[1:4] == ["True True", "store.cannot_migrate True", "True full"]


def test_a_folder_that_cannot_be_written_gives_an_empty_read_only_database(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    database = Database(tmp_path / "file" / "orangery.sqlite3")
    assert database.read_only
    assert [notice.code for notice in database.notices] == ["store.read_only"]
    assert ChatRepository(database).all() == ()
    with pytest.raises(AppError) as caught:
        ChatRepository(database).create("x", None, Sampling(), None)
    assert caught.value.code == "store.read_only"
    database.close()


def test_a_clean_close_makes_one_backup_a_day(tmp_path: Path) -> None:
    path = tmp_path / "orangery.sqlite3"

    def use_and_close() -> list[Path]:
        database = Database(path)
        ModelRepository(database).note_use("m", "/m", None)
        database.close()
        return sorted((tmp_path / "backups").iterdir())

    assert len(use_and_close()) == 1
    backups = use_and_close()
    assert len(backups) == 1
    assert integrity(backups[0]) == "ok"
    for age in (86_500, -86_500):  # a day old, and dated in the future by a clock that was wrong
        then = time.time() - age
        os.utime(backups[-1], (then, then))
        older, backups = len(backups), use_and_close()
        assert len(backups) == older + 1
