"""What a reader has on paper: names for ids, personal data as far as it is his, nothing that upsets a page."""

import pytest
from django.template.loader import render_to_string
from tests.documents.paper import HOSTILE, Reader, paper

from huiyin.documents.printed import PrintedTable, clean


def values(one):
    return {cell.label: cell.value for block in one.blocks if isinstance(block, PrintedTable) for row in block.rows for cell in row}


def html(one):
    return render_to_string("documents/sheet.html", {"paper": one})


def test_personal_data_is_whole_only_for_whom_it_may_be():
    assert values(paper())["投诉人"] == "林晓雨"
    assert values(paper(reader=Reader(in_full=False)))["投诉人"] == "林**"


def test_what_a_rule_hides_is_withheld_from_the_paper_too():
    shown = paper(reader=Reader(hidden=frozenset({"matter.account"})))
    assert values(shown)["事情经过"] == "（按制度保密）"
    assert "换药" not in html(shown)


def test_the_page_carries_number_version_signature_copies_and_a_place_for_the_pen():
    shown = html(paper(version=2))
    for words in ("投诉登记表", "2026-0417", "登〔2026〕0007", "第2版", "何婉吟", "2026年9月28日10时30分", "一式两份，抄送质控科"):
        assert words in shown
    assert 'class="p-room-4"' in shown
    assert shown.count("√") == 1


def test_words_of_people_stay_words():
    shown = html(paper(HOSTILE))
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "{{ paper.organisation }}" in shown


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\u202e倒过来\u202c", "倒过来"),
        ("\u2066隔离\u2069\u200f", "隔离"),
        ("铃\x07声\x00\x1b[31m", "铃声[31m"),
        ("一行\r\n二行", "一行\n二行"),
        ("𠮷野家\ud800", "𠮷野家"),
    ],
)
def test_nothing_that_turns_or_breaks_a_page_gets_through(typed, printed):
    assert clean(typed) == printed


def test_a_letter_is_closed_with_the_organisation_and_a_place_for_its_seal():
    shown = html(paper(letter=True, seal=True, places=()))
    assert "（盖章）" in shown
    assert shown.count("青屿医院") == 2
