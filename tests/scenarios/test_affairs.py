"""Stories about what is not tied to one complaint: duties, corrective actions, watches, commitments."""

import pytest
from tests.scenarios.affairs import REGIME, play

from huiyin.regime import load
from huiyin.scenarios import run_folder

FOUNDED = """
{at: 2026-03-02 09:00, complainant: file, channel: phone, account: 等候太久, respondent: 内科}
{at: 2026-03-02 10:00, 易科员: register, unit: 内科}
{at: 2026-03-03 09:00, handler: verify, outcome: founded}
"""


def test_a_box_is_opened_at_every_place_each_week_and_not_before_duties_begin(tmp_path):
    steps = """
    {at: 2026-01-04 09:00, system: wait}
    {expect: {open_affairs: []}}
    {at: 2026-01-05 09:00, system: wait}
    {expect: {open_affairs: [open-boxes, open-boxes]}}
    {expect: {about: open-boxes@门诊, member: 门诊, owes: {office: open-boxes}, due: {open-boxes: 2026-01-11}}}
    {at: 2026-01-06 09:00, 文主任: open-boxes, location: 门诊, present: ward}
    {expect: {state: closed, happened: [open-boxes], cite: "二", met: open-boxes}}
    {expect: {open_affairs: [open-boxes]}}
    """
    assert play(tmp_path, steps, since="2026-01-02") == ""


def test_work_of_a_duty_is_asked_for_like_that_of_a_step(tmp_path):
    steps = """
    {at: 2026-02-10 09:00, 文主任: analysis}
    {expect: {refused: missing-field, cite: "三"}}
    {at: 2026-02-10 09:05, director: analysis, weak: 候诊}
    {expect: {refused: not-yours}}
    {at: 2026-02-10 09:10, 文主任: analysis, weak: 候诊}
    {expect: {state: closed, facts: {weak: 候诊}, due: {analysis: 2026-02-28}}}
    """
    assert play(tmp_path, steps, since="2026-02-01") == ""


def test_a_duty_not_done_in_time_is_told_proposed_for_sanction_and_gives_way_to_the_next_week(tmp_path):
    steps = """
    {at: 2026-01-11 23:00, system: wait}
    {expect: {about: open-boxes@门诊, overdue: []}}
    {at: 2026-01-12 09:00, system: wait}
    {expect: {open_affairs: [open-boxes, open-boxes], about: open-boxes@门诊, overdue: [], due: {open-boxes: 2026-01-18}}}
    {at: 2026-01-18 23:59, system: wait}
    {at: 2026-01-19 00:00, system: wait}
    {expect: {about: open-boxes@门诊, due: {open-boxes: 2026-01-25}}}
    """
    assert play(tmp_path, steps, since="2026-01-05") == ""


def test_what_a_late_duty_brings_about(tmp_path):
    steps = """
    {at: 2026-02-28 12:00, system: wait}
    {expect: {about: "analysis#1", overdue: []}}
    {at: 2026-03-01 09:00, 文主任: analysis, weak: 候诊, about: "analysis#1"}
    {expect: {happened: [analysis.overdue], told: {director: analysis}, open_affairs: [analysis, group, open-boxes, open-boxes]}}
    """
    assert play(tmp_path, steps, since="2026-02-01") == ""


def test_a_weekly_duty_that_was_not_done_ends_as_missed_when_the_next_begins(tmp_path):
    steps = """
    {at: 2026-01-12 09:00, system: wait}
    {expect: {about: "open-boxes#1", state: closed, happened: [open-boxes.overdue], not_happened: [open-boxes]}}
    {expect: {about: "open-boxes#1", proposes: {lazy: {score: -2}}, tells: {director: [overdue-box]}}}
    """
    assert play(tmp_path, steps, since="2026-01-05") == ""


def test_slips_of_a_box_become_cases_that_say_where_they_came_from(tmp_path):
    steps = """
    {at: 2026-01-05 09:00, 文主任: file, about: open-boxes@门诊, channel: box, account: 厕所太脏, anonymous: true}
    {at: 2026-01-05 09:05, 文主任: file, about: open-boxes@门诊, channel: box, account: 饭菜太凉, anonymous: true}
    {expect: {about: open-boxes@门诊, stems: 2}}
    {expect: {about: open-boxes@住院部, stems: 0}}
    {expect: {case: 1, open: [register]}}
    {at: 2026-01-05 10:00, 文主任: open-boxes, location: 门诊, present: ward}
    {expect: {state: closed, stems: 2}}
    """
    assert play(tmp_path, steps, since="2026-01-05") == ""


