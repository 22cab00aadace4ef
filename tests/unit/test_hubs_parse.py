"""What the search box understands, file names of repositories, and the hub's JSON. Faults 38, 40."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.capacity.types import Machine, Pool, PoolKind
from backend.hubs.files import group
from backend.hubs.huggingface import _without_front_matter
from backend.hubs.names import is_repo_id, is_safe_path
from backend.hubs.parse import Kind, parse_query
from backend.hubs.recommend import Role, bundled, pick, role_text
from backend.hubs.rows import commit_of, hub_model, parameters_in_name, remote_files
from backend.hubs.types import RemoteFile

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("text", "repo_id", "quant", "file"),
    [
        ("acme/Tiny-GGUF", "acme/Tiny-GGUF", None, None),
        ("  acme/Tiny-GGUF  ", "acme/Tiny-GGUF", None, None),
        ("acme/Tiny-GGUF:q4_k_m", "acme/Tiny-GGUF", "Q4_K_M", None),
        ("acme/Tiny-GGUF/sub/tiny-Q8_0.gguf", "acme/Tiny-GGUF", None, "sub/tiny-Q8_0.gguf"),
        ("hf:acme/Tiny-GGUF", "acme/Tiny-GGUF", None, None),
        ("hf.co/acme/Tiny-GGUF:Q4_K_M", "acme/Tiny-GGUF", "Q4_K_M", None),
        ("hf.co/acme/Tiny-GGUF:latest", "acme/Tiny-GGUF", None, None),
        ("ollama pull hf.co/acme/Tiny-GGUF:latest", "acme/Tiny-GGUF", None, None),
        ("https://hf.co/acme/Tiny-GGUF", "acme/Tiny-GGUF", None, None),
        ("https://huggingface.co/acme/Tiny-GGUF", "acme/Tiny-GGUF", None, None),
        ("https://huggingface.co/acme/Tiny-GGUF/", "acme/Tiny-GGUF", None, None),
        ("HTTPS://HuggingFace.co/acme/Tiny-GGUF?show=1#files", "acme/Tiny-GGUF", None, None),
        ("huggingface.co/acme/Tiny-GGUF/tree/main", "acme/Tiny-GGUF", None, None),
        ("https://huggingface.co/acme/Tiny-GGUF/blob/main/a%20b.gguf", "acme/Tiny-GGUF", None, "a b.gguf"),
        ("https://huggingface.co/acme/T/resolve/main/x.gguf?download=true", "acme/T", None, "x.gguf"),
        ("https://huggingface.co/acme/T/discussions/3", "acme/T", None, None),
        ("ollama run hf.co/acme/Tiny-GGUF:Q4_K_M", "acme/Tiny-GGUF", "Q4_K_M", None),
    ],
)
def test_a_repository(text: str, repo_id: str, quant: str | None, file: str | None) -> None:
    parsed = parse_query(text)
    assert (parsed.kind, parsed.repo_id, parsed.quant, parsed.file) == (Kind.REPO, repo_id, quant, file)


@pytest.mark.parametrize(
    ("text", "name", "tag"),
    [
        ("ollama:llama3.2", "llama3.2", None),
        ("ollama:llama3.2:3b", "llama3.2", "3b"),
        ("ollama: qwen3:0.6b", "qwen3", "0.6b"),
        ("ollama run llama3.2:3b", "llama3.2", "3b"),
        ("ollama pull someone/model:q4_K_M", "someone/model", "q4_K_M"),
        ("https://ollama.com/library/llama3.2:3b", "llama3.2", "3b"),
        ("ollama.com/library/llama3.2/tags", "llama3.2", None),
        ("ollama.com/someone/model", "someone/model", None),
        ("https://ollama.com/library/llama3.2:3b/blobs/dde5aa3fc5ff", "llama3.2", "3b"),
        ("llama3.2:3b", "llama3.2", "3b"),
    ],
)
def test_an_ollama_name(text: str, name: str, tag: str | None) -> None:
    parsed = parse_query(text)
    assert (parsed.kind, parsed.name, parsed.tag) == (Kind.OLLAMA, name, tag)


@pytest.mark.parametrize(
    "text",
    [
        "/models/a.gguf",
        "~/a.gguf",
        "./a.gguf",
        r"C:\models\a.gguf",
        r"\\host\share\a.gguf",
        "a.gguf",
        "file:///a b.gguf",
    ],
)
def test_a_path(text: str) -> None:
    assert parse_query(text).kind is Kind.PATH


def test_a_file_url_becomes_a_path() -> None:
    assert parse_query("file:///home/a%20b.gguf").text == "/home/a b.gguf"
    assert parse_query("file:///C:/a.gguf").text == "C:/a.gguf"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "llama",
        "small model for poems",
        "text/to/speech",
        "a/b c",
        "../../etc",
        "https://example.org/acme/Tiny",
        "https://huggingface.co/datasets/acme/data",
        "https://huggingface.co/spaces/acme/demo",
        "https://huggingface.co/models",
        "acme/..",
        "hf:",
        "ollama:",
        "ollama: a b!",
    ],
)
def test_keywords(text: str) -> None:
    parsed = parse_query(text)
    assert (
        parsed.kind in (Kind.KEYWORDS, Kind.PATH) if text.startswith("..") else parsed.kind is Kind.KEYWORDS
    )


@relaxed
@given(st.text(max_size=200))
def test_any_text_is_understood_somehow(text: str) -> None:
    parsed = parse_query(text)
    if parsed.kind is Kind.REPO:
        assert parsed.repo_id is not None
        assert is_repo_id(parsed.repo_id)
        assert is_safe_path(parsed.repo_id)
    elif parsed.kind is Kind.OLLAMA:
        assert parsed.name


_NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}[A-Za-z0-9]", fullmatch=True).filter(
    lambda name: ".." not in name and "--" not in name and not name.lower().endswith(".gguf")
)


@relaxed
@given(
    _NAMES,
    _NAMES,
    st.sampled_from(["{}", "hf:{}", "https://huggingface.co/{}", "hf.co/{}", "{}:Q4_0", " {} "]),
)
def test_every_form_of_a_repository_means_it(owner: str, name: str, form: str) -> None:
    if owner.lower() in ("api", "collections", "datasets", "docs", "models", "papers", "spaces", "tasks"):
        return
    parsed = parse_query(form.format(f"{owner}/{name}"))
    assert parsed.repo_id == f"{owner}/{name}"


# File paths


@pytest.mark.parametrize(
    "path",
    [
        "",
        "x\x85.gguf",
        "fugg\u202efugg.gguf",
        "con .gguf",
        "..",
        "../x.gguf",
        "a/../../x.gguf",
        "/etc/passwd",
        "//host/x",
        "C:/x.gguf",
        "C:\\x.gguf",
        "\\\\h\\s",
        "a\\b.gguf",
        "x\0.gguf",
        "a/./b",
        "a//b",
        "a/",
        "CON",
        "sub/aux.gguf",
        "com1",
        "x.gguf:ads",
        "x.gguf.",
        "x.gguf ",
        "a\nb",
        "a" * 256,
        "\ud800.gguf",
    ],
)
def test_paths_that_are_refused(path: str) -> None:
    assert not is_safe_path(path)


@pytest.mark.parametrize(
    "path", ["a.gguf", "sub/dir/a.gguf", "a b.gguf", ".gitattributes", "Modell-ü-😀.gguf", "..a"]
)
def test_paths_that_are_fine(path: str) -> None:
    assert is_safe_path(path)


@relaxed
@given(st.text(max_size=60))
def test_a_safe_path_stays_below_its_folder(path: str) -> None:
    if is_safe_path(path):
        for flavour in (PurePosixPath, PureWindowsPath):
            pure = flavour(path)
            assert not pure.is_absolute()
            assert ".." not in pure.parts
            assert not pure.drive


# Grouping


def _files(*names: str, size: int = 100) -> list[RemoteFile]:
    return [RemoteFile(name, size) for name in names]


def test_files_become_choices() -> None:
    files = [
        *_files("m-Q8_0.gguf", size=300),
        *_files("m-Q4_K_M.gguf", size=200),
        *_files("README.md", "imatrix.gguf", "m.imatrix", "config.json"),
        *_files("mmproj-m-F16.gguf", size=50),
        *_files("m-lora.gguf", size=40),
        *_files("empty-Q2_K.gguf", size=0),
        *_files(
            "F16/m-F16-00002-of-00003.gguf",
            "F16/m-F16-00001-of-00003.gguf",
            "F16/m-F16-00003-of-00003.gguf",
            size=400,
        ),
        *_files("m-Q5_0-00001-of-00002.gguf"),
    ]
    quants = group(files)
    assert [(q.label, q.kind, len(q.files), q.size) for q in quants] == [
        ("Q4_K_M", "model", 1, 200),
        ("Q8_0", "model", 1, 300),
        ("F16", "model", 3, 1200),
        ("F16", "projector", 1, 50),
        ("unknown", "adapter", 1, 40),
    ]
    assert quants[2].name == "F16/m-F16-00001-of-00003.gguf"


# The hub's JSON

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
_FIELDS = st.sampled_from(
    [
        *("author", "baseModels", "cardData", "createdAt", "downloads", "gated"),
        *("gguf", "lastModified", "likes", "sha", "siblings", "tags"),
    ]
)


@relaxed
@given(
    st.dictionaries(_FIELDS, _JSON),
    st.lists(st.dictionaries(st.sampled_from(["rfilename", "size", "lfs"]), _JSON)),
)
def test_any_json_makes_a_row_or_none(fields: dict[str, Any], siblings: list[Any]) -> None:
    row = hub_model({"id": "acme/Tiny", **fields})
    assert row is not None
    assert row.downloads is None or row.downloads >= 0
    for file in remote_files({"siblings": siblings}, "acme/Tiny"):
        assert is_safe_path(file.path)
        assert file.size >= 0
    commit_of(fields)


@relaxed
@given(_JSON)
def test_only_a_repository_id_makes_a_row(value: Any) -> None:
    assert hub_model(value) is None
    assert hub_model({"id": "..", "gguf": value}) is None
    assert hub_model({"id": value}) is None or isinstance(value, str)


def test_a_row_of_the_hub() -> None:
    row = hub_model(
        json.loads(
            """{"_id":"66f0","id":"acme/Tiny-3B-GGUF","gated":"manual","downloads":81234,"likes":0,
            "lastModified":"2026-08-01T12:00:00.000Z","pipeline_tag":"text-generation",
            "tags":["gguf","base_model:acme/Tiny-3B","base_model:quantized:acme/Tiny-3B","license:apache-2.0",
                    "base_model:/home/junk/path"],
            "baseModels":{"relation":"quantized","models":[{"_id":"1","id":"acme/Tiny-3B"}]},
            "gguf":{"total":3212749888,"architecture":"llama","context_length":131072}}"""
        )
    )
    assert row is not None
    assert (row.owner, row.name, row.parameters) == ("acme", "Tiny-3B-GGUF", 3212749888)
    assert (row.downloads, row.likes, row.gated, row.has_gguf) == (81234, 0, True, True)
    assert row.updated == datetime(2026, 8, 1, 12, tzinfo=UTC)
    assert (row.license, row.base_models) == ("apache-2.0", ("acme/Tiny-3B",))
    assert (row.architecture, row.context_length) == ("llama", 131072)


def test_a_projector_does_not_lend_its_numbers_to_the_model() -> None:
    row = hub_model({"id": "acme/See-12B-GGUF", "gguf": {"total": 420000000, "architecture": "clip"}})
    assert row is not None
    assert (row.parameters, row.architecture, row.has_gguf) == (12_000_000_000, None, True)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("Qwen3-30B-A3B-GGUF", 30_000_000_000),
        ("SmolLM2-135M", 135_000_000),
        ("qwen2.5-0.5b-instruct", 500_000_000),
        ("Phi-4-mini", None),
        ("Q4B5", None),
        ("9" * 90 + "B", None),
    ],
)
def test_parameters_in_a_name(name: str, parameters: int | None) -> None:
    assert parameters_in_name(name) == parameters


def test_unsafe_files_of_a_repository_are_skipped() -> None:
    siblings = [
        {"rfilename": "../../evil.gguf", "size": 1},
        {"rfilename": "C:\\evil.gguf", "size": 1},
        {"rfilename": "no-size.gguf"},
        {"rfilename": 7, "size": 1},
        {"rfilename": "ok.gguf", "size": 5, "lfs": {"sha256": "0" * 64, "size": 6}},
        {"rfilename": "bad-digest.gguf", "size": 5, "lfs": {"sha256": "../../etc", "size": 5}},
        {"rfilename": "README.md", "size": 3, "blobId": "a" * 40},
    ]
    assert remote_files({"siblings": siblings}, "acme/x") == (
        RemoteFile("ok.gguf", 6, sha256="0" * 64),
        RemoteFile("bad-digest.gguf", 5),
        RemoteFile("README.md", 3, git_sha1="a" * 40),
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("# Title\n", "# Title\n"),
        ("---\nlicense: mit\n---\n\n# Title\n", "# Title\n"),
        ("\ufeff---\r\nlicense: mit\r\n---\r\n# Title\r\n", "# Title\r\n"),
        ("---\n---\n# Title", "# Title"),
        ("---\nnever closed\n# Title", "---\nnever closed\n# Title"),
        ("# A\n\n---\n\nB\n---\n", "# A\n\n---\n\nB\n---\n"),
        ("", ""),
    ],
)
def test_front_matter_is_not_part_of_the_card(text: str, body: str) -> None:
    assert _without_front_matter(text) == body


# Recommendations


def _machine(ram: float, gpu: float = 0.0) -> Machine:
    pools = [Pool(PoolKind.RAM, "RAM", int(ram * 1e9), int(ram * 0.75e9), "test")]
    if gpu:
        pools.append(Pool(PoolKind.GPU, "GPU", int(gpu * 1e9), int(gpu * 0.95e9), "test"))
    return Machine(tuple(pools), "CPU", 8)


def test_the_bundled_list_can_be_asked_for() -> None:
    rows = bundled()
    assert len(rows) >= 12
    assert all(is_repo_id(row.repo_id) and is_safe_path(row.file) and row.purpose for row in rows)
    assert not any(row.checked for row in rows)
    assert len({row.repo_id for row in rows}) == len(rows)


@pytest.mark.parametrize(("ram", "gpu"), [(4, 0), (8, 0), (16, 0), (16, 12), (32, 0), (64, 24), (128, 0)])
def test_three_different_ones_that_fit(ram: float, gpu: float) -> None:
    picked = pick(_machine(ram, gpu), bundled())
    assert [row.role for row in picked] == [Role.ALL_ROUNDER, Role.STRONGEST, Role.QUICKEST]
    assert len({row.repo_id for row in picked}) == 3
    assert all(row.size < max(ram * 0.75e9, gpu * 0.95e9) for row in picked)
    all_rounder, strongest, quickest = picked
    assert strongest.strength > all_rounder.strength > quickest.strength
    assert all(role_text(row.role) for row in picked if row.role)


def test_nothing_is_recommended_that_does_not_fit() -> None:
    assert pick(_machine(1), bundled()) == ()
    assert len(pick(_machine(2.3), bundled())) < 3
