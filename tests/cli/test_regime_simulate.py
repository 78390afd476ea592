"""`huiyin regime simulate`: past cases under a pack or file, told in figures, with exit codes for scripts."""

import json

import pytest
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import RegimeVersion

PACK = "patient-relations"


@pytest.fixture
def hospital(db):
    """The rehearsal with a complaint of Monday, 28 September 2026, about a ward."""
    organisation = rehearsal_of(PACK)
    matter = {"account": "换药等了两小时，没有人说明原因", "subject": "service"}
    about = Respondent(kind="unit", unit="orthopaedics-ward")
    file_case(organisation, PACK, Actor("jiang-xubai"), File(kind="complaint", channel="phone", matter=matter,
              category="service", respondent=about))  # fmt: skip
    return organisation


@pytest.fixture
def shorter(hospital, tmp_path):
    """A file in which the answer is due within three working days instead of five."""
    source = RegimeVersion.objects.get(organisation=hospital, regime=PACK).source
    file = tmp_path / "regime.yaml"
    file.write_text(source.replace('- {within: 5 workdays, cite: "八(3)"}', '- {within: 3 workdays, cite: "八(3)"}'), "utf-8")
    return str(file)


def test_the_pack_that_is_in_force_changes_nothing(huiyin, hospital):
    answer = huiyin("regime", "simulate", PACK, "--organisation", hospital.slug)
    assert (answer.code, answer.lines[0].partition("：")[2]) == (0, "试算1件，结果不同0件")


def test_a_file_that_changes_something_is_told_in_figures_with_exit_code_1(huiyin, hospital, shorter):
    answer = huiyin("regime", "simulate", shorter, "--organisation", hospital.slug)
    assert (answer.code, answer.lines[0].partition("：")[2]) == (1, "试算1件，结果不同1件")
    assert "  到期提前 1  平均2.0天，最多2天" in answer.lines


def test_the_same_in_english_and_as_data(huiyin, hospital, shorter):
    answer = huiyin("regime", "simulate", shorter, "--organisation", hospital.slug, "--lang", "en")
    assert "cases simulated 1, different 1" in answer.lines[0]
    found = json.loads(huiyin("regime", "simulate", shorter, "--organisation", hospital.slug, "--json").out)
    assert (found["cases"], found["changed"]) == (1, 1)
    assert [each["earlier"] for each in found["limits"] if each["limit"] == "feedback"] == [1]


def test_only_cases_received_in_the_period_count(huiyin, hospital, shorter):
    answer = huiyin("regime", "simulate", shorter, "--organisation", hospital.slug, "--from", "2026-09-29")
    assert (answer.code, answer.lines[0].partition("：")[2]) == (0, "试算0件，结果不同0件")


def test_what_cannot_be_compared_is_told_in_a_sentence(huiyin, hospital):
    unknown = huiyin("regime", "simulate", PACK, "--organisation", "nowhere")
    assert (unknown.code, "没有单位“nowhere”" in unknown.err) == (2, True)
    other = huiyin("regime", "simulate", "lab-appeals", "--organisation", hospital.slug)
    assert (other.code, "本单位没有施行制度“lab-appeals”" in other.err) == (1, True)
    missing = huiyin("regime", "simulate", PACK)
    assert (missing.code, "缺少 --organisation" in missing.err) == (2, True)
