"""Every test runs cut off from the person's own folders, tokens and network settings."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.examples import examples

# A busy machine is no failure: examples are bounded in number, not in time.
settings.register_profile("orangery", deadline=None, max_examples=examples(100))
settings.load_profile("orangery")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Two tests at a time, each with two threads of the engine, on two cores: threads that wait for each other
# sleep instead of spinning, which takes a third of the time and keeps answers from taking a minute.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# What a script starts in the background ignores Ctrl+C, and so would every process of the app.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Hundreds of processes of the app are started; each would compile all of it anew, for a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_PRIVATE = (
    "HF_TOKEN",
    "HUGGING_FACE_HUB_TOKEN",
    "HF_ENDPOINT",
    "HF_HUB_CACHE",
    "HF_TOKEN_PATH",
    "HUGGINGFACE_HUB_CACHE",
    "HF_HUB_OFFLINE",
    "OLLAMA_MODELS",
    "ORANGERY_OLLAMA_REGISTRY",
    "ORANGERY_OLLAMA_LIBRARY",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
)


@pytest.fixture(autouse=True)
def isolated_environment(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Point HOME, the XDG folders and the hub cache at a throw-away folder; no daemon, and a keyring that
    keeps nothing."""
    home = tmp_path_factory.mktemp("home")
    for name in _PRIVATE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setenv("HF_HOME", str(home / "hf"))
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")
    for name in ("ORANGERY_OLLAMA_REGISTRY", "ORANGERY_OLLAMA_LIBRARY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    yield


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Every collected test and imported module stays until the end: nobody has to look through them at each
    `gc.collect`, which would take longer than most tests."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how the run ended, for `pytest_unconfigure`."""
    session.config.stash[_EXIT_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave without the interpreter's own teardown, when the tests have used Qt.

    Hundreds of windows of one process leave objects that the interpreter destroys in no particular order,
    after the application object; that can crash when every test has passed and been reported. How the app
    itself ends is tested in processes of its own (`tests/e2e/test_window_process.py`).
    """
    status = config.stash.get(_EXIT_STATUS, None)
    if status is None or "PySide6.QtWidgets" not in sys.modules:
        return
    config.get_terminal_writer().flush()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


_EXIT_STATUS = pytest.StashKey[int]()
