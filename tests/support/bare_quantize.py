"""The bare call into the library as a process: ``bare_quantize.py SOURCE TARGET FTYPE THREADS``."""

from __future__ import annotations

import sys

import llama_cpp.llama_cpp as native


def main() -> None:
    source, target, ftype, threads = sys.argv[1:5]
    parameters = native.llama_model_quantize_default_params()
    parameters.ftype, parameters.nthread = int(ftype), int(threads)
    quiet = native.llama_log_callback(lambda level, text, data: None)
    native.llama_log_set(quiet, None)
    code = native.llama_model_quantize(source.encode(), target.encode(), parameters)
    sys.exit(int(code))


if __name__ == "__main__":
    main()
