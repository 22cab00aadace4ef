"""What a person means by the text in the search box: keywords, a repository, an Ollama name or a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from backend.hubs.names import REPO_PART, is_repo_id, is_revision

_HF_HOSTS = ("huggingface.co", "www.huggingface.co", "hf.co", "hf-mirror.com")
_OLLAMA_HOSTS = ("ollama.com", "www.ollama.com", "ollama.ai", "registry.ollama.ai")
_OLLAMA_NAME = re.compile(rf"(?:{REPO_PART}/)?{REPO_PART}")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_NAME_TAG = re.compile(rf"([^:/]{{2,}}):({_TAG.pattern})")
_NOT_OWNERS = (
    "api",
    "collections",
    "datasets",
    "docs",
    "models",
    "organizations",
    "papers",
    "spaces",
    "tasks",
)
_PATH = re.compile(r"(?:[/~]|\.{1,2}[/\\]|[A-Za-z]:[/\\]|\\\\|file:)")


class Kind(StrEnum):
    KEYWORDS = "keywords"
    REPO = "repo"
    OLLAMA = "ollama"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The meaning of a text.

    Attributes:
        text: The keywords, the path, or what the kind's other fields were taken from.
        repo_id: ``owner/name`` on Hugging Face.
        revision: Branch, tag or commit in a URL; None for the usual one.
        file: Path of a file inside the repository.
        quant: Label such as ``Q4_K_M``, in upper case.
        name, tag: Of an Ollama model; the tag is None for the usual one.
        explicit: Whether it cannot mean anything else (a URL, a prefix); a bare ``owner/name`` or
            ``name:tag`` can.
    """

    kind: Kind
    text: str
    repo_id: str | None = None
    revision: str | None = None
    file: str | None = None
    quant: str | None = None
    name: str | None = None
    tag: str | None = None
    explicit: bool = False

    @property
    def bare(self) -> bool:
        """Whether the text is ``owner/name[:…]`` and nothing else, so that it may be of either garden."""
        return self.repo_id is not None and self.text.partition(":")[0] == self.repo_id

    @property
    def ref(self) -> str:
        """What to ask `HuggingFace.detail` for: the repository, with ``@revision`` where one was named."""
        return f"{self.repo_id}@{self.revision}" if self.revision else self.repo_id or ""


def parse_query(text: str) -> Parsed:
    """Tell keywords, repositories, Ollama names and paths apart. Never raises; doubt means keywords.

    Understood: ``owner/name``, ``owner/name:Q4_K_M``, ``owner/name/file.gguf``, ``hf:…``, ``hf.co/…``, pages
    and file links of huggingface.co, ``ollama:name:tag``, ``name:tag``, ``ollama run …``, pages of
    ollama.com, absolute paths.
    """
    text = " ".join(text.split())
    lower = text.lower()
    for prefix in ("ollama run ", "ollama pull "):
        if lower.startswith(prefix):
            return _ollama(text[len(prefix) :].split(" ")[0], text)
    if lower.startswith("ollama:") and not lower.startswith("ollama://"):
        return _ollama(text[len("ollama:") :].strip(), text)
    if lower.startswith("hf:") and not lower.startswith("hf://"):
        return _repo(text[len("hf:") :].strip(), text, explicit=True) or Parsed(Kind.KEYWORDS, text)
    if _PATH.match(text):
        return Parsed(Kind.PATH, _file_url(text) if lower.startswith("file:") else text, explicit=True)
    if address := _address(text):
        host, path = address
        if host in _HF_HOSTS:
            return _repo(path, text, explicit=True) or Parsed(Kind.KEYWORDS, _words(path))
        if host in _OLLAMA_HOSTS:
            return _ollama(path.removeprefix("library/"), text)
    if " " not in text:
        if found := _repo(text, text, explicit=False):
            return found
        if (match := _NAME_TAG.fullmatch(text)) and _OLLAMA_NAME.fullmatch(match[1]):
            return Parsed(Kind.OLLAMA, text, name=match[1], tag=match[2])
        if lower.endswith(".gguf"):
            return Parsed(Kind.PATH, text, explicit=True)
    return Parsed(Kind.KEYWORDS, text)


def _address(text: str) -> tuple[str, str] | None:
    """Host and path of a URL, with or without its scheme, if the host is one of ours."""
    match = re.match(r"(?:(?:https?|hf|ollama)://)?(?:([^/?#\s]+))(?:/([^?#\s]*))?", text, re.IGNORECASE)
    if match is None:
        return None
    host = match.group(1).lower().split(":")[0]
    if host not in _HF_HOSTS + _OLLAMA_HOSTS:
        return None
    return host, unquote(match.group(2) or "").strip("/")


def _repo(path: str, text: str, *, explicit: bool) -> Parsed | None:
    """`path` is ``owner/name`` with an optional quant, page or file behind it."""
    path = path.strip("/")
    quant = None
    if match := re.fullmatch(r"([^:]+):([A-Za-z0-9_.-]+)", path):
        path, quant = match.group(1), match.group(2).upper()
        if quant == "LATEST":  # so Ollama lists what was pulled from the hub without a quantization
            quant = None
    parts = path.split("/")
    repo_id = "/".join(parts[:2])
    if not is_repo_id(repo_id) or parts[0].lower() in _NOT_OWNERS:
        return None
    revision = file = None
    rest = parts[2:]
    if len(rest) >= 2 and rest[0] in ("tree", "blob", "resolve", "raw", "commit"):
        length = 3 if rest[1] == "refs" and len(rest) >= 4 else 1  # refs/pr/1
        revision, rest = "/".join(rest[1 : 1 + length]), rest[1 + length :]
        if revision == "main" or not is_revision(revision):
            revision = None
    if rest and rest[-1].lower().endswith(".gguf"):
        file = "/".join(rest)
    elif rest and not explicit:
        return None
    if parts[1].lower().endswith(".gguf") and not explicit:
        return None
    return Parsed(Kind.REPO, text, repo_id, revision, file, quant, explicit=explicit or quant is not None)


def _ollama(name: str, text: str) -> Parsed:
    if (address := _address(name)) and address[0] in _HF_HOSTS:
        # Ollama pulls from Hugging Face by such names; we go to the source.
        return _repo(address[1], text, explicit=True) or Parsed(Kind.KEYWORDS, _words(address[1]))
    name, _, tag = name.strip("/").partition(":")
    tag = tag.partition("/")[0]
    name = re.sub(r"/(?:tags|blobs/.*)$", "", name).removeprefix("library/")
    if not _OLLAMA_NAME.fullmatch(name) or (tag and not _TAG.fullmatch(tag)):
        return Parsed(Kind.KEYWORDS, _words(f"{name} {tag}"))
    return Parsed(Kind.OLLAMA, text, name=name, tag=tag or None, explicit=True)


def _file_url(text: str) -> str:
    path = unquote(re.sub(r"^file:(//(localhost)?(?=/))?", "", text, flags=re.IGNORECASE))
    return path[1:] if re.match(r"/[A-Za-z]:", path) else path


def _words(text: str) -> str:
    return " ".join(re.split(r"[/\s]+", text)).strip()
