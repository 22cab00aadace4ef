"""Both gardens on the real command line, with no Ollama installed: search, fit, pull, offline after that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine, Done
from tests.support.models import scripted_model
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.standin_ollama import Layer, Model, StandInOllama, Tag
from tests.support.tiny_gguf import tiny_llama


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_llama(tmp_path_factory.mktemp("weights") / "tiny-Q8_0.gguf", quant="Q8_0", layers=2)


@pytest.fixture(scope="module")
def hub(weights: Path) -> Iterator[StandInHub]:
    with StandInHub() as hub:
        hub.add_repo(Repo("acme/Tiny-GGUF", (File("tiny-Q8_0.gguf", source=str(weights)),), downloads=700))
        hub.add_rows(120)
        yield hub


@pytest.fixture(scope="module")
def started(weights: Path) -> Iterator[StandInOllama]:
    layers = (Layer("template", File("t", text="{{ .Prompt }}")), Layer("license", File("l", text="MIT")))
    with StandInOllama() as ollama:
        tags = (Tag("latest", File("m", source=str(weights)), layers, {"file_type": "Q8_0"}), Tag("1b-cloud"))
        ollama.add(Model("tiny", tags, sizes=("1b", "3b"), capabilities=("tools",), summary="Very small."))
        ollama.add(Model("someone/tiny-own", tags, sizes=("70b",)))
        yield ollama


@pytest.fixture
def ollama(started: StandInOllama) -> StandInOllama:
    started.reset()
    return started


@pytest.fixture
def cli(tmp_path: Path, hub: StandInHub, ollama: StandInOllama) -> CommandLine:
    return CommandLine(
        tmp_path,
        HF_ENDPOINT=hub.endpoint,
        ORANGERY_OLLAMA_REGISTRY=ollama.registry,
        ORANGERY_OLLAMA_LIBRARY=ollama.library,
        OLLAMA_MODELS=str(tmp_path / "ollama"),
    )


@pytest.fixture
def here(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs a command in this process, which is quicker; it has to succeed unless `code` says otherwise."""

    def run(*arguments: str, code: int = 0) -> Done:
        return cli.inside(monkeypatch, capsys, *arguments, code=code)

    return run


def test_both_gardens_in_one_list(here: Callable[..., Done]) -> None:
    rows = here("search", "tiny", "--json").json
    assert {(row["source"], row["id"]) for row in rows} == {
        ("hf", "acme/Tiny-GGUF"),
        ("ollama", "tiny"),
        ("ollama", "someone/tiny-own"),
    }
    assert (rows[0]["id"], rows[0]["sizes"]) == ("tiny", ["1b", "3b"])  # the exact name comes first
    table = here("search", "tiny").out
    assert "ollama:tiny" in table and "1b, 3b" in table and "acme/Tiny-GGUF" in table


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["tiny", "--source", "ollama"], ["tiny", "someone/tiny-own"]),
        (["ollama:tin"], ["tiny", "someone/tiny-own"]),
        (["tiny", "--source", "hf"], ["acme/Tiny-GGUF"]),
        (["tiny", "--source", "ollama", "--size", "2B-9B"], ["tiny"]),
        (["tiny", "--source", "ollama", "--size", "50B-"], ["someone/tiny-own"]),
        (["tiny", "--source", "ollama", "--size=-9B"], ["tiny"]),
        (["tiny", "--source", "ollama", "--author", "someone"], ["someone/tiny-own"]),
        (["tiny", "--source", "ollama", "--license", "mit"], []),
        (["tiny", "--source", "ollama", "--gated"], []),
        (["tiny", "--source", "ollama", "--no-gated", "--task", "chat"], ["tiny", "someone/tiny-own"]),
        (["tiny", "--source", "ollama", "--task", "embedding", "--sort", "updated"], []),
        (["ollama:tiny:latest"], ["tiny", "someone/tiny-own"]),
    ],
)
def test_where_and_what_to_look_for(
    cli: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    ids: list[str],
) -> None:
    done = cli.inside(monkeypatch, capsys, "search", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    assert [row["id"] for row in done.json] == ids


@pytest.mark.parametrize("size", ["7B", "small", "3-9", "B-B", "-", "9B-3X"])
def test_a_size_that_is_none_is_wrong_usage(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], size: str
) -> None:
    done = cli.inside(monkeypatch, capsys, "search", "tiny", f"--size={size}")
    assert (done.code, done.out) == (2, "")
    assert "3B-9B" in done.err


