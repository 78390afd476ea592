"""Samples of every pack's forms: each can be printed, and shows what its stories put into it."""

import pytest
from django.template.loader import render_to_string
from tests.ids_shown import ids_of, ids_shown

from huiyin.cli import main
from huiyin.documents.samples import played, samples_from
from huiyin.regime import packs

PACKS = sorted(packs().items())


@pytest.fixture(scope="module", params=PACKS, ids=[name for name, _ in PACKS])
def play(request):
    """The stories of a pack, played once for all tests; and the ids its file gives."""
    _name, path = request.param
    return played(path.parent), ids_of(path)


def html(paper):
    return render_to_string("documents/sheet.html", {"paper": paper})


def test_every_form_of_every_pack_can_be_printed(play):
    stories, ids = play
    samples = list(samples_from(stories))
    assert [sample.form.id for sample in samples] == list(stories.regime.forms)
    for sample in samples:
        page = html(sample.paper)
        assert sample.form.title in page.replace("　", "")
        assert "样张" in page
        assert ids_shown(page, ids) == {}


def test_no_paper_of_any_story_shows_an_id_of_the_regime_file(play):
    stories, ids = play
    papers = (html(stories.paper(event, case)) for event, case in stories.produced)
    assert [found for paper in papers if (found := ids_shown(paper, ids))] == []


def test_samples_are_saved_as_files(tmp_path, capsys):
    assert main(["documents", "sample", "patient-relations", str(tmp_path), "--form", "register-form", "--as", "docx", "--as", "html"]) == 0
    assert {file.name for file in tmp_path.iterdir()} == {"register-form.docx", "register-form.html"}
    assert "《医院投诉登记表》" in capsys.readouterr().out
    assert "林晓雨" in (tmp_path / "register-form.html").read_text(encoding="utf-8")


def test_a_pack_that_is_not_there_is_said(tmp_path):
    assert main(["documents", "sample", str(tmp_path / "nothing"), str(tmp_path / "out")]) == 1