def test_a_founded_complaint_opens_the_correction_of_its_ward_whose_progress_the_case_hears(tmp_path):
    steps = (
        FOUNDED
        + """
    {expect: {open: [reply], running: [conclude, measured], open_affairs: [improve], happened: [improve.opened]}}
    {expect: {about: improve, member: 内科, owes: {handling-unit: improve}, due: {improve: 2026-04-03}, open: [improve], cite: "四"}}
    {at: 2026-03-10 09:00, ward@外科: improve, cause: 人手少, measure: 增加人手, result: 已增加, about: improve}
    {expect: {refused: not-yours}}
    {at: 2026-03-10 09:05, ward@内科: improve, cause: 人手少, measure: 增加人手}
    {expect: {refused: missing-field}}
    {at: 2026-03-10 09:10, ward@内科: improve, cause: 人手少, measure: 增加人手, result: 已增加}
    {expect: {open: [verify], met: [improve], happened: [improve.done]}}
    {expect: {case: 1, happened: [improve.done]}}
    {at: 2026-03-20 09:00, 文主任: improve, outcome: ineffective, verification: 仍然要等一小时}
    {expect: {open: [improve], happened: [improve.ineffective], due: {improve: 2026-04-20}}}
    {at: 2026-03-25 09:00, ward@内科: improve, cause: 排班, measure: 改排班, result: 已改}
    {at: 2026-03-26 09:00, 文主任: improve, outcome: effective}
    {expect: {state: closed, happened: [improve.effective], tells: {director: [good]}}}
    {expect: {case: 1, open: [reply, wait-for-measures], met: [measured], happened: [improve.effective], not_happened: [recheck]}}
    {expect: {open_affairs: [recheck]}}
    {expect: {about: recheck, due: {recheck: 2026-04-02}, owes: {office: recheck}}}
    {at: 2026-03-30 09:00, 易科员: recheck}
    {expect: {state: closed}}
    """
    )
    assert play(tmp_path, steps) == ""


def test_whoever_did_the_correction_does_not_verify_it(tmp_path):
    (tmp_path / "regime.yaml").write_text(REGIME, encoding="utf-8")
    steps = (
        FOUNDED
        + """
    {at: 2026-03-10 09:10, 双肩挑: improve, cause: 人手少, measure: 增加人手, result: 已增加}
    {at: 2026-03-11 09:00, 双肩挑: improve, outcome: effective}
    {expect: {refused: not-yours}}
    """
    )
    assert "被拒绝" not in play(tmp_path, steps.replace("双肩挑", "ward@内科"))
    lax = REGIME.replace(
        'verified_by: office, within: 1 month, cite: "四"}\n  group',
        'verified_by: [ward], within: 1 month, cite: "四"}\n  group',
    )
    assert lax != REGIME
    failure = play_under(
        tmp_path, lax, steps.replace("双肩挑", "ward@内科").replace("not-yours", "conflict-of-interest")
    )
    assert failure == ""


def play_under(folder, regime: str, steps: str) -> str:
    play(folder, steps)
    (folder / "regime.yaml").write_text(regime, encoding="utf-8")
    (story,) = run_folder(folder).stories
    return story.failure


def test_a_watch_fires_once_and_its_alarm_leads_to_a_planned_correction(tmp_path):
    steps = (
        FOUNDED
        + """
    {expect: {fires: []}}
    {at: 2026-03-09 09:00, complainant: file, channel: phone, account: 又等很久, respondent: 内科}
    {at: 2026-03-09 10:00, 易科员: register, unit: 内科}
    {at: 2026-03-10 09:00, handler: verify, outcome: founded}
    {expect: {fires: [same-ward], open: [reply]}}
    {expect: {about: same-ward, member: 内科, tells: {office: [same-ward]}, owes: {office: handle}, cite: "四"}}
    {expect: {about: group, member: 内科, open: [group-plan], owes: {handling-unit: group-plan}}}
    {at: 2026-03-11 09:00, 文主任: same-ward, measure: 已约谈科主任}
    {expect: {state: closed}}
    {at: 2026-03-12 09:00, ward@内科: group, cause: 排班, measure: 改排班}
    {expect: {open: [group-plan], owes: {director: group-plan}, running: []}}
    {at: 2026-03-13 09:00, director: approve}
    {expect: {open: [group], happened: [group.approved], due: {group: 2026-04-13}}}
    {at: 2026-03-14 09:00, complainant: file, channel: phone, account: 还是等很久, respondent: 内科}
    {at: 2026-03-14 10:00, 易科员: register, unit: 内科}
    {at: 2026-03-16 09:00, handler: verify, outcome: founded}
    {expect: {fires: []}}
    {expect: {case: 3, open: [reply]}}
    """
    )
    assert play(tmp_path, steps) == ""


