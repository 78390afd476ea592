"""Conditions said in Chinese, as the case page and the regime page show them."""

import pytest

from huiyin.regime.expressions import compile_condition, say


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("matter.harm || complainant.people >= 10", "造成人身损害，或投诉人数≥10"),
        ("!matter.harm && !case.reachable", "“造成人身损害”为否，且联系不上投诉人"),
        ("given(matter.distance) && matter.distance <= 100", "已填写距离，且距离≤100"),
        ("!given(matter.distance)", "未填写距离"),
        ("case.severity == 'major'", "严重程度为重大"),
        ("facts.cause != 'ours'", "原因不为我方"),
        ("!(facts.cause == 'ours')", "原因不为我方"),
        ("case.channel in ['letter', 'visit', 'phone']", "渠道为来信、来访或电话"),
        ("!(case.channel in ['letter'])", "渠道不是来信"),
        ("'refund' in matter.demands", "诉求中有退费"),
        ("matter.demands.exists(d, d == 'repair')", "诉求中有一项满足：该项为维修"),
        ("count(matter.demands.filter(d, d != 'repair')) > 1", "诉求中该项不为维修的各项的项数>1"),
        ("facts.refund > settings.refund_mark", "退费金额>须领导批准的退费金额"),
        ("facts.refund * 2 >= 1500.5", "（退费金额×2）≥1500.5"),
        ("level(case.severity) >= level('major')", "严重程度不低于重大"),
        ("earlier('same-respondent', 'any', '90 days') >= 2", "近90日同一被投诉人的前案数≥2"),
        ("earlier('same-matter', 'open') >= 1", "同一事项的在办前案数≥1"),
        ("offences('rude', 'calendar year') >= 2", "本年度因“态度恶劣”受处理的次数≥2"),
        ("happened('verify:founded') && !happened('replied')", "已发生“属实”，且未发生“已答复”"),
        ("days(matter.bought_on, case.received_at) > 7", "从购买日期到收到时间的天数>7"),
        ("workdays(case.received_at, at('replied')) > 3", "从收到时间到“已答复”的时间的工作日数>3"),
        ("!working_time(case.received_at)", "收到时间在工作时间外"),
        ("!in_table('remit', matter.merchant)", "商家不在表“管辖分工”中"),
        ("lookup('remit', matter.subject, 'unit') == 'finance'", "表“管辖分工”中事项类别对应的“承办科室”为“finance”"),
        ("under('fee') || has_evidence('new-clue')", "类别属于“收费”，或有证据“新线索”"),
        ("(matter.harm || facts.founded) && under('fee')", "（造成人身损害，或属实），且类别属于“收费”"),
        ("!(matter.harm || facts.founded)", "并非（造成人身损害，或属实）"),
        ("matter.merchant.contains('超市')", "商家含有“超市”"),
        ("(matter.harm ? 5 : 15) > 10", "（（造成人身损害）时为5，否则为15）>10"),
        ("balance('score') < 60", "“绩效分”的余额<60"),
        ("true", "任何情况"),
    ],
)
def test_a_condition_is_said_in_the_words_of_the_regime(names, source, said):
    assert say(compile_condition(source, names), names) == said
