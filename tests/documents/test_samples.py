"""Samples of every pack's forms: each can be printed, and shows what its stories put into it."""

import pytest
from django.template.loader import render_to_string

from huiyin.cli import main
from huiyin.documents.samples import samples_of
from huiyin.regime import load, packs

PACKS = sorted(packs().items())


@pytest.mark.parametrize(("name", "path"), PACKS, ids=[name for name, _ in PACKS])
def test_every_form_of_every_pack_can_be_printed(name, path):
    folder = path if path.is_dir() else path.parent
    samples = list(samples_of(folder))
    assert [sample.form.id for sample in samples] == list(load(folder).forms)
    for sample in samples:
        page = render_to_string("documents/sheet.html", {"paper": sample.paper})
        assert sample.form.title in page.replace("　", "")
        assert "样张" in page


def test_samples_are_saved_as_files(tmp_path, capsys):
    assert main(["documents", "sample", "patient-relations", str(tmp_path), "--form", "register-form", "--as", "docx", "--as", "html"]) == 0
    assert {file.name for file in tmp_path.iterdir()} == {"register-form.docx", "register-form.html"}
    assert "《医院投诉登记表》" in capsys.readouterr().out
    assert "林晓雨" in (tmp_path / "register-form.html").read_text(encoding="utf-8")


def test_a_pack_that_is_not_there_is_said(tmp_path):
    assert main(["documents", "sample", str(tmp_path / "nothing"), str(tmp_path / "out")]) == 1
