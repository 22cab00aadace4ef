"""What an adapter says of itself: a GGUF adapter in its header, a PEFT folder in its config and tensors."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.adapters.types import Adapter, AdapterSource
from backend.errors import AppError
from backend.files import read_start
from backend.gguf.header import Header
from backend.gguf.reader import read_header
from backend.gguf.types import Tensor
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.peft import CONFIG, PICKLE, WEIGHTS, half_of
from backend.safetensors import DamagedError, Stored, json_object, read_tensors

ALPHA = "adapter.lora.alpha"
CARD = "README.md"
_MOST_CONFIG = 4 << 20
_MOST_CARD = 16 << 10
_LICENCE = re.compile(r"^license: *['\"]?([\w.-]{1,60})", re.MULTILINE)
_BLOCK = re.compile(r"^blk\.\d+\.")


@dataclass(frozen=True, slots=True)
class Pairs:
    """The tensors of a GGUF adapter.

    Attributes:
        a, b: By the name of the tensor that they change.
        norms: Whole norm vectors; the engine passes over them.
        others: Names that an adapter cannot have.
    """

    a: Mapping[str, Tensor]
    b: Mapping[str, Tensor]
    norms: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeftFolder:
    """A folder that PEFT wrote: `config` is ``adapter_config.json``."""

    path: Path
    config: Mapping[str, Any]
    tensors: Mapping[str, Stored]

    @property
    def base(self) -> str:
        return text_of(self.config, "base_model_name_or_path")


def pairs_of(header: Header) -> Pairs:
    """Sort the tensors of `header` as the engine does (llama-adapter.cpp of 0.3.36)."""
    a: dict[str, Tensor] = {}
    b: dict[str, Tensor] = {}
    norms, others = [], []
    for tensor in header.tensors:
        base, _, end = tensor.name.rpartition(".")
        # The engine takes the marks out wherever they stand, so that they must stand at the end only.
        plain = base and ".lora_a" not in base and ".lora_b" not in base
        if end == "lora_a" and plain:
            a[base] = tensor
        elif end == "lora_b" and plain:
            b[base] = tensor
        elif tensor.name.endswith("_norm.weight"):
            norms.append(tensor.name)
        else:
            others.append(tensor.name)
    return Pairs(a, b, tuple(norms), tuple(others))


def is_embedding(base: str) -> bool:
    """Whether `base` is the table of token vectors, of which the engine wants A and B the other way round."""
    return base.endswith("token_embd.weight")


def gguf_adapter(path: Path, id: str, name: str, source: AdapterSource, *, owner: str = "") -> Adapter:
    """What the file at `path` says; one that cannot be read has a problem and no facts. Never raises for what
    is in it."""
    size, modified = _stat([path])
    try:
        header = read_header(path)
    except AppError as error:
        return Adapter(
            id, name, path, "gguf", size, source, owner=owner, modified=modified, problem=error.title
        )
    pairs = pairs_of(header)
    return Adapter(
        id,
        name,
        path,
        "gguf",
        size,
        source,
        owner=owner or shown(header.text("general.organization") or header.text("general.author")),
        base=shown(base_of(header)),
        architecture=shown(header.architecture),
        ranks=_ranks(tensor.shape[0] for tensor in pairs.b.values() if tensor.shape),
        alpha=header.number(ALPHA) or 0.0,
        modules=tuple(dict.fromkeys(_BLOCK.sub("", base).removesuffix(".weight") for base in pairs.a)),
        licence=shown(header.text("general.license")),
        modified=modified,
        problem="" if pairs.a or pairs.b else tr("It has no adapter tensors."),
    )


def base_of(header: Header) -> str:
    """The model that the adapter was trained on as far as its header says: ``owner/name``, or a name."""
    url = header.text("general.base_model.0.repo_url")
    if match := re.match(r"https?://[^/]+/([\w.-]+/[\w.-]+)/?$", url):
        return match[1]
    owner, name = header.text("general.base_model.0.organization"), header.text("general.base_model.0.name")
    return f"{owner}/{name}" if owner and name and "/" not in name else name


def read_peft(path: Path) -> PeftFolder:
    """The config and the tensor names of a PEFT folder.

    Raises:
        AppError: ``adapter.unreadable``, ``adapter.pickle``, ``adapter.missing``.
    """
    try:
        raw = read_start(path / CONFIG, _MOST_CONFIG)
        config = json_object(raw, CONFIG)
        if not os.path.isfile(path / WEIGHTS):  # noqa: PTH113  # a pipe would never end
            raise FileNotFoundError(errno.ENOENT, "", str(path / WEIGHTS))
        with (path / WEIGHTS).open("rb") as file:
            tensors = read_tensors(file, WEIGHTS)
    except FileNotFoundError as error:
        if (path / PICKLE).is_file():
            raise AppError(
                "adapter.pickle",
                tr("{name} has its weights in {file}, which can carry code.", name=path.name, file=PICKLE),
                tr("Get it as safetensors or as a GGUF adapter."),
            ) from error
        missing = Path(str(error.filename)).name
        raise AppError(
            "adapter.missing",
            tr("{name} has no {file}.", name=path.name, file=missing),
            tr("Download the adapter again."),
        ) from error
    except OSError as error:
        raise AppError(
            "adapter.unreadable",
            tr("{name} cannot be read.", name=path.name),
            tr("Check that you may read it."),
            str(error),
            retryable=True,
        ) from error
    except DamagedError as error:
        raise AppError(
            "adapter.unreadable",
            tr("{where} is damaged: {detail}.", where=shown(error.where), detail=shown(error.detail)),
            tr("Download the adapter again."),
        ) from error
    return PeftFolder(path, config, tensors)


def peft_adapter(path: Path, id: str, name: str, source: AdapterSource, *, owner: str = "") -> Adapter:
    """What the PEFT folder at `path` says; never raises for what is in it."""
    size, modified = _stat([path / CONFIG, path / WEIGHTS])
    try:
        folder = read_peft(path)
    except AppError as error:
        return Adapter(
            id, name, path, "peft", size, source, owner=owner, modified=modified, problem=error.title
        )
    return Adapter(
        id,
        name,
        path,
        "peft",
        size,
        source,
        owner=owner,
        base=shown(folder.base),
        ranks=_ranks(t.shape[0] for key, t in folder.tensors.items() if is_down(key) and len(t.shape) == 2),
        alpha=_number(folder.config.get("lora_alpha")),
        modules=targets(folder.config),
        licence=_licence(path),
        modified=modified,
    )


def is_down(key: str) -> bool:
    """Whether a PEFT tensor is an A: rank × inputs."""
    return half_of(key)[1] == "A"


def targets(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The modules that a PEFT config names; a pattern stays as it is."""
    found = config.get("target_modules")
    if isinstance(found, str):
        return (shown(found),)
    if isinstance(found, Sequence):
        return tuple(sorted(shown(name) for name in found if isinstance(name, str)))
    return ()


def text_of(config: Mapping[str, Any], key: str) -> str:
    value = config.get(key)
    return value if isinstance(value, str) else ""


def _licence(path: Path) -> str:
    """What the front matter of the folder's model card says; empty where there is none."""
    try:
        text = read_start(path / CARD, _MOST_CARD).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
    match = _LICENCE.search(text.partition("\n---")[0]) if text.startswith("---") else None
    return shown(match[1]) if match else ""


def _number(value: object) -> float:
    try:
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0
    except OverflowError:
        return 0.0


def _ranks(found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(found)))


def _stat(paths: Sequence[Path]) -> tuple[int, float]:
    """Bytes of the files that are there, and when the newest was written."""
    size, modified = 0, 0.0
    for path in paths:
        try:
            found = path.stat()
        except (OSError, ValueError):
            continue
        size, modified = size + found.st_size, max(modified, found.st_mtime)
    return size, modified
