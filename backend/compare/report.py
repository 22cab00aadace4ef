"""What came out of an unattended run, as one file that needs nothing else: HTML or Markdown.

Charts are drawn here from the numbers: bars as SVG, and as blocks of text in Markdown.
"""

from __future__ import annotations

import html
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.compare.planning import letter
from backend.compare.types import Column, RunAnswer, UnattendedRun
from backend.compare.votes_file import write_file
from backend.engines.types import FinishReason
from backend.i18n import tr

_BLOCKS = 30
_BAR, _ROW, _LABEL, _VALUE = 360, 26, 240, 90
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:1200px;margin:2rem auto;padding:0 1rem;"
    "color:#1f2328;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #d5d9de;padding:.4rem .6rem;text-align:left;vertical-align:top}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".said{white-space:pre-wrap;overflow-wrap:anywhere}.meta{color:#5b6470;font-size:.85rem}"
    ".error{color:#a3261c}.answers{table-layout:fixed}svg text{font:13px system-ui,sans-serif;fill:#1f2328}"
    "svg rect{fill:#c25e12}"
    "@media(prefers-color-scheme:dark){body{color:#e8eaed;background:#17191c}th,td{border-color:#3a3f46}"
    ".meta{color:#9aa3ad}.error{color:#ff9b90}svg text{fill:#e8eaed}svg rect{fill:#e98a3c}}"
)


@dataclass(frozen=True, slots=True)
class Summary:
    """One column of a run in figures: medians over the answers that did not fail, None without any."""

    name: str
    how: str
    answers: int
    failed: int
    generation_tps: float | None
    ttft_s: float | None
    tokens: float | None
    seconds: float | None
    memory: int | None


def summaries(run: UnattendedRun, names: Sequence[str], answers: Sequence[RunAnswer]) -> tuple[Summary, ...]:
    """The figures of every column, in order."""
    found = []
    for index, (name, column) in enumerate(zip(names, run.columns, strict=True)):
        rows = [answer for answer in answers if answer.column == index]
        good = [answer for answer in rows if answer.finish_reason != FinishReason.ERROR]
        found.append(
            Summary(
                name=f"{letter(index)}  {name}",
                how=_how(column),
                answers=len(good),
                failed=len(rows) - len(good),
                generation_tps=_median([a.timings.generation_tps for a in good]),
                ttft_s=_median([a.timings.ttft_s for a in good]),
                tokens=_median([float(a.timings.completion_tokens) for a in good]),
                seconds=_median([a.seconds for a in good]),
                memory=max((a.peak_memory for a in good), default=0) or None,
            )
        )
    return tuple(found)


def write_report(path: Path, run: UnattendedRun, names: Sequence[str], answers: Sequence[RunAnswer]) -> None:
    """Write the report of a run, also of one that is not complete; Markdown where the name ends in ``.md``.

    Raises:
        AppError: ``compare.export_failed``; `path` is as it was.
    """
    make = markdown_report if path.suffix.lower() in (".md", ".markdown") else html_report
    write_file(path, make(run, names, answers))


def markdown_report(run: UnattendedRun, names: Sequence[str], answers: Sequence[RunAnswer]) -> str:
    """The report as Markdown. What models wrote stands in code blocks, so that it changes nothing else."""
    figures = summaries(run, names, answers)
    heads, rows = _table(figures)
    lines = [f"# {_one_line(run.title)}", "", _intro(run), ""]
    lines += [_md_row(heads), _md_row(["---"] * len(heads)), *(_md_row(row) for row in rows), ""]
    for title, value, shown in _charts():
        bars = [(figure.name, value(figure), shown) for figure in figures]
        if any(amount for _, amount, _ in bars):
            lines += [f"## {title}", "", "```text", *_text_bars(bars), "```", ""]
    by_place = {(answer.prompt, answer.column): answer for answer in answers}
    for number, prompt in enumerate(run.prompts):
        lines += [f"## {tr('Prompt {n}', n=number + 1)}", "", *_fenced(prompt), ""]
        for index, figure in enumerate(figures):
            answer = by_place.get((number, index))
            lines += [f"### {_one_line(figure.name)}", ""]
            if answer is None:
                lines += [tr("Not asked yet."), ""]
                continue
            if answer.text:
                lines += [*_fenced(answer.text), ""]
            if answer.error_title:
                lines += [_one_line(f"{answer.error_title} {answer.error_hint}"), ""]
            if answer.timings.completion_tokens:
                lines += [_measured(answer), ""]
    return "\n".join(lines)