def test_a_ward_without_a_founded_complaint_in_the_year_is_proposed_for_praise_when_the_year_is_over(tmp_path):
    steps = (
        FOUNDED
        + """
    {at: 2026-12-31 12:00, system: wait}
    {expect: {fires: [untouched]}}
    {at: 2027-01-01 09:00, system: wait}
    {expect: {about: clean-year@外科, proposes: {spotless: {praise: true}}, member: 外科}}
    {expect: {about: clean-year@内科, member: 内科}}
    """
    )
    assert "没有“clean-year@内科”这项事务" in play(tmp_path, steps, since="2026-01-01")
    assert play(tmp_path, "\n".join(steps.strip().splitlines()[:-1]), since="2026-01-01") == ""


def test_a_case_nobody_touches_for_days_is_an_alarm_about_it(tmp_path):
    steps = """
    {at: 2026-03-02 09:00, complainant: file, channel: phone, account: 等候太久, respondent: 内科}
    {at: 2026-03-06 09:00, system: wait}
    {expect: {fires: []}}
    {at: 2026-03-07 09:00, system: wait}
    {expect: {case: 1, happened: [untouched]}}
    {expect: {about: untouched, owes: {office: handle}}}
    {at: 2026-03-07 10:00, 易科员: register, unit: 内科}
    {at: 2026-03-08 10:00, system: wait}
    {expect: {fires: []}}
    """
    assert play(tmp_path, steps, since="2026-01-01") == ""


def test_growth_is_against_the_window_before(tmp_path):
    steps = """
    {at: 2026-03-02 09:00, complainant: file, channel: phone, account: 一, subject: fee, each: 2}
    {expect: {fires: [surge]}}
    {at: 2026-03-10 09:00, complainant: file, channel: phone, account: 二, subject: fee, each: 3}
    {expect: {fires: []}}
    {at: 2026-03-11 09:00, complainant: file, channel: phone, account: 三, subject: fee}
    {expect: {fires: [surge]}}
    """
    assert play(tmp_path, steps) == ""


def test_a_missed_target_is_its_owners_affair_when_the_quarter_is_over(tmp_path):
    steps = (
        FOUNDED
        + """
    {at: 2026-03-20 09:00, handler: reply, case: 1}
    {expect: {measured: {timely: 0}}}
    {at: 2026-03-31 23:00, system: wait}
    {expect: {open_affairs: [analysis, analysis, analysis, improve, open-boxes, open-boxes, untouched, untouched]}}
    {at: 2026-04-01 09:00, system: wait}
    {expect: {about: timely, happened: [timely.missed], owes: {office: handle}, tells: {office: [timely]}, cite: "五"}}
    {at: 2026-04-02 09:00, 文主任: timely, measure: 已分析原因}
    {expect: {state: closed}}
    """
    )
    assert play(tmp_path, steps, since="2026-01-01") == ""


def test_points_still_open_are_shown_on_the_next_duty_of_the_kind(tmp_path):
    steps = """
    {at: 2026-02-10 09:00, 文主任: analysis, weak: 候诊}
    {expect: {about: group, open: [assign]}}
    {at: 2026-02-11 09:00, 文主任: group, unit: 外科}
    {expect: {about: group, open: [group-plan], assigned: 外科}}
    {at: 2026-03-01 09:00, system: wait}
    {expect: {about: analysis, carried: [group]}}
    """
    assert play(tmp_path, steps, since="2026-02-01") == ""


