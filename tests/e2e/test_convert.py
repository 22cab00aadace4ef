"""Converting in the real process: the same numbers as a model written by hand, verified, placed, recorded."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from backend.activities.runner import Step
from backend.activities.types import ActivityState
from backend.app import Backend
from backend.convert.types import ConvertType
from backend.errors import AppError, Cancelled
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType
from backend.paths import Paths
from backend.quantize.types import Made, QuantizeOptions
from tests.support.command_line import CommandLine
from tests.support.engine_logits import ask_engine
from tests.support.hf_repo import bf16, config, tiny_repo, tokenizer, weights, write_json, write_safetensors
from tests.support.known_engine import know_engine
from tests.support.quantizing import digest
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.tiny_gguf import tiny_llama

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("the hello and", "<|im_start|>user\nhi", "naïve 12 \n\n\tx", "")


class Desk:
    """A backend as a command has it."""

    def __init__(self, home: Path) -> None:
        know_engine(home)
        self.paths = Paths.under(home)
        self.backend = Backend(self.paths, offline=True, command=True)

    def make(self, folder: Path, kind: ConvertType, target: Path | None = None) -> Made:
        step = Step(threading.Event(), lambda done, total, note: None)
        return self.backend.converter.make(step, folder, kind, target)

    def rest(self) -> list[str]:
        """What work left behind."""
        places = (self.paths.models, self.paths.data / "work")
        return [path.name for place in places for path in place.rglob("*")]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "home")
    with desk.backend:
        yield desk


def tensor_bytes(path: Path) -> dict[str, tuple[GGMLType, bytes]]:
    header = read_header(path)
    data = path.read_bytes()
    return {
        tensor.name: (
            tensor.type,
            data[header.data_offset + tensor.offset : header.data_offset + tensor.offset + tensor.nbytes],
        )
        for tensor in header.tensors
    }


def test_the_file_computes_what_one_written_by_hand_does(desk: Desk, tmp_path: Path) -> None:
    made = desk.make(tiny_repo(tmp_path / "Tiny", width=128), "F32", tmp_path / "made.gguf")
    by_hand = tiny_llama(tmp_path / "hand.gguf", width=128, quant="F32")
    tokens = [[5, 80, 3, 260, 17, 33, 99, 1], [271]]
    ours, theirs = (ask_engine(path, tokens, TEXTS) for path in (made.path, by_hand))
    assert ours.tokens == theirs.tokens
    for one, other in zip(ours.logits, theirs.logits, strict=True):
        np.testing.assert_array_equal(one, other)
    assert tensor_bytes(made.path) == tensor_bytes(by_hand)


def test_every_type_is_of_the_promised_size_and_as_the_engine_makes_it(desk: Desk, tmp_path: Path) -> None:
    repo = tiny_repo(tmp_path / "models--acme--Tiny" / "snapshots" / ("b" * 40), width=128)
    plan = desk.backend.converter.inspect(repo)
    assert (plan.name, plan.architecture, plan.gguf_architecture) == ("Tiny", "LlamaForCausalLM", "llama")
    assert plan.refusal is None and plan.notes == () and plan.tokenizer == "gpt2 / gpt-2"
    made = {one.type: desk.make(repo, one.type) for one in plan.sizes}
    for kind, file in made.items():
        assert file.path == desk.paths.models / "acme" / "Tiny" / f"Tiny-{kind}.gguf"
        assert file.size == plan.size(kind) == file.path.stat().st_size and file.sha256 == digest(file.path)
        recipe = desk.backend.quantizer.recipe_of(file.sha256)
        assert recipe and (recipe.kind, recipe.source_id, recipe.recipe.type) == (
            "convert",
            "acme/Tiny",
            kind,
        )
    assert desk.make(repo, "Q8_0").path.name == "Tiny-Q8_0-2.gguf"
    step = Step(threading.Event(), lambda done, total, note: None)
    for kind in ("Q8_0", "BF16"):
        source = str(made["F32"].path)
        by_engine = desk.backend.quantizer.make(
            step, source, QuantizeOptions(kind), tmp_path / f"{kind}.gguf"
        )
        assert tensor_bytes(by_engine.path) == tensor_bytes(made[kind].path)
    header = read_header(made["F16"].path)
    assert (header.architecture, header.metadata["general.name"]) == ("llama", "Tiny")


def test_numbers_without_a_place_in_the_type_are_refused(desk: Desk, tmp_path: Path) -> None:
    repo = tiny_repo(tmp_path / "repo")
    tensors = weights()
    large = tensors["model.embed_tokens.weight"].copy()
    large[7, 7] = 70_000.0
    write_safetensors(repo / "model.safetensors", {**tensors, "model.embed_tokens.weight": bf16(large)})
    with pytest.raises(AppError) as caught:
        desk.make(repo, "F16")
    assert caught.value.code == "convert.numbers" and "model.embed_tokens.weight" in caught.value.title
    assert desk.rest() == []
    assert desk.make(repo, "BF16").path.is_file()
    large[7, 7] = np.nan
    write_safetensors(repo / "model.safetensors", {**tensors, "model.embed_tokens.weight": large})
    with pytest.raises(AppError, match="stored in this type"):
        desk.make(repo, "F32")


def test_what_is_refused_is_a_plan_that_says_why(desk: Desk, tmp_path: Path) -> None:
    refusal = desk.backend.converter.inspect(tiny_repo(tmp_path / "repo", hidden_act="gelu")).refusal
    assert refusal and refusal.code == "convert.setting" and "config.json: hidden_act" in refusal.title
    nowhere = desk.backend.converter.inspect(tmp_path / "nowhere").refusal
    assert nowhere and nowhere.code == "convert.no_folder"


def test_stopping_it_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    repo = tiny_repo(tmp_path / "repo", width=512)
    stop = threading.Event()

    def tell(done: int, total: int, note: str) -> None:
        if note.endswith(".weight"):
            stop.set()

    with pytest.raises(Cancelled):
        desk.backend.converter.make(Step(stop, tell), repo, "Q8_0")
    assert desk.rest() == []


def test_what_is_read_is_never_replaced(desk: Desk, tmp_path: Path) -> None:
    repo = tiny_repo(tmp_path / "repo")
    before = digest(repo / "model.safetensors")
    (tmp_path / "alias.gguf").symlink_to(repo / "model.safetensors")
    for target in (repo / "model.safetensors", repo / "config.json", tmp_path / "alias.gguf"):
        with pytest.raises(AppError) as caught:
            step = Step(threading.Event(), lambda done, total, note: None)
            desk.backend.converter.make(step, repo, "F16", target, replace=True)
        assert caught.value.code == "quantize.same_file"
    assert digest(repo / "model.safetensors") == before and desk.rest() == []


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
def test_json_that_unfolds_to_more_than_the_memory_is_refused(tmp_path: Path) -> None:
    """A stand-in for a limit of gigabytes, which would take long to reach."""
    code = """