def test_what_was_seen_before_is_shown_offline_and_said_to_be_old(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    online = cli.inside(monkeypatch, capsys, "search", "tiny", "--json")
    assert "seen on" not in online.err
    offline = cli.inside(monkeypatch, capsys, "search", "tiny", "--offline", "--json")
    assert offline.json == online.json
    assert f"seen on {datetime.now(UTC).astimezone():%Y-}" in offline.err


@pytest.mark.parametrize("name", ["HF_ENDPOINT", "ORANGERY_OLLAMA_REGISTRY", "ORANGERY_OLLAMA_LIBRARY"])
@pytest.mark.parametrize(
    "address",
    ["hf-mirror.com", "https://[bad", "https://host:port", "ftp://x", "https://me:s3cret@host", "http://"],
)
def test_an_address_in_the_environment_that_is_none_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    address: str,
) -> None:
    done = CommandLine(tmp_path, **{name: address}).inside(monkeypatch, capsys, "search", "x", "--offline")
    assert (done.code, done.out) == (1, "")
    assert name in done.err and "s3cret" not in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_a_later_page_that_fails_leaves_what_was_found(
    cli: CommandLine, hub: StandInHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.fault("status", "/api/models", code=429, skip=1)
    done = cli.inside(monkeypatch, capsys, "search", "plant", "--source", "hf", "--limit", "200", "--json")
    hub.clear_faults()
    assert (done.code, len(done.json)) == (0, 100)
    assert "too many requests" in done.err


def test_an_unreadable_page_is_said_beside_the_result(
    ollama: StandInOllama, here: Callable[..., Done]
) -> None:
    ollama.style("redesigned")
    done = here("search", "llama3.2", "--json")
    assert "could not read the library page" in done.err
    assert "bundled list" in done.err
    assert done.json[0]["id"] == "llama3.2"
    assert here("search", "ollama:tiny:latest", "--json").json[0]["id"] == "tiny"


def test_fit_of_a_tag_agrees_with_the_other_garden(here: Callable[..., Done]) -> None:
    theirs = here("fit", "hf:acme/Tiny-GGUF", "--ctx", "256", "--json").json
    ours = here("fit", "ollama:tiny", "--ctx", "256", "--json").json
    assert (ours["model"], ours["architecture"]) == ("tiny:latest", "llama")
    assert (ours["bytes"], ours["parameters"]) == (theirs["bytes"], theirs["parameters"])
    for name in ("ollama:nothing", "ollama:tiny:9b", "ollama:tiny:1b-cloud"):
        done = here("fit", name, code=1)
        assert done.out == ""
        assert len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("tag", "words"), [("1b-cloud", "nothing to download"), ("3b-mlx", "MLX"), ("odd", "no GGUF")]
)
def test_a_tag_that_cannot_run_here_is_not_pulled(
    cli: CommandLine,
    ollama: StandInOllama,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tag: str,
    words: str,
) -> None:
    tags = (
        Tag("1b-cloud", config={"remote_host": "https://ollama.com"}),
        Tag("3b-mlx", None, (Layer("tensor", File("t", size=100)),)),
        Tag("odd", None, (Layer("template", File("t", text="x")),)),
    )
    ollama.add(Model("strange", tags))
    done = cli.inside(monkeypatch, capsys, "pull", f"ollama:strange:{tag}")
    assert (done.code, done.out) == (1, "")
    assert words in done.err and f"strange:{tag}" in done.err


def test_found_pulled_listed_and_offline_after_that(
    weights: Path, tmp_path: Path, here: Callable[..., Done]
) -> None:
    assert here("search", "ollama:tiny", "--json").json[0]["id"] == "tiny"
    pulled = here("pull", "ollama:tiny", "--json").json
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert pulled["sha256"] == digest
    assert Path(pulled["path"]) == tmp_path / "ollama" / "blobs" / f"sha256-{digest}"
    assert (tmp_path / "ollama/manifests/registry.ollama.ai/library/tiny/latest").is_file()
    rows = {row["id"]: row for row in here("ls", "--json").json}
    assert rows["ollama:tiny:latest"]["path"] == pulled["path"]
    assert rows["ollama:tiny:latest"]["sha256"] == digest
    known = here("search", "ollama:tiny", "--offline", "--json").json
    assert known[0]["id"] == "tiny"
    report = here("fit", "ollama:tiny", "--offline", "--json").json
    assert (report["model"], report["bytes_read"], report["architecture"]) == ("tiny:latest", 0, "llama")


def test_found_pulled_and_chatted_with_no_ollama_at_all(
    cli: CommandLine, ollama: StandInOllama, tmp_path: Path, here: Callable[..., Done]
) -> None:
    model = scripted_model(tmp_path / "answer.gguf", ("Oranges ", "grow ", "indoors."))
    ollama.add(Model("gardener", (Tag("latest", File("m", source=str(model))),), sizes=("1b",)))
    assert here("search", "gardener", "--json").json[0]["source"] == "ollama"
    here("pull", "ollama:gardener")
    done = cli.run("chat", "ollama:gardener", "Where?", "--temp", "0", "--offline")
    assert done.out.strip() == "Oranges grow indoors."
