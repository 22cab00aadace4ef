"""The binding to llama.cpp without its Python side."""

from __future__ import annotations

import importlib.util
import sys

_NAME = "llama_cpp"


def functions_only() -> None:
    """Let ``import llama_cpp.llama_cpp`` load the C functions alone.

    The package itself would import its chat formats, numpy and jinja2, which no worker calls and which take
    ten times as long as the library. Call it before the first import; without a binding it does nothing.
    """
    if _NAME not in sys.modules and (spec := importlib.util.find_spec(_NAME)) is not None:
        sys.modules[_NAME] = importlib.util.module_from_spec(spec)
