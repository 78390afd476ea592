"""Kinds of orders in a regime: read, checked, said in words."""

import pytest
from tests.regime.examples import SMALL

from huiyin.calendars import Span, Unit
from huiyin.regime import check, load
from huiyin.regime.cards import cards
from huiyin.regime.diff import compare
from huiyin.regime.saying import event_title

ORDERS = """
orders:
  supervision:
    title: 督办件
    to: [handling-head, office]
    within: [{when: "case.severity == 'major'", within: 1 workday}, {within: 5 workdays}]
    latest: 20 workdays
    accepted_by: giver
    again: 2 workdays
    fields: {outcome_text: {title: 落实情况, type: long-text}}
    required: [outcome_text]
    produces: letter
    cite: "三"
"""
SUPERVISED = SMALL.replace(
    "acts:\n", 'acts:\n  supervise: {by: director, orders: supervision, cite: "三"}\n'
).replace("limits:\n", ORDERS.lstrip("\n") + "limits:\n", 1)


def written(folder, text):
    file = folder / "regime.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def found(folder, text):
    return {problem.code for problem in check(written(folder, text)).problems}


def test_a_kind_of_order_has_a_limit_of_its_own_that_no_event_starts(tmp_path):
    regime = load(written(tmp_path, SUPERVISED))
    kind = regime.orders["supervision"]
    assert regime.acts["supervise"].orders == "supervision"
    assert (kind.limit.start, kind.limit.end, len(kind.limit.within)) == ((), (), 2)
    assert (kind.latest, kind.again) == (Span(20, Unit.WORKDAYS), Span(2, Unit.WORKDAYS))
    assert [(rung.side, rung.remind, rung.tell) for rung in kind.limit.ladder] == [
        ("before", ("addressee",), ()),
        ("at", ("addressee",), ("giver",)),
    ]
    assert "supervision" not in regime.limits
    assert regime.limit_of("supervision") is kind.limit
    assert regime.limit_of("conclude") is regime.limits["conclude"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("orders: supervision,", "orders: supervising,", "E27"),
        ("to: [handling-head, office]", "to: [handling-head, ofice]", "E7"),
        ("again: 2 workdays", "again: 两天", "E16"),
        ("required: [outcome_text]", "required: [outcome]", "E27"),
        ("produces: letter\n    cite", "produces: leter\n    cite", "E27"),
        ("accepted_by: giver", "ladder: nightly", "E27"),
        ('produces: letter\n    cite: "三"', "produces: letter", "E8"),
        ("orders:\n  supervision:", "orders:\n  verify:", "E26"),
        ("orders:\n  supervision:", "orders:\n  conclude:", "E26"),
        ("    to: [handling-head, office]\n", "", "E25"),
    ],
)
def test_what_is_wrong_in_a_kind_of_order_is_said(tmp_path, old, new, code):
    assert SUPERVISED.count(old) == 1
    assert code in found(tmp_path, SUPERVISED.replace(old, new))


def test_a_kind_nothing_gives_is_idle(tmp_path):
    idle = SUPERVISED.replace(", orders: supervision,", ",")
    assert "W6" in found(tmp_path, idle)
    assert "W6" not in found(tmp_path, SUPERVISED)


def test_rules_may_hang_on_how_an_order_goes(tmp_path):
    after = "[supervision.overdue, supervision.settled]"
    notice = f'notices:\n  late: {{title: 督办件逾期, after: {after}, to: director, text: 请过问, cite: "三"}}\n'
    regime = load(written(tmp_path, SUPERVISED + notice))
    assert [each.id for each in regime.on("supervision.overdue").notices] == ["late"]
    assert event_title(regime, "supervision.settled") == "督办件全部办完"
    assert "E6" in found(tmp_path, SUPERVISED + notice.replace("supervision.settled", "supervision.finished"))


def test_it_is_a_card_of_the_library_and_a_difference_between_versions(tmp_path):
    regime = load(written(tmp_path, SUPERVISED))
    (card,) = [each for each in cards(regime) if each.section == "orders"]
    assert card.says["交给谁"] == "承办部门负责人、投诉办"
    assert (card.says["由谁交办"], card.says["由谁认可"], card.says["最晚"]) == ("督办", "交办人", "20个工作日")
    later = load(written(tmp_path, SUPERVISED.replace("again: 2 workdays", "again: 3 workdays")))
    assert ["3个工作日" in str(change) for change in compare(regime, later)] == [True]
