"""Publishing regimes, and finding the one a case falls under."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from huiyin.organisations.models import RegimeVersion
from huiyin.organisations.services import (
    NoSuchRegimeError,
    install_pack,
    publish_regime,
    regime_in_force,
    regime_version,
    regimes_in_force,
    set_table,
    tables_of,
)
from huiyin.regime import RegimeErrors

REGIME = """\
regime: desk
title: 窗口投诉制度
version: "{version}"
kinds: {{complaint: 投诉}}
articles: {{"一": 统一受理，按期答复。}}
roles: {{units: {{office: 办公室}}}}
settings: {{reply_time: {{title: 答复时间, type: limit, default: 5 workdays}}}}
tables: {{remit: {{title: 分工, key: 类别, columns: {{unit: 科室}}}}}}
intake: {{channels: {{visit: 来访}}, fields: {{account: 经过}}}}
assessment: {{all: {{outcome: accept, cite: "一"}}}}
routing: {{all: {{to: office, cite: "一"}}}}
flow:
  receive: {{title: 接待, by: office, after: received, marks: registered, cite: "一"}}
  reply: {{title: 答复, by: office, after: assigned, marks: replied, cite: "一"}}
  close: {{title: 归档, by: office, after: reply, marks: closed, cite: "一"}}
limits: {{reply: {{title: 答复, from: received, to: reply, within: $reply_time, cite: "一"}}}}
"""


@pytest.fixture
def regime_file(tmp_path):
    """regime_file("2") is the path of that version."""

    def write(version):
        path = tmp_path / f"desk-{version}.yaml"
        path.write_text(REGIME.format(version=version), encoding="utf-8")
        return path

    return write


def test_a_published_regime_is_in_force_and_keeps_its_source(hospital, regime_file):
    publish_regime(hospital, regime_file("1"))
    regime = regime_in_force(hospital, "desk")
    row = RegimeVersion.objects.get()
    assert (regime.title, regime.version, regime.digest) == ("窗口投诉制度", "1", row.digest)
    assert "统一受理，按期答复。" in row.source
    assert [known.id for known in regimes_in_force(hospital)] == ["desk"]


def test_another_process_compiles_the_same_regime_from_the_database(hospital, regime_file, monkeypatch):
    row = publish_regime(hospital, regime_file("1"), {"reply_time": "3 workdays"})
    published = regime_version(hospital, "desk", "1")
    for kept in ("_compiled", "_by_content"):   # as a process that has just started
        monkeypatch.setattr(f"huiyin.organisations.regimes.{kept}", {})
    again = regime_version(hospital, "desk", "1")
    assert again is not published
    assert again.digest == published.digest == row.digest
    assert again.answers == published.answers
    assert again.answers["reply_time"] == "3 workdays"


def test_the_next_version_waits_for_its_day(hospital, regime_file):
    hospital.rehearsal, hospital.rehearsal_clock = True, timezone.make_aware(datetime(2026, 3, 1, 9))   # noqa: DTZ001
    hospital.save()
    publish_regime(hospital, regime_file("1"), effective_on=date(2026, 1, 1))
    publish_regime(hospital, regime_file("2"), effective_on=date(2026, 4, 1))
    assert regime_in_force(hospital, "desk").version == "1"
    hospital.rehearsal_clock = timezone.make_aware(datetime(2026, 4, 1, 9))   # noqa: DTZ001
    assert regime_in_force(hospital, "desk").version == "2"


def test_an_old_version_stays_for_the_cases_filed_under_it(hospital, regime_file):
    publish_regime(hospital, regime_file("1"))
    publish_regime(hospital, regime_file("2"))
    RegimeVersion.objects.filter(version="1").update(active=False)
    assert regime_in_force(hospital, "desk").version == "2"
    assert regime_version(hospital, "desk", "1").version == "1"


def test_publishing_the_same_again_changes_nothing(hospital, regime_file):
    first = publish_regime(hospital, regime_file("1"))
    assert publish_regime(hospital, regime_file("1")) == first


def test_a_published_version_is_never_overwritten(hospital, regime_file):
    publish_regime(hospital, regime_file("1"))
    with pytest.raises(ValueError, match="已经发布"):
        publish_regime(hospital, regime_file("1"), {"reply_time": "9 workdays"})
    assert regime_in_force(hospital, "desk").answers["reply_time"] == "5 workdays"


def test_a_wrong_file_is_not_published(hospital, regime_file):
    path = regime_file("1")
    path.write_text(path.read_text(encoding="utf-8").replace("by: office", "by: nobody"), encoding="utf-8")
    with pytest.raises(RegimeErrors, match="nobody"):
        publish_regime(hospital, path)
    assert not RegimeVersion.objects.exists()


def test_what_is_not_there_is_named(hospital):
    with pytest.raises(NoSuchRegimeError, match="desk"):
        regime_in_force(hospital, "desk")
    with pytest.raises(NoSuchRegimeError, match="的 2 版"):
        regime_version(hospital, "desk", "2")
    with pytest.raises(NoSuchRegimeError, match="no-such-pack"):
        install_pack(hospital, "no-such-pack")


def test_lists_are_kept_and_replaced(hospital):
    set_table(hospital, "desk", "remit", {"收费": {"unit": "complaint-office"}, "服务": {"unit": "ward-east"}})
    set_table(hospital, "desk", "remit", {"服务": {"unit": "ward-west"}})
    assert tables_of(hospital, "desk") == {"remit": {"服务": {"unit": "ward-west"}}}
    assert tables_of(hospital, "other") == {}


def test_finding_the_regime_in_force_costs_one_query(hospital, regime_file, django_assert_num_queries):
    publish_regime(hospital, regime_file("1"))
    with django_assert_num_queries(1):
        regime_in_force(hospital, "desk")
