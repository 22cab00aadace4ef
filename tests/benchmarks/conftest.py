"""Benchmarks take minutes and measure rather than test: they run only when ``-m benchmark`` asks for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what lies here unless a marker expression was given; it then decides alone."""
    if config.option.markexpr:
        return
    mine = [item for item in items if HERE in item.path.parents]
    if mine:
        config.hook.pytest_deselected(items=mine)
        items[:] = [item for item in items if HERE not in item.path.parents]


@pytest.fixture(autouse=True, scope="session")
def _as_people_run_it() -> None:
    """Threads of the engine wait as they do in the app; see `tests/conftest.py`."""
    os.environ.pop("OMP_WAIT_POLICY", None)
