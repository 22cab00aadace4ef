"""The real command line with the real engine and the real hub client against the stand-in hub."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.app import Backend
from backend.errors import AppError
from backend.paths import STARTER_MODEL, Paths
from tests.support.command_line import CommandLine, Done
from tests.support.models import scripted_model
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.tiny_gguf import tiny_llama

needs_starter = pytest.mark.skipif(not STARTER_MODEL.exists(), reason="the starter model is not built")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One profile for the module: the engine's flags are tried once."""
    return tmp_path_factory.mktemp("cli")


@pytest.fixture(scope="module")
def hub(folder: Path) -> Iterator[StandInHub]:
    model = tiny_llama(folder / "tiny-Q8_0.gguf", quant="Q8_0", layers=2)
    with StandInHub() as hub:
        hub.add_repo(Repo("acme/Tiny-GGUF", (File("tiny-Q8_0.gguf", source=str(model)),)))
        hub.add_repo(Repo("acme/Big-GGUF", (File("big-Q4_K_M.gguf", size=8_000_000, seed=5),)))
        yield hub


@pytest.fixture
def cli(folder: Path, hub: StandInHub) -> Iterator[CommandLine]:
    yield CommandLine(folder, HF_ENDPOINT=hub.endpoint)
    hub.reset()


@pytest.fixture
def here(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs a command in this process, which is quicker; it has to succeed unless `code` says otherwise."""

    def run(*arguments: str, code: int = 0) -> Done:
        return cli.inside(monkeypatch, capsys, *arguments, code=code)

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["--ofline"],
        ["--worker"],
        ["chat"],
        ["fit", "starter", "--ctx", "many"],
        ["fit", "starter", "--kv", "q2"],
        ["fit", "starter", "--parallel", "0"],
        ["ls", "--offline", "--nothing"],
        ["search", "x", "--sort", "luck"],
        ["ls", "--home"],
        ["ls", "--home="],
        ["chat", "starter", "hi", "--temp", "inf"],
        ["bench", "starter", "--threads", "513"],
        ["bench", "starter", "--batch", "9999999999"],
    ],
)
def test_wrong_usage_is_2(
    cli: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    done = cli.inside(monkeypatch, capsys, *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_help_and_version_print_and_end(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = cli.run("--help").out
    for command in ("search", "fit", "pull", "ls", "doctor", "chat"):
        assert f"\n  {command} " in shown
    assert "--ctx" in cli.inside(monkeypatch, capsys, "fit", "--help").out
    assert cli.inside(monkeypatch, capsys, "--version").out.strip()


def test_what_does_not_exist_is_1_with_one_sentence(
    cli: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = cli.run("fit", "nowhere", code=1)
    for arguments in (
        ["fit", "nowhere"],
        ["fit", str(folder / "gone.gguf")],
        ["chat", "nowhere", "hello"],
        ["chat", "hf:acme/Big-GGUF", "hello"],
        ["chat", "ollama:tiny", "hello", "--json"],
        ["pull", "ollama:tiny"],
        ["pull", "nowhere"],
        ["pull", "hf:acme/Gone-GGUF"],
        ["fit", "hf:acme/Gone-GGUF", "--json"],
    ):
        done = cli.inside(monkeypatch, capsys, *arguments)
        assert (done.code, done.out) == (1, "")
        assert len(done.err.strip().splitlines()) == 1, done.err
        assert "Traceback" not in done.err
        if arguments == ["fit", "nowhere"]:
            assert done == outside


@needs_starter
def test_ls_lists_the_starter_first(here: Callable[..., Done]) -> None:
    rows = here("ls", "--json").json
    assert rows[0]["id"] == "starter"
    assert rows[0]["store"] == "bundled"
    assert rows[0]["size"] == STARTER_MODEL.stat().st_size


@needs_starter
def test_chat_answers_from_any_folder(cli: CommandLine, tmp_path: Path, here: Callable[..., Done]) -> None:
    done = cli.run(
        "chat",
        "starter",
        "What is the capital of France?",
        "--temp",
        "0",
        "--json",
        "--offline",
        cwd=tmp_path,
    )
    answer = done.json
    assert "Paris" in answer["text"]
    assert answer["finish_reason"] == "stop"
    assert answer["prompt_tokens"] > 0
    assert answer["completion_tokens"] > 0
    for name in ("reasoning", "cached_tokens", "ttft_s", "prompt_tps", "generation_tps"):
        assert name in answer
    streamed = here("chat", "starter", "What is the capital of France?", "--temp", "0")
    assert streamed.out.strip() == answer["text"].strip()


@needs_starter
def test_a_limit_a_seed_and_a_system_prompt_arrive(here: Callable[..., Done]) -> None:
    arguments = ("chat", "starter", "Tell me about LoRA.", "--max-tokens", "5", "--seed", "11", "--json")
    first = here(*arguments).json
    assert first["completion_tokens"] == 5
    assert first["finish_reason"] == "length"
    assert first["seed"] == 11
    assert here(*arguments).json["text"] == first["text"]
    longer = here(*arguments, "--system", "Answer in one word.").json
    assert longer["prompt_tokens"] > first["prompt_tokens"]


@needs_starter
def test_a_conversation_keeps_its_history_and_ends_with_bye(cli: CommandLine) -> None:
    done = cli.run("chat", "starter", "--temp", "0", stdin="Hello\n\nWho are you?\n/bye\nnot asked\n")
    assert len(done.out.strip().splitlines()) == 2


@needs_starter
def test_a_prompt_beyond_the_context_fails_with_both_numbers(here: Callable[..., Done]) -> None:
    done = here("chat", "starter", "word " * 3000, "--json", "--ctx", "9000", code=1)
    assert done.out == ""
    assert "More context than the 1,024 tokens" in done.err
    assert "needs about 3014 tokens" in done.err


def test_ctrl_c_in_the_middle_of_an_answer_is_130(cli: CommandLine, tmp_path: Path) -> None:
    model = scripted_model(tmp_path / "endless.gguf", ("on ", "and ", "then "), loop=True)
    done = cli.interrupt("chat", str(model), "talk", "--temp", "0", when="on and then on")
    assert done.code == 130
    assert done.out.startswith("on and then")
    assert "Traceback" not in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
def test_without_standard_streams_nothing_is_printed_into_other_files(cli: CommandLine) -> None:
    closed = subprocess.run(
        ["sh", "-c", 'exec "$@" <&- 2>&-', "sh", *cli.command("--offline", "chat", "starter", "--json")],
        stdout=subprocess.PIPE,
        env=cli.environment,
        timeout=120,
        check=False,
    )
    assert closed.returncode == 0
    assert json.loads(closed.stdout)["model"] == "starter"


def test_search_finds_rows(here: Callable[..., Done]) -> None:
    rows = here("search", "tiny", "--source", "hf", "--sort", "downloads", "--limit", "5", "--json").json
    assert [row["id"] for row in rows] == ["acme/Tiny-GGUF"]
    assert rows[0]["source"] == "hf"
    assert "acme/Tiny-GGUF" in here("search", "tiny").out
    assert here("search", "qqqqqq", "--json").json == []


def test_fit_of_a_file_here_and_of_one_on_the_hub_agree(folder: Path, here: Callable[..., Done]) -> None:
    ours = here("fit", str(folder / "tiny-Q8_0.gguf"), "--ctx", "256", "--kv", "q8_0", "--json").json
    there = here("fit", "hf:acme/Tiny-GGUF/tiny-Q8_0.gguf", "--ctx", "256", "--kv", "q8_0", "--json").json
    assert ours["bytes"] == there["bytes"]
    assert set(ours["bytes"]) == {"weights", "kv", "compute", "other", "total"}
    assert ours["verdict"] in ("fits", "fits_gpu")
    assert (ours["n_ctx"], ours["architecture"], ours["source"]) == (256, "llama", "engine")
    named = here("fit", str(folder), "--ctx", "256", "--no-probe", "--json").json
    assert named["source"] == "formula" and named["model"].endswith(".gguf")
    assert ours["bytes_read"] == 0
    assert there["bytes_read"] > 0
    assert ours["free"][0]["free"] > 0
    assert ours["parameters"] == there["parameters"] > 0


def test_pull_downloads_verified_and_lists_it(
    cli: CommandLine, folder: Path, here: Callable[..., Done]
) -> None:
    source = folder / "tiny-Q8_0.gguf"
    done = cli.run("pull", "hf:acme/Tiny-GGUF", "--json")
    pulled = done.json
    assert pulled["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert pulled["size"] == source.stat().st_size
    assert Path(pulled["path"]).read_bytes() == source.read_bytes()
    assert done.err
    again = here("pull", "hf:acme/Tiny-GGUF").out.strip()
    assert again == pulled["path"]
    rows = here("ls", "--json").json
    assert [row["sha256"] for row in rows if row["id"].startswith("hf:acme/Tiny-GGUF")] == [pulled["sha256"]]


def test_ctrl_c_in_the_middle_of_a_pull_is_130_and_goes_on_later(
    cli: CommandLine, hub: StandInHub, here: Callable[..., Done]
) -> None:
    hub.rate(300_000)
    stopped = cli.interrupt("pull", "hf:acme/Big-GGUF", when="MB /", stream="stderr")
    assert stopped.code == 130
    assert stopped.out == ""
    assert "Traceback" not in stopped.err
    with sqlite3.connect(cli.home / "data" / "orangery.sqlite3") as database:
        assert database.execute("SELECT state FROM downloads WHERE repo_id LIKE '%Big%'").fetchall() == [
            ("paused",)
        ]
    database.close()
    hub.rate(None)
    assert here("pull", "hf:acme/Big-GGUF", "--json").json["size"] == 8_000_000


def test_offline_asks_for_nothing(hub: StandInHub, here: Callable[..., Done]) -> None:
    hub.clear_log()
    done = here("search", "something new", "--offline", code=1)
    assert "ffline" in done.err
    assert hub.log() == []


@needs_starter
def test_doctor_tells_what_it_found_and_asks_for_nothing(
    cli: CommandLine, hub: StandInHub, here: Callable[..., Done]
) -> None:
    hub.clear_log()
    found = cli.run("doctor", "--json").json
    assert found["engine"]["version"] == found["packages"]["llama-cpp-python"]
    assert found["engine"]["devices"]
    assert set(found["engine"]["flags"]) >= {"use_extra_bufts"}
    assert found["database"]["problems"] == ""
    assert {folder["purpose"] for folder in found["folders"]} == {"config", "data", "cache", "models"}
    assert found["network"]["hosts_contacted"] == 0
    assert found["models"] >= 1
    assert hub.log() == []
    assert "Python" in here("doctor").out


def test_a_command_works_beside_an_open_window(cli: CommandLine) -> None:
    with Backend(Paths.under(cli.home), offline=True) as window:
        chat = window.chats.create("starter")
        assert cli.run("ls", "--json").json
        assert window.chats.rename(chat.id, "still writable").title == "still writable"
        with pytest.raises(AppError) as caught:
            Backend(Paths.under(cli.home))
        assert caught.value.code == "app.running"