def test_an_affair_may_be_ended_with_a_reason_by_those_who_lead_it(tmp_path):
    steps = """
    {at: 2026-02-10 09:00, 文主任: analysis, weak: 无}
    {at: 2026-02-11 09:00, director: terminate, about: group, text: 没有需要整改的}
    {expect: {refused: not-yours}}
    {at: 2026-02-11 09:05, 文主任: terminate, about: group, text: 没有需要整改的}
    {expect: {state: closed}}
    """
    assert play(tmp_path, steps, since="2026-02-01") == ""


def test_a_duty_with_a_condition_is_owed_only_in_the_periods_that_fulfil_it(tmp_path):
    steps = """
    {at: 2026-02-15 09:00, system: wait}
    {expect: {open_affairs: []}}
    {at: 2026-03-02 09:00, system: wait}
    {expect: {open_affairs: [analysis]}}
    """
    text = REGIME.replace("every: month,", "every: month, when: month(now) == 3,").replace("every: week,", "every: year,")
    play(tmp_path, steps, since="2026-01-02")
    (tmp_path / "regime.yaml").write_text(text, encoding="utf-8")
    (story,) = run_folder(tmp_path).stories
    assert story.failure == ""


def test_what_is_owed_once_the_regime_is_published(tmp_path):
    steps = """
    {at: 2026-03-01 23:00, system: wait}
    {expect: {open_affairs: []}}
    {at: 2026-03-02 09:00, system: wait}
    {expect: {open_affairs: [hand-out], about: hand-out, due: {hand-out: 2026-03-09}, owes: {office: hand-out}}}
    {at: 2026-03-10 09:00, system: wait}
    {expect: {about: hand-out, overdue: [hand-out]}}
    {at: 2026-03-10 09:05, 文主任: hand-out}
    {expect: {state: closed, open_affairs: []}}
    """
    assert play(tmp_path, steps, published="2026-03-02") == ""
    assert play(tmp_path, steps, since="2026-04-01", published="2026-03-02") == ""


def test_a_regime_published_before_the_story_begins_is_told_from_that_day_on(tmp_path):
    steps = """
    {at: 2026-03-20 09:00, system: wait}
    {expect: {about: hand-out, due: {hand-out: 2026-03-09}, overdue: [hand-out]}}
    """
    assert play(tmp_path, steps, published="2026-03-02") == ""


def test_one_line_acts_on_a_run_of_cases(tmp_path):
    steps = """
    {at: 2026-03-02 09:00, complainant: file, channel: phone, account: 等候太久, each: 4}
    {at: 2026-03-02 10:00, 易科员: register, unit: 内科, case: 1..3}
    {expect: {case: 1, open: [verify]}}
    {expect: {case: 3, open: [verify]}}
    {expect: {case: 4, open: [register]}}
    {at: 2026-03-02 11:00, 易科员: register, unit: 外科, case: 3..4}
    {expect: {case: 3, refused: not-open-now}}
    {expect: {case: 4, open: [register]}}
    """
    assert play(tmp_path, steps) == ""


def test_affairs_are_recorded_among_what_fired(tmp_path):
    assert (
        play(
            tmp_path, FOUNDED + "{expect: {measured: {timely: ~}}}\n{at: 2026-03-09 09:00, system: wait}", "2026-03-01"
        )
        == ""
    )
    (story,) = run_folder(tmp_path).stories
    assert {"corrective.improve", "duties.open-boxes", "duties.analysis", "commitments.timely"} <= story.fired


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{at: 2026-03-02 09:00, 文主任: open-boxes}", "没有“open-boxes”这项事务"),
        ("{at: 2026-03-02 09:00, 文主任: note, case: 2, text: 好}", "没有第2件案件"),
        ("{at: 2026-03-02 09:00, 文主任: note, case: 3..1, text: 好}", "case 应写成一个数或 1..9 这样的一段"),
        ("{at: 2026-03-02 09:00, 文主任: note, case: 1..2, text: 好}", "没有第2件案件"),
        ("{expect: {about: improve, open: []}}", "没有“improve”这项事务"),
        ("{expect: {measured: {slow: 1}}}", "没有“slow”这项承诺"),
    ],
)
def test_a_slip_of_the_writer_is_told(tmp_path, line, words):
    assert words in play(tmp_path, "{at: 2026-03-01 09:00, complainant: file, channel: phone, account: 好}\n" + line)


