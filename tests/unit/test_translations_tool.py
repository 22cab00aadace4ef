"""The catalogue tool finds every text and every mistake in a catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import translations


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("backend", "ui"):
        (tmp_path / name).mkdir()
    (tmp_path / "main.py").write_text("", encoding="utf-8")
    (tmp_path / "ui" / "a.py").write_text(
        'from backend.i18n import tr\ntr("Hello {name}", name=x)\ntr("{n} models", n=3)\n', encoding="utf-8"
    )
    return tmp_path


def test_texts_are_collected_with_their_plurals(project: Path) -> None:
    texts = translations.collect(project)
    assert {source: text.plural for source, text in texts.items()} == {
        "Hello {name}": False,
        "{n} models": True,
    }


def test_a_text_that_is_not_a_literal_is_refused(project: Path) -> None:
    (project / "ui" / "b.py").write_text('tr(f"Hello {name}")\n', encoding="utf-8")
    with pytest.raises(translations.Problem, match="literal"):
        translations.collect(project)


def test_what_is_missing_stale_or_wrong_is_found(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i18n"
    texts = translations.collect(project)
    translations.update(texts, folder)
    assert any("not translated: 'Hello {name}'" in line for line in translations.problems(texts, folder))
    assert translations.read(folder / "en.ts") == {"{n} models": ("{n} model", "{n} models")}

    def with_polish(catalogue: translations.Catalogue) -> list[str]:
        translations.write(folder / "pl.ts", "pl", texts, catalogue)
        translations.compile_catalogue(folder / "pl.ts", folder / "pl.qm")
        return translations.problems(texts, folder)

    good = {"Hello {name}": ("Cześć, {name}",), "{n} models": ("{n} model", "{n} modele", "{n} modeli")}
    assert with_polish(good) == []
    assert any("fields differ" in line for line in with_polish({**good, "Hello {name}": ("Cześć, {imię}",)}))
    assert any(
        "not translated" in line for line in with_polish({**good, "{n} models": ("{n} model", "", "")})
    )
    with_polish(good)
    assert any("stale" in line for line in translations.problems({"{n} models": texts["{n} models"]}, folder))
    (folder / "pl.qm").write_bytes(b"old")
    assert any("older" in line for line in translations.problems(texts, folder))
