"""The little regimes of affairs, derived from a regime's declarations."""

import pytest
from tests.scenarios.affairs import REGIME

from huiyin.regime import check, load
from huiyin.regime.affairs import AFFAIR_KINDS, affair_id, affairs_of, declared, split_affair_id
from huiyin.regime.vocabulary import REVISION


@pytest.fixture
def regime(tmp_path):
    (tmp_path / "regime.yaml").write_text(REGIME, encoding="utf-8")
    return load(tmp_path)


def test_every_declaration_has_its_affair_and_they_are_derived_once(regime):
    affairs = affairs_of(regime)
    assert set(affairs) == {*regime.corrective, *regime.duties, *regime.watches, *regime.commitments, REVISION}
    assert affairs_of(regime) is affairs
    assert all(affairs[name].id == affair_id("clinic", name) for name in affairs)
    assert split_affair_id("clinic/open-boxes") == ("clinic", "open-boxes")
    assert split_affair_id("clinic") == ("clinic", "")


def test_an_affair_keeps_people_and_papers_and_has_a_kind_of_its_own(regime):
    boxes = affairs_of(regime)["open-boxes"]
    assert boxes.parent is regime
    assert (boxes.affair, boxes.is_affair, regime.is_affair) == ("open-boxes", True, False)
    assert boxes.roles is regime.roles
    assert boxes.approvals is regime.approvals
    assert boxes.kinds == {"duty": AFFAIR_KINDS["duty"]}
    assert declared(regime, "open-boxes") is regime.duties["open-boxes"]
    assert declared(regime, "register") is None


def test_rules_hang_on_what_happens_in_the_affair_and_only_there(regime):
    boxes = affairs_of(regime)["open-boxes"]
    assert [notice.id for notice in boxes.on("open-boxes.overdue").notices] == ["overdue-box"]
    assert [rule.id for rule in boxes.on("open-boxes.overdue").rules] == ["lazy"]
    assert boxes.on("verify:founded").corrective == ()
    alarm = affairs_of(regime)["same-ward"]
    assert [action.id for action in alarm.on("same-ward").corrective] == ["group"]


def test_acts_that_need_a_complainant_are_no_acts_of_an_affair(regime):
    acts = affairs_of(regime)["improve"].acts
    assert acts["note"].allowed
    assert not any(acts[name].allowed for name in ("withdraw", "appeal", "reopen", "ask-more", "transfer", "merge"))
    assert not any("complainant" in act.by for act in acts.values())
    assert "office" in acts["terminate"].by


def test_a_plan_is_approved_before_it_is_carried_out_where_the_regime_says_so(regime):
    assert list(affairs_of(regime)["group"].flow) == ["assign", "group-plan", "group", "verify", "close"]
    assert list(affairs_of(regime)["improve"].flow) == ["assign", "improve", "verify", "close"]


def test_a_correction_nobody_verifies_has_its_effect_when_it_is_done(tmp_path):
    text = REGIME.replace("owner: ward, verified_by: office, within: 1 month", "owner: ward, within: 1 month")
    (tmp_path / "regime.yaml").write_text(text, encoding="utf-8")
    action = affairs_of(load(tmp_path))["improve"]
    assert list(action.flow) == ["assign", "improve", "close"]
    assert action.flow["improve"].marks == ("improve.done", "improve.effective")


def test_a_promise_in_words_only_has_no_affair(tmp_path):
    text = REGIME + '  kind: {title: 态度, text: 我们以礼相待。, audience: public, cite: "一"}\n'
    (tmp_path / "regime.yaml").write_text(text, encoding="utf-8")
    assert "kind" not in affairs_of(load(tmp_path))


def test_what_stands_in_the_steps_of_a_duty_does_not_stand_beside_them(tmp_path):
    (tmp_path / "regime.yaml").write_text(
        REGIME.replace("    after: series\n", "    after: series\n    outcomes: {done: 办完}\n"), encoding="utf-8"
    )
    (problem,) = check(tmp_path).errors
    assert (problem.code, problem.message_zh) == ("E25", "分步办理的职责，“outcomes”应写在它的某一步里。")


def test_a_watch_of_many_cases_says_over_what_period(tmp_path):
    text = REGIME.replace("per: [ward, category], over: 90 days,", "per: [ward, category],")
    (tmp_path / "regime.yaml").write_text(text, encoding="utf-8")
    (problem,) = check(tmp_path).errors
    assert (problem.code, problem.message_zh) == ("E25", "缺少“over”。")


def test_a_regime_that_is_revised_regularly_says_who_does_it(tmp_path):
    (tmp_path / "regime.yaml").write_text(REGIME.replace(", revised_by: office}", "}"), encoding="utf-8")
    report = check(tmp_path)
    assert "制度定期修订没有人负责：请写 revised_by" in [problem.message_zh.rstrip("。") for problem in report.problems]
    assert REVISION not in affairs_of(report.regime)


def test_whoever_approves_of_versions_first_revises_where_nobody_else_is_named(tmp_path):
    (tmp_path / "regime.yaml").write_text(REGIME.replace("revised_by: office}", "approval: leader}"), encoding="utf-8")
    assert affairs_of(load(tmp_path))[REVISION].flow[REVISION].by == ("leader", "system")