def test_the_regime_of_these_stories_checks_clean(tmp_path):
    (tmp_path / "regime.yaml").write_text(REGIME, encoding="utf-8")
    assert load(tmp_path).duties["open-boxes"].files == "box"


def test_whoever_takes_a_post_that_needs_training_is_to_be_trained(tmp_path):
    steps = """
    {at: 2026-03-02 09:00, 钱院长: take-post, post: leader}
    {expect: {about: training, member: 钱院长, owes: {office: training}, due: {training: 2026-05-06}}}
    {at: 2026-03-02 10:00, 周院长: take-post, post: director}
    {expect: {open_affairs: [training]}}
    {at: 2026-03-20 09:00, 文主任: training}
    {expect: {state: closed}}
    """
    assert play(tmp_path, steps) == ""


def test_a_story_says_which_post_is_taken(tmp_path):
    assert "到岗请写明岗位" in play(tmp_path, "{at: 2026-03-02 09:00, 钱院长: take-post}")


SERIES = """
    {at: 2026-03-02 09:00, complainant: file, channel: phone, account: 多收十元, subject: fee, respondent: 内科}
    {at: 2026-03-02 09:30, complainant: file, channel: phone, account: 态度差, subject: service, respondent: 内科}
    {at: 2026-03-02 10:00, complainant: file, channel: phone, account: 多收五元, subject: fee, respondent: 外科}
    {at: 2026-03-02 10:30, 易科员: register, unit: 内科, case: 1..2}
    {at: 2026-03-02 10:40, 易科员: register, unit: 外科, case: 3}
    {at: 2026-03-03 09:00, handler: verify, outcome: founded, case: 1..3}
    {expect: {fires: []}}
    {at: 2026-03-04 09:00, complainant: file, channel: phone, account: 多收二十元, subject: fee, respondent: 内科}
    {at: 2026-03-04 10:00, 易科员: register, unit: 内科}
    {at: 2026-03-05 09:00, handler: verify, outcome: founded}
    {expect: {happened: [audit.opened]}}
"""


def test_a_series_in_one_ward_and_category_opens_an_affair_of_several_steps_about_its_cases(tmp_path):
    steps = (
        SERIES
        + """
    {expect: {case: 1, happened: [audit.opened]}}
    {expect: {case: 2, not_happened: [audit.opened]}}
    {expect: {case: 3, not_happened: [audit.opened]}}
    {expect: {about: series, member: 内科 · fee, state: closed}}
    {expect: {about: audit, open: [audit-plan], owes: {office: audit-plan}, due: {audit: 2026-04-07, audit-plan: 2026-03-10}}}
    {at: 2026-03-05 10:00, 易科员: audit, scope: 收费}
    {expect: {open: [audit-plan]}}
    {at: 2026-03-05 11:00, leader: approve}
    {expect: {open: [audit-inspect], met: [audit-plan], happened: [audit.plan]}}
    {expect: {case: 1, happened: [audit.plan]}}
    {at: 2026-03-06 09:00, 易科员: audit, outcome: faults, found: 两处重复计费}
    {expect: {about: audit, open: [audit-order]}}
    {at: 2026-03-06 10:00, 易科员: audit}
    {expect: {refused: missing-field}}
    {at: 2026-03-06 10:10, 易科员: audit, demand: 停用重复的收费项目}
    {expect: {about: audit, state: closed, met: [audit], happened: [audit, "audit:faults"]}}
    {expect: {case: 4, happened: [audit, "audit:faults"]}}
    """
    )
    assert play(tmp_path, steps) == ""


def test_a_step_that_is_not_needed_is_passed_over_and_the_affair_is_done(tmp_path):
    steps = (
        SERIES
        + """
    {at: 2026-03-05 10:00, 易科员: audit, scope: 收费}
    {at: 2026-03-05 11:00, leader: approve}
    {at: 2026-03-06 09:00, 易科员: audit, outcome: sound}
    {expect: {about: audit, state: closed, met: [audit], happened: [audit], not_happened: [audit.order]}}
    """
    )
    assert play(tmp_path, steps) == ""