def html_report(run: UnattendedRun, names: Sequence[str], answers: Sequence[RunAnswer]) -> str:
    """The report as one HTML file without scripts and without anything to be loaded."""
    figures = summaries(run, names, answers)
    heads, rows = _table(figures)
    title = html.escape(run.title)
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><p>{html.escape(_intro(run))}</p>",
        "<table><tr>" + "".join(f"<th>{html.escape(head)}</th>" for head in heads) + "</tr>",
    ]
    for row in rows:
        cells = [
            *(f"<td>{html.escape(cell)}</td>" for cell in row[:2]),
            *(f'<td class="n">{html.escape(cell)}</td>' for cell in row[2:]),
        ]
        parts.append("<tr>" + "".join(cells) + "</tr>")
    parts.append("</table>")
    for name, value, shown in _charts():
        bars = [(figure.name, value(figure), shown) for figure in figures]
        if any(amount for _, amount, _ in bars):
            parts.append(f"<h2>{html.escape(name)}</h2>{_svg_bars(name, bars)}")
    by_place = {(answer.prompt, answer.column): answer for answer in answers}
    for number, prompt in enumerate(run.prompts):
        parts.append(f"<h2>{html.escape(tr('Prompt {n}', n=number + 1))}</h2>")
        parts.append(f'<p class="said">{html.escape(prompt)}</p><table class="answers"><tr>')
        parts += [f"<th>{html.escape(figure.name)}</th>" for figure in figures]
        parts.append("</tr><tr>")
        parts += [_html_cell(by_place.get((number, index))) for index in range(len(figures))]
        parts.append("</tr></table>")
    parts.append("</body></html>\n")
    return "\n".join(parts)


# -- parts --------------------------------------------------------------------------------------------------

Shown = Callable[[float], str]
Bar = tuple[str, float | None, Shown]


def _charts() -> tuple[tuple[str, Callable[[Summary], float | None], Shown], ...]:
    return (
        (tr("Tokens per second"), lambda figure: figure.generation_tps, lambda value: f"{value:.1f}"),
        (
            tr("Seconds to the first token"),
            lambda figure: figure.ttft_s,
            lambda value: f"{value:.2f} s",
        ),
        (tr("Tokens per answer"), lambda figure: figure.tokens, lambda value: f"{value:.0f}"),
        (
            tr("Peak memory"),
            lambda figure: None if figure.memory is None else float(figure.memory),
            _memory,
        ),
    )


def _intro(run: UnattendedRun) -> str:
    made = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.created))
    return tr(
        "{made}: {prompts} prompts to {columns} models, {done} of {total} answers, {failed} failed.",
        made=made,
        prompts=len(run.prompts),
        columns=len(run.columns),
        done=run.done,
        total=run.total,
        failed=run.failed,
    )


def _table(figures: Sequence[Summary]) -> tuple[list[str], list[list[str]]]:
    heads = [
        *(
            tr("Model"),
            tr("How it was asked"),
            tr("Answers"),
            tr("Failed"),
            tr("Tokens/s"),
            tr("First token"),
        ),
        *(tr("Tokens"), tr("Seconds"), tr("Peak memory")),
    ]
    rows = [
        [
            figure.name,
            figure.how,
            str(figure.answers),
            str(figure.failed),
            _shown(figure.generation_tps, "{:.1f}"),
            _shown(figure.ttft_s, "{:.2f} s"),
            _shown(figure.tokens, "{:.0f}"),
            _shown(figure.seconds, "{:.1f}"),
            "–" if figure.memory is None else _memory(float(figure.memory)),
        ]
        for figure in figures
    ]
    return heads, rows


