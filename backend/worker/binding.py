"""The binding to llama.cpp without its Python side."""

from __future__ import annotations

import importlib
import importlib.util
import sys

_NAME = "llama_cpp"


def functions_only() -> None:
    """Let ``import llama_cpp.llama_cpp`` load the C functions alone.

    The package itself would import its chat formats, numpy and jinja2, which no worker calls and which take
    ten times as long as the library. Libraries that look for the functions in the package itself find them.
    Call it before the first import; without a binding it does nothing.
    """
    if _NAME not in sys.modules and (spec := importlib.util.find_spec(_NAME)) is not None:
        package = importlib.util.module_from_spec(spec)
        package.__getattr__ = _function  # type: ignore[method-assign]
        sys.modules[_NAME] = package


def _function(name: str) -> object:
    if name.startswith("__") or name == "llama_cpp":
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{_NAME}.llama_cpp"), name)
