"""Damaged headers: each is read or refused with an error for people, in bounded memory. Faults 17–24.

2,500 by default; ten thousand where ORANGERY_LONG is set.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import AppError
from backend.gguf.parser import HeaderParser
from tests.support.examples import examples

SEEDS = (1, 2, 3, 4) if os.environ.get("ORANGERY_LONG") else (1,)


@pytest.mark.skipif(sys.platform == "win32", reason="memory limits and alarms are POSIX")
@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_headers_never_crash_hang_or_eat_memory(seed: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.gguf_fuzz", str(seed), "2500"],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    refused, read = map(int, done.stdout.split())
    assert refused + read == 2500
    assert refused > 100 and read > 100, "the mutations are too strong or too weak to test anything"


@settings(max_examples=examples(200), deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_behind_the_magic_are_refused_or_read(data: bytes, sized: bool) -> None:
    whole = b"GGUF\x03\x00\x00\x00" + data
    try:
        parser = HeaderParser("x", file_size=len(whole) if sized else None)
        parser.feed(whole)
        parser.header(partial=True)
        parser.header()
    except AppError as error:
        assert error.code.startswith("gguf.")