def _how(column: Column) -> str:
    """What makes the column differ from another one with the same model."""
    sampling = column.sampling
    words = [tr("temperature {value}", value=f"{sampling.temperature:g}")]
    if sampling.seed is not None:
        words.append(tr("seed {seed}", seed=sampling.seed))
    if sampling.max_tokens is not None:
        words.append(tr("at most {n} tokens", n=sampling.max_tokens))
    if column.n_ctx is not None:
        words.append(tr("context of {n} tokens", n=column.n_ctx))
    if column.kv_type is not None:
        words.append(tr("{kind} cache", kind=column.kv_type))
    words += [f"{Path(use.path).stem} × {use.scale:g}" for use in column.adapters]
    if column.system_prompt.strip():
        words.append(tr("with a system prompt"))
    return ", ".join(words)


def _measured(answer: RunAnswer) -> str:
    timings = answer.timings
    said = tr(
        "{n} tokens, {speed} tokens/s, first after {first} s, {seconds} s, {reason}",
        n=timings.completion_tokens,
        speed=f"{timings.generation_tps:.1f}",
        first=f"{timings.ttft_s:.2f}",
        seconds=f"{answer.seconds:.1f}",
        reason=_reason(answer.finish_reason),
    )
    return f"{said}, {_memory(float(answer.peak_memory))}" if answer.peak_memory else said


def _reason(finish_reason: str) -> str:
    match finish_reason:
        case FinishReason.STOP:
            return tr("complete")
        case FinishReason.LENGTH:
            return tr("cut at the limit")
        case FinishReason.CONTEXT:
            return tr("cut because its context was full")
        case _:
            return tr("interrupted")


def _html_cell(answer: RunAnswer | None) -> str:
    if answer is None:
        return f'<td class="meta">{html.escape(tr("Not asked yet."))}</td>'
    cell = f'<div class="said">{html.escape(answer.text)}</div>' if answer.text else ""
    if answer.error_title:
        error = f"{answer.error_title} {answer.error_hint}".strip()
        cell += f'<div class="error">{html.escape(error)}</div>'
    if answer.timings.completion_tokens:
        cell += f'<div class="meta">{html.escape(_measured(answer))}</div>'
    return f"<td>{cell}</td>"


def _svg_bars(title: str, bars: Sequence[Bar]) -> str:
    longest = max(amount or 0.0 for _, amount, _ in bars) or 1.0
    width, height = _LABEL + _BAR + _VALUE, _ROW * len(bars)
    parts = [
        f'<svg role="img" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<title>{html.escape(title)}</title>"
    ]
    for row, (name, amount, shown) in enumerate(bars):
        middle, length = row * _ROW + 17, (amount or 0.0) / longest * _BAR
        short = name if len(name) <= 34 else f"{name[:21]}…{name[-12:]}"  # the quantization stands last
        parts.append(f'<text x="{_LABEL - 8}" y="{middle}" text-anchor="end">{html.escape(short)}</text>')
        parts.append(f'<rect x="{_LABEL}" y="{row * _ROW + 4}" width="{length:.1f}" height="18" rx="2"/>')
        label = "–" if amount is None else shown(amount)
        parts.append(f'<text x="{_LABEL + length + 6:.1f}" y="{middle}">{html.escape(label)}</text>')
    return "".join((*parts, "</svg>"))


def _text_bars(bars: Sequence[Bar]) -> list[str]:
    longest = max(amount or 0.0 for _, amount, _ in bars) or 1.0
    width = max(len(_one_line(name)) for name, _, _ in bars)
    return [
        f"{_one_line(name).ljust(width)}  {'█' * round((amount or 0.0) / longest * _BLOCKS)}"
        f" {'–' if amount is None else shown(amount)}"
        for name, amount, shown in bars
    ]


def _fenced(text: str) -> list[str]:
    """`text` in a code block whose fence is longer than any in it."""
    longest = run = 0
    for letter_ in text:
        run = run + 1 if letter_ == "`" else 0
        longest = max(longest, run)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", text, fence]


def _md_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_one_line(cell).replace("|", "\\|") for cell in cells) + " |"


def _one_line(text: str) -> str:
    """`text` on one line and without what Markdown would read as HTML."""
    return " ".join(text.split()).replace("<", "&lt;")


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def _shown(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)


def _memory(count: float) -> str:
    return tr("{size} GB", size=f"{count / 1e9:.2f}")