import sys
from pathlib import Path
from backend.worker.convert.plan import make_plan
from backend.worker.convert.repository import Repository
from backend.worker.convert.service import limit_memory
repository = Repository(Path(sys.argv[1]))
limit_memory(400 << 20)
try:
    make_plan(repository)
except MemoryError:
    print("refused")
"""
    repo = tiny_repo(tmp_path / "repo")
    (repo / "tokenizer.json").write_bytes(b'{"a": [' + b"[]," * 8_000_000 + b"[]]}")
    told = subprocess.run(
        [sys.executable, "-c", code, str(repo)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.stdout == "refused\n", told.stderr


def test_a_worker_that_is_killed_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    repo = tiny_repo(tmp_path / "repo", width=512)

    def tell(done: int, total: int, note: str) -> None:
        if note.endswith(".weight"):
            for child in psutil.Process().children():
                with contextlib.suppress(psutil.Error):  # it may be dead already
                    if child.cmdline()[-1:] == ["convert"]:
                        child.kill()

    with pytest.raises(AppError) as caught:
        desk.backend.converter.make(Step(threading.Event(), tell), repo, "Q8_0")
    assert caught.value.code.startswith("engine.") and desk.rest() == []


def test_it_runs_as_an_activity(desk: Desk, tmp_path: Path) -> None:
    row = desk.backend.activities.wait(
        desk.backend.converter.start(tiny_repo(tmp_path / "repo"), "F16"), timeout=60
    )
    assert row.state is ActivityState.DONE and row.path and Path(row.path).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="needs getrusage")
def test_memory_does_not_grow_with_the_largest_tensor(tmp_path: Path) -> None:
    from tests.support.convert_memory import peak_growth

    rows, width = 65_536, 2_048
    shapes = {name: one.shape for name, one in weights(layers=1, width=width).items()}
    repo = tmp_path / "repo"
    repo.mkdir()
    header: dict[str, object] = {}
    end = 0
    for name in shapes:
        shape = [rows, width] if "embed" in name else list(shapes[name])
        size = 2 * int(np.prod(shape))
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header).encode()
    with (repo / "model.safetensors").open("wb") as file:  # a hole: zeros that take no disk
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + end)
    write_json(repo / "config.json", config(rows, width=width, layers=1))
    write_json(repo / "tokenizer.json", tokenizer())
    assert end > 260e6
    assert peak_growth(repo, tmp_path / "made.gguf", "F16") < 150e6


def test_the_command_fetches_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    repo = tiny_repo(tmp_path / "repo")
    files = [File(path.name, source=str(path)) for path in sorted(repo.iterdir())]
    more = [
        File("pytorch_model.bin", size=1000),
        File("modeling_x.py", text="print(1)"),
        File("x.gguf", size=9),
    ]
    with StandInHub() as hub:
        hub.add_repo(Repo("acme/Tiny", (*files, *more)))
        hub.add_repo(Repo("acme/Pickle", (files[0], more[0])))
        cli = CommandLine(tmp_path, HF_ENDPOINT=hub.endpoint)
        made = cli.run("convert", "hf:acme/Tiny", "--type", "bf16", "--json").json
        path = Path(made["path"])
        assert made == {"path": str(path), "size": path.stat().st_size, "sha256": digest(path)}
        assert path.name == "Tiny-BF16.gguf" and path.parent.parent.name == "acme"
        fetched = {one.name for one in cli.cache.rglob("snapshots/*/*")}
        assert fetched == {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}
        again = cli.run("convert", "acme/Tiny", "-o", str(tmp_path / "out.gguf"), "--offline")
        assert again.out.strip() == str(tmp_path / "out.gguf")
        odd = tiny_repo(tmp_path / "odd", hidden_act="gelu")
        hub.add_repo(Repo("acme/Odd", tuple(File(path.name, source=str(path)) for path in odd.iterdir())))
        assert "config.json: hidden_act" in cli.run("convert", "hf:acme/Odd", code=1).err
        assert not list(cli.cache.glob("models--acme--Odd/**/model.safetensors"))
        assert "pickle" in cli.run("convert", "hf:acme/Pickle", code=1).err
