"""Words of the Bench page that several of its parts use."""

from __future__ import annotations

import re

from backend.bench.types import BenchRun, CheckKind, Score, SpeedRequest
from backend.compare.types import RunState
from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.results import Setting, SpeedTest


def about_time(seconds: float | None) -> str:
    """A predicted length of time: ``~12 min``."""
    if seconds is None:
        return tr("time not known yet")
    return tr("~{time}", time=fmt.duration(seconds)) if seconds >= 1 else tr("less than a second")


def depth_short(depth: int) -> str:
    """``4k``, ``16k``, ``500``."""
    return f"{fmt.number(depth / 1024)}k" if depth >= 1024 and depth % 1024 == 0 else fmt.number(depth)


def depth_words(depth: int) -> str:
    """What is in the context before the test begins."""
    return tr("{count} deep", count=depth_short(depth)) if depth else tr("empty")


def test_title(test: SpeedTest, first: bool, alone: bool) -> str:
    """Head of the column of a test: the `first` of its kind says what is done; `alone` in its length, it
    needs no count of tokens."""
    if not test.writes:
        words = tr("Prompt {count}", count=fmt.number(test.tokens))
        return tr("{test} at {depth}", test=words, depth=depth_short(test.depth)) if test.depth else words
    if not alone:
        words = tr("Write {count}", count=fmt.number(test.tokens))
        return tr("{test} at {depth}", test=words, depth=depth_short(test.depth)) if test.depth else words
    if test.depth:
        return tr("at {depth}", depth=depth_short(test.depth))
    return tr("Write, empty") if first else tr("empty")


def test_words(test: SpeedTest) -> str:
    """A test in a sentence, for tooltips and screen readers."""
    if test.writes:
        words = tr("writing {count} tokens", count=fmt.number(test.tokens))
    else:
        words = tr("reading a prompt of {count} tokens", count=fmt.number(test.tokens))
    if test.depth:
        words = tr("{test} after {depth} tokens", test=words, depth=fmt.number(test.depth))
    return f"{test.name}: {words}"


def note_words(note: str) -> str:
    """What is being done, where `note` is the name of a test; else `note` itself."""
    found = re.fullmatch(r"(pp|tg)(\d+)(?: @ d(\d+))?", note)
    if found is None:
        return note
    count = fmt.number(int(found[2]))
    if found[3] is None:
        read, write = tr("Reading {count} tokens", count=count), tr("Writing {count} tokens", count=count)
        return read if found[1] == "pp" else write
    depth = fmt.number(int(found[3]))
    if found[1] == "pp":
        return tr("Reading {count} tokens at depth {depth}", count=count, depth=depth)
    return tr("Writing {count} tokens at depth {depth}", count=count, depth=depth)


def setting_words(setting: Setting) -> str:
    """How a model was held, in one line."""
    parts = [
        tr("{count} threads", n=setting.threads, count=setting.threads),
        tr("batch {count}", count=setting.n_batch),
        tr("{type} cache", type=setting.kv_type),
        tr("flash attention") if setting.flash_attention else tr("no flash attention"),
    ]
    if setting.gpu_layers:
        parts.append(tr("{count} layers on the GPU", n=setting.gpu_layers, count=setting.gpu_layers))
    return ", ".join(parts)


def setting_short(setting: Setting, usual: Setting | None) -> str:
    """What sets it apart from the `usual` setting; empty where nothing does."""
    parts: list[str] = []
    if usual is None or setting.kv_type != usual.kv_type:
        parts.append(setting.kv_type)
    if usual is None or setting.threads != usual.threads:
        parts.append(tr("{count} thr.", n=setting.threads, count=setting.threads))
    if usual is None or setting.n_batch != usual.n_batch:
        parts.append(f"b{setting.n_batch}")
    if usual is None or setting.flash_attention != usual.flash_attention:
        parts.append(tr("FA on") if setting.flash_attention else tr("FA off"))
    if usual is None or setting.gpu_layers != usual.gpu_layers:
        parts.append(f"ngl {setting.gpu_layers}")
    return " ".join(parts)


def state_words(state: RunState) -> str:
    return {
        RunState.WAITING: tr("waiting"),
        RunState.RUNNING: tr("running"),
        RunState.PAUSED: tr("paused"),
        RunState.DONE: tr("done"),
        RunState.FAILED: tr("failed"),
    }[state]


def state_icon(state: RunState) -> tuple[str, str]:
    """Icon and colour of a state."""
    return {
        RunState.WAITING: ("circle", "text.3"),
        RunState.RUNNING: ("loader-circle", "accent.base"),
        RunState.PAUSED: ("pause", "text.2"),
        RunState.DONE: ("circle-check", "ok.mark"),
        RunState.FAILED: ("circle-alert", "bad.mark"),
    }[state]


def kind_words(kind: str) -> str:
    return tr("Speed") if kind == "speed" else tr("Suite")


def run_title(run: BenchRun) -> str:
    """What a run is called in lists."""
    if run.title:
        return run.title
    names = models_of(run)
    if not names:
        return tr("Imported run") if run.imported else kind_words(run.kind)
    more = len(names) - 1
    return names[0] if not more else tr("{name} +{count}", name=names[0], count=more)


def models_of(run: BenchRun) -> list[str]:
    """Names of the models of a run with their quantization, in order."""
    pairs = [(row.model_name, row.quant) for row in run.speed] or [
        (card.model_name, card.quant) for card in run.cards
    ]
    if not pairs and isinstance(run.request, SpeedRequest):
        return list(run.request.models)
    return list(dict.fromkeys(" ".join(part for part in pair if part) for pair in pairs))


def score_words(score: Score) -> str:
    """``33 of 40, 68 to 91 %``."""
    return tr(
        "{passed} of {total}, {low} to {high} %",
        passed=score.passed,
        total=score.total,
        low=fmt.number(score.low * 100),
        high=fmt.number(score.high * 100),
    )


def check_words(kind: CheckKind) -> str:
    """What kind of check this is, for people."""
    return {
        "exact": tr("Exactly equal"),
        "contains": tr("Contains"),
        "regex": tr("Pattern"),
        "numeric": tr("Number"),
        "schema": tr("JSON schema"),
        "rules": tr("Rules"),
        "judge": tr("Judged by a model"),
    }[kind]
