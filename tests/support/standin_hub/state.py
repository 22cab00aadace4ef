"""What the two servers share: repositories, faults, the request log, signatures and the speed limit."""

from __future__ import annotations

import hashlib
import itertools
import json
import threading
import time
import urllib.parse
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.support.standin_hub.declare import File, Repo, from_json, synthetic_rows
from tests.support.standin_hub.faults import FaultBook


@dataclass
class Entry:
    """One logged request. `authorization` tells whether the header came, `token` which token it carried."""

    number: int
    server: str
    method: str
    path: str
    query: str
    range: str | None
    if_range: str | None
    authorization: bool
    token: str | None
    user_agent: str | None
    status: int = 0
    sent: int = 0
    finished: bool = False


class State:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.repos: dict[str, Repo] = {}
        self.commits: dict[tuple[str, str], Repo] = {}
        self.aliases: dict[str, str] = {}
        self.branches: dict[tuple[str, str], str] = {}
        self.accounts: dict[str, str] = {}
        self.faults = FaultBook()
        self.entries: list[Entry] = []
        self.connections = {"hub": 0, "cdn": 0}
        self.rate: float | None = None
        self.small_files = "redirect"
        self.signature_seconds = 3600.0
        self.signature_epoch = 0
        self.hub_url = ""
        self.cdn_url = ""
        self._numbers = itertools.count(1)

    def load(self, root: Path) -> None:
        """Declare what `repos.json` in `root` lists: ``{"repos": [...], "rows": {"count": 500}}``."""
        declared = root / "repos.json"
        if declared.is_file():
            data = json.loads(declared.read_text(encoding="utf-8"))
            for entry in data.get("repos", []):
                self.add(from_json(entry))
            if "rows" in data:
                self.add_rows(**data["rows"])

    def add(self, repo: Repo) -> str:
        commit = repo.commit
        with self.lock:
            self.repos[repo.id] = repo
            self.commits[repo.id, commit] = repo
        return commit

    def add_rows(self, count: int, prefix: str = "garden", head: str | None = None) -> None:
        for repo in synthetic_rows(count, prefix, head):
            self.add(repo)

    def find(self, repo_id: str, revision: str | None) -> Repo | None:
        with self.lock:
            if revision in (None, "main"):
                return self.repos.get(repo_id)
            commit = self.branches.get((repo_id, str(revision)), str(revision))
            return self.commits.get((repo_id, commit))

    # Signed addresses of the CDN

    def sign(self, repo: Repo, file: File) -> str:
        path = f"/{repo.id}/{urllib.parse.quote(file.path)}"
        expires = f"{time.time() + self.signature_seconds:.3f}"
        query = {
            "X-Commit": repo.commit,
            "Expires": expires,
            "Signature": self._signature(repo.id, repo.commit, file.path, expires),
        }
        return f"{self.cdn_url}{path}?{urllib.parse.urlencode(query)}"

    def signed(self, repo_id: str, path: str, query: dict[str, str]) -> bool:
        expires = query.get("Expires", "0")
        expected = self._signature(repo_id, query.get("X-Commit", ""), path, expires)
        return query.get("Signature") == expected and float(expires) > time.time()

    def _signature(self, *parts: str) -> str:
        return hashlib.sha256("\0".join((str(self.signature_epoch), *parts)).encode()).hexdigest()[:32]

    # The log

    def record(self, **values: Any) -> Entry:
        entry = Entry(number=next(self._numbers), **values)
        with self.lock:
            self.entries.append(entry)
        return entry

    def log(self) -> dict[str, Any]:
        with self.lock:
            return {"connections": dict(self.connections), "entries": [asdict(e) for e in self.entries]}

    # The control endpoint

    def control(self, command: dict[str, Any]) -> Any:
        """Carry out one command; see `control.StandInHub` for what there is."""
        op = command.pop("op")
        match op:
            case "repo":
                return self.add(from_json(command["repo"]))
            case "rows":
                self.add_rows(**command)
            case "remove":
                with self.lock:
                    self.repos.pop(command["id"], None)
            case "alias":
                self.aliases[command["old"]] = command["new"]
            case "branch":
                self.branches[command["id"], command["name"]] = command["commit"]
            case "account":
                self.accounts[command["token"]] = command["name"]
            case "fault":
                return self.faults.add(**command)
            case "clear_faults":
                self.faults.remove(command.get("id"))
            case "release":
                self.faults.release()
            case "rate":
                self.rate = command["bytes_per_second"]
            case "small_files":
                self.small_files = command["how"]
            case "expire_signatures":
                self.signature_epoch += 1
            case "signature_seconds":
                self.signature_seconds = command["seconds"]
            case "clear_log":
                with self.lock:
                    self.entries.clear()
                    self.connections = {"hub": 0, "cdn": 0}
            case "reset":
                self.faults.remove()
                self.faults.release()
                self.rate = None
                self.small_files = "redirect"
                self.signature_seconds = 3600.0
                self.aliases.clear()
                self.control({"op": "clear_log"})
            case _:
                raise ValueError(f"unknown command {op!r}")
        return None
