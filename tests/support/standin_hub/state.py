"""What the two servers share: repositories, and what every stand-in keeps."""

from __future__ import annotations

import json
import urllib.parse
from pathlib import Path
from typing import Any

from tests.support.standin.recording import Recorder
from tests.support.standin_hub.declare import File, Repo, from_json, synthetic_rows


class State(Recorder):
    def __init__(self) -> None:
        super().__init__(("hub", "cdn"), front="hub", back="cdn")
        self.repos: dict[str, Repo] = {}
        self.commits: dict[tuple[str, str], Repo] = {}
        self.aliases: dict[str, str] = {}
        self.branches: dict[tuple[str, str], str] = {}
        self.accounts: dict[str, str] = {}
        self.small_files = "redirect"
        self.hub_url = ""
        self.cdn_url = ""

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
        query = {"X-Commit": repo.commit, **self.signed_query(repo.id, repo.commit, file.path)}
        return f"{self.cdn_url}{path}?{urllib.parse.urlencode(query)}"

    def signed(self, repo_id: str, path: str, query: dict[str, str]) -> bool:
        return self.is_signed(query, repo_id, query.get("X-Commit", ""), path)

    # The control endpoint

    def control(self, command: dict[str, Any]) -> Any:
        """Carry out one command; see `control.StandInHub` for what there is."""
        match command["op"]:
            case "repo":
                return self.add(from_json(command["repo"]))
            case "rows":
                self.add_rows(**{k: v for k, v in command.items() if k != "op"})
            case "remove":
                with self.lock:
                    self.repos.pop(command["id"], None)
            case "alias":
                self.aliases[command["old"]] = command["new"]
            case "branch":
                self.branches[command["id"], command["name"]] = command["commit"]
            case "account":
                self.accounts[command["token"]] = command["name"]
            case "small_files":
                self.small_files = command["how"]
            case other:
                if other == "reset":
                    self.small_files = "redirect"
                    self.aliases.clear()
                return super().control(command)
        return None