def test_an_affair_of_several_steps_that_is_not_done_in_time_is_overdue(tmp_path):
    steps = (
        SERIES
        + """
    {at: 2026-03-11 09:00, system: wait}
    {expect: {about: audit, overdue: [audit-plan]}}
    {at: 2026-04-08 09:00, system: wait}
    {expect: {about: audit, happened: [audit.overdue]}}
    {expect: {case: 1, happened: [audit.overdue]}}
    """
    )
    assert play(tmp_path, steps) == ""
REOPENED = REGIME.replace(
    'corrective:\n  improve: {title: 整改, after: ["verify:founded"], owner: ward, verified_by: office, within: 1 month, cite: "四"}',
    'corrective:\n  improve: {title: 整改, after: ["verify:founded"], owner: ward, verified_by: office, within: 1 month,'
    ' reopen: {by: director, open_for: 6 months}, cite: "四"}',
).replace(
    "  good: {title: 整改有效,",
    '  once-more: {title: 重新整改, after: improve.reopened, to: ward, cite: "四"}\n  good: {title: 整改有效,',
)

CLOSED_ON_10_MARCH = (
    FOUNDED
    + """
    {at: 2026-03-04 09:10, ward@内科: improve, cause: 人手少, measure: 增加人手, result: 已增加}
    {at: 2026-03-10 09:00, 文主任: improve, outcome: effective, verification: 候诊缩短到一刻钟}
    {expect: {about: improve, state: closed}}
    """
)


def test_a_corrective_action_whose_effect_is_missing_is_taken_up_again_by_whom_the_regime_names(tmp_path):
    steps = (
        CLOSED_ON_10_MARCH
        + """
    {at: 2026-05-06 09:00, 文主任: reopen, about: improve, text: 又要等一小时}
    {expect: {refused: not-yours, cite: "四"}}
    {at: 2026-05-06 09:10, director: reopen, about: improve, text: 又要等一小时}
    {expect: {state: open, open: [improve], happened: [improve.reopened], due: {improve: 2026-06-08}, tells: {ward: [once-more]}}}
    {expect: {case: 1, happened: [improve.reopened]}}
    {at: 2026-05-07 09:00, ward@内科: improve, cause: 排班, measure: 改排班, result: 已改}
    {expect: {open: [verify]}}
    {at: 2026-05-20 09:00, 文主任: improve, outcome: effective, verification: 连续两周没有超过二十分钟}
    {expect: {state: closed, happened: [improve.effective]}}
    """
    )
    assert play_under(tmp_path, REOPENED, steps) == ""


def test_six_months_after_it_was_closed_a_corrective_action_stays_closed(tmp_path):
    on_the_last_day = CLOSED_ON_10_MARCH + "\n{at: 2026-09-10 17:00, director: reopen, about: improve, text: 又犯}\n"
    day_after = on_the_last_day.replace("2026-09-10 17:00", "2026-09-11 09:00")
    assert play_under(tmp_path, REOPENED, on_the_last_day + "{expect: {open: [improve]}}") == ""
    assert play_under(tmp_path, REOPENED, day_after + '{expect: {refused: not-open-now, cite: "四"}}') == ""


def test_where_the_regime_says_nothing_a_closed_corrective_action_stays_closed(tmp_path):
    again = "{at: 2026-03-11 09:00, director: reopen, about: improve, text: 又犯}"
    steps = f"{CLOSED_ON_10_MARCH}\n{again}\n{{expect: {{refused: forbidden-here}}}}\n"
    assert play(tmp_path, steps) == ""


def test_an_action_with_a_plan_begins_with_the_plan_again(tmp_path):
    planned = REOPENED.replace(
        "owner: ward, verified_by: office, within: 1 month, reopen",
        "owner: ward, approval: leader, verified_by: office, within: 1 month, reopen",
    )
    assert planned != REOPENED
    steps = (
        FOUNDED
        + """
    {at: 2026-03-04 09:10, ward@内科: improve, cause: 人手少, measure: 增加人手}
    {at: 2026-03-04 10:00, leader: approve}
    {at: 2026-03-05 09:10, ward@内科: improve, result: 已增加}
    {at: 2026-03-10 09:00, 文主任: improve, outcome: effective}
    {at: 2026-05-06 09:10, director: reopen, about: improve, text: 又要等一小时}
    {expect: {open: [improve-plan], running: []}}
    """
    )
    assert play_under(tmp_path, planned, steps) == ""
