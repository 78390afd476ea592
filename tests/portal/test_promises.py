"""Commitments on the portal: the figure where the regime publishes it, and words in place of a percentage of three cases."""

import re
from datetime import UTC, datetime

from tests.portal.conftest import HOSPITAL, MONDAY

from huiyin.store.models import FigureRow


def figure(organisation, among, counted, start="2026-04-01", end="2026-07-01"):
    """What the worker kept of the promise to answer in five working days."""
    first, after = (datetime.fromisoformat(f"{day}T00:00:00+08:00").astimezone(UTC) for day in (start, end))
    FigureRow.objects.create(
        organisation_id=organisation.pk,
        regime=HOSPITAL,
        commitment="five-days",
        start=first,
        end=after,
        value=counted * 100 / among if among else None,
        counted=counted,
        among=among,
        kept=None,
        measured_at=max(after, MONDAY),
    )


def test_a_published_promise_stands_with_the_figure_of_the_last_quarter_and_its_target(rehearsal, visitor):
    figure(rehearsal, 40, 39)
    for address in (f"/regimes/{HOSPITAL}/", "/"):
        assert "2026年第2季度：97.5%（39/40件），目标不低于95%" in visitor.get(address).text


def test_a_quarter_with_three_cases_has_no_percentage(rehearsal, visitor):
    figure(rehearsal, 3, 2)
    page = visitor.get(f"/regimes/{HOSPITAL}/")
    assert "2026年第2季度只有3件，件数太少，不公布比例" in page.text
    assert "66.7" not in page.text


def test_while_no_quarter_is_over_the_running_one_is_told_as_such(rehearsal, visitor):
    figure(rehearsal, 20, 20, "2026-07-01", "2026-10-01")
    assert "2026年第3季度：100%（20/20件），目标不低于95%，本期还没有结束" in visitor.get(f"/regimes/{HOSPITAL}/").text


def test_without_cases_it_says_so_and_promises_in_words_stand_without_a_figure(visitor):
    page = visitor.get(f"/regimes/{HOSPITAL}/").text
    assert "还没有案件，没有实际数" in page
    assert "可能危及患者健康的，立即采取措施。" in page
    assert page.count("还没有案件") == 1


def test_a_figure_the_regime_does_not_publish_stays_inside(rehearsal, visitor, network):
    page = visitor.get("/regimes/efficiency-network/")
    assert "我们公布五、十、十五个工作日内的答复率。" in page.text
    assert "没有实际数" not in page.text
    assert "五个工作日内答复率" not in page.text  # of the staff alone


def test_the_published_regime_says_what_the_organisation_chose_itself(visitor):
    page = visitor.get(f"/regimes/{HOSPITAL}/")
    assert re.search(r"薄弱环节.*本单位自定：科室整改时限、整改结束后多久内可以重新整改", page.text)
    assert "15个工作日" not in page.text.partition("本单位自定：科室整改时限")[2].partition("第十一条")[0]
