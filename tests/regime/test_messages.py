"""Every message of the checker: what is wrong, where, and how to mend it."""

import pytest
from tests.regime.examples import SMALL, checked, spoiled

from huiyin.regime import Severity, check
from huiyin.regime.messages import MESSAGES

ERRORS = [
    # E1 unknown key
    ("extra: {title: 专家会诊, by: director", "extra: {title: 专家会诊, by: director, ¦aftr: plan", "E1", "不认识“aftr”"),
    ("    after: assign\n", "    ¦aftr: assign\n", "E1", "是否想写 after？"),
    # E2 key twice
    ("limits:\n", "ladders: {}\nlimits:\n", "E2", "键“ladders”出现两次"),
    # E3 condition
    ("when: matter.harm,", "when: ¦matter.harmm,", "E3", "harm"),
    ("\"case.severity == 'major'\", to: office", '"case.severity == ¦", to: office', "E3", "没有写完"),
    # E4 type of a condition
    ("facts.refund > settings.mark", "case.severity ¦> 1", "E4", "不能与数字"),
    # E5 choices
    ("when: matter.harm,", "when: \"matter.subject == ¦'food'\",", "E5", "“food”不是“类别”的选项"),
    ("marks: closed", "marks: ¦close", "E5", "是否想写 closed？"),
    ("is: major", "is: ¦huge", "E5", "可用 general、major"),
    ("{complaint: 投诉}", "{¦complain: 投诉}", "E5", "complaint"),
    # E6 events
    ('after: [plan, "verify:unfounded"]', 'after: [plan, ¦"verify:false"]', "E6", "结果有 founded、unfounded"),
    ("from: assign", "from: ¦asign", "E6", "是否想写 assign？"),
    ("when: matter.harm,", "when: happened(¦'verifyd'),", "E6", "verify"),
    # E7 roles
    ("by: director, cite", "by: ¦directer, cite", "E7", "或改为 director"),
    ("against: respondent", "against: ¦nobody", "E7", "没有角色“nobody”"),
    ("against: respondent", "against: ¦facts.nobody", "E27", "没有人员或部门字段“nobody”"),
    # E8, E9 citations
    ('    harmed: {title: 有损害, when: matter.harm, is: major, cite: "二"}',
     "    ¦harmed: {title: 有损害, when: matter.harm, is: major}", "E8", "缺少依据"),
    ('outcome: accept, cite: "一"', "outcome: accept, cite: ¦第一条", "E9", "有“一”"),
    # E10 to E15 flow
    ("limits:\n", 'limits:\n  late: {from: assign, to: ¦replyed, within: 1 day, cite: "三"}\n', "E15", "永远不会办结"),
    ("limits:\n", 'limits:\n  late: {from: assign, to: ¦followed-up, within: 1 day, cite: "三"}\n', "E15", "followed-up"),
    # E27 bodies outside that file themselves
    ("channels: {phone: 电话,", "channels: {phone: {title: 电话, ¦own_page: true},", "E27", "渠道“电话”写了 own_page"),
    ("channels: {phone: 电话,", "channels: {phone: {title: 电话, reference: ¦numbr},", "E27", "numbr"),
    # E27 ways of telling
    ("limits:\n", "sending: {open: ¦pigeon}\nlimits:\n", "E27", "“pigeon”"),
    ("limits:\n", "sending: {at_once: ¦leader}\nlimits:\n", "E27", "“leader”"),
    # E16 limits
    ("within: 15 workdays", "within: ¦15个工作日", "E16", "请写 15 workdays"),
    ("within: 15 workdays", "within: ¦fifteen workdays", "E16", "15 workdays"),
    ("within: 15 workdays", "within: ¦at matter.account", "E16", "日期时间"),
    ("at: 1 workday before due", "at: ¦1 workday bevor due", "E16", "before due"),
    # E17 extension
    ("extension: {add_up_to: 10 workdays, approval: office}", "extension: ¦{add_up_to: 10 workdays}", "E17", "延长须有人批准"),
    ("{add_up_to: 10 workdays, approval: office}", "¦{approval: office}", "E17", "add_up_to"),
    # E18 last row
    # E19 sanctions
    ('    rude: {title: 态度恶劣, after: "verify:founded", against: respondent, propose: {fine: 200..500}, approval: director,',
     '    ¦rude: {title: 态度恶劣, after: "verify:founded", against: respondent, propose: {fine: 200..500},', "E19", "处罚只能建议"),
    # E20 settings
    ("within: 15 workdays", "within: ¦$reply_limit", "E20", "设置$reply_limit未定义"),
    ("{fine: 200..500}", "{fine: ¦200..$marc}", "E20", "有 mark"),
    # E21 same field, other type
    ("by: director, cite", "by: director, fields: {¦refund: {title: 退费, type: date}}, cite", "E21", "同名字段类型须一致"),
    # E23 and E24: the file as YAML
    ("by: director, cite", "by: ¦&x director, cite", "E23", "锚点"),
    ("{complaint: 投诉}", "{complaint: ¦!!str 投诉}", "E23", "标签"),
    ("    after: assign\n", "    ¦on: assign\n", "E24", "请写 after"),
    ("type: yes-no", "type: yes-no, required: ¦no", "E24", "真假值"),
    ('"四": 处罚。', "¦4: 处罚。", "E24", "请加引号"),
    ('version: "1"', "version: ¦1.0", "E24", '请加引号："1.0"'),
    # E25 form
    ("    harmed: {title: 有损害, when: matter.harm, is: major,", "    ¦harmed: {title: 有损害, when: matter.harm,", "E25", "缺少“is”"),
    ("{fine: 200..500}", "{fine: ¦much}", "E25", "200..1500"),
    ("by: director, cite", "by: director, at_most: ¦often, cite", "E25", "整数"),
    # E26 names
    ("acts:\n  extra", "acts:\n  ¦plan", "E26", "已用于环节"),
    ("  plan: {title: 方案", "  ¦transfer: {title: 方案", "E26", "保留字"),
    # E27 references
    ("produces: letter", "produces: ¦lettr", "E27", "没有表单“lettr”。是否想写 letter？"),
    ('cite: "三"}\nladders', 'ladder: ¦strict, cite: "三"}\nladders', "E27", "提醒阶梯"),
    ("required: [refund, cause]", "required: [refund, ¦cost]", "E27", "字段"),
    ("by: director, cite", "by: director, via: ¦pigeon, cite", "E27", "联系方式"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "words"), ERRORS)
def test_an_error_points_at_its_place_and_says_how_to_mend_it(tmp_path, old, new, code, words):
    report, place = spoiled(tmp_path, old, new)
    assert report.regime is None
    found = [problem for problem in report.errors if problem.code == code]
    assert found, [str(problem) for problem in report.problems]
    assert any(words in problem.say("zh") for problem in found), [str(problem) for problem in found]
    if place:
        assert place in {f"{problem.line}:{problem.column}" for problem in found}


def test_the_small_regime_has_nothing_to_mend(tmp_path):
    report = checked(tmp_path, SMALL)
    assert report.regime is not None
    assert [str(problem) for problem in report.of(Severity.ERROR) + report.of(Severity.WARNING)] == []


# ---- the flow: each story spoils one way through the regime


def test_a_step_that_waits_for_itself_never_opens(tmp_path):
    spoilt = spoiled(tmp_path, "  plan: {title: 方案", '  lost: {by: office, after: ¦found, cite: "三"}\n'
                     '  found: {by: office, after: lost, cite: "三"}\n  plan: {title: 方案')  # fmt: skip
    assert "E10" in spoilt.at_place()


def test_rounds_without_end_are_refused(tmp_path):
    spoilt = spoiled(tmp_path, "  verify:\n    title: 核实\n    by: handler\n    after: assign\n",
                     "  ¦verify:\n    title: 核实\n    by: handler\n    after: [assign, dissatisfied]\n")  # fmt: skip
    assert spoilt.at_place() == ["E11"]


def test_counted_rounds_need_a_way_out(tmp_path):
    spoilt = spoiled(tmp_path, "    after: assign\n", "    after: [assign, dissatisfied]\n    rounds: ¦3\n")
    assert spoilt.at_place() == ["E11"]


def test_counted_rounds_with_a_way_out_are_fine(tmp_path):
    text = SMALL.replace("    after: assign\n", "    after: [assign, dissatisfied]\n    rounds: 3\n")
    text = text.replace("after: [reply, merged]", "after: [reply, merged, verify.exhausted]")
    assert checked(tmp_path, text).errors == ()


def test_a_case_must_not_close_without_an_answer(tmp_path):
    spoilt = spoiled(tmp_path, "  close: {title: 归档, by: office, after: [reply, merged]",
                     "  ¦close: {title: 归档, by: office, after: [reply, merged, plan]")  # fmt: skip
    assert spoilt.at_place() == ["E12"]


def test_a_join_that_holds_the_answer_is_an_answer(tmp_path):
    text = SMALL.replace("after: [reply, merged], marks", "after: merged, after_all: [reply, verify], marks")
    assert checked(tmp_path, text).errors == ()


def test_an_outcome_that_nobody_takes_up_stops_the_case(tmp_path):
    text = 'after: [plan, "verify:unfounded"]'
    assert "E13" in {p.code for p in spoiled(tmp_path, text, "after: [plan]").report.errors}


CORRECTED = (
    SMALL.replace('after: [plan, "verify:unfounded"]', "after: [plan, repair.effective]")
    + 'corrective:\n  repair: {title: 整改, after: "verify:unfounded", owner: office, verified_by: office, cite: "一"}\n'
)


def test_a_corrective_action_may_take_up_an_outcome(tmp_path):
    assert checked(tmp_path, CORRECTED).errors == ()


def test_a_corrective_action_that_may_not_come_takes_up_nothing(tmp_path):
    text = CORRECTED.replace("owner: office, verified_by", "when: case.round > 1, owner: office, verified_by")
    assert "E13" in {problem.code for problem in checked(tmp_path, text).errors}


def test_explaining_without_a_step_stops_the_case(tmp_path):
    spoilt = spoiled(tmp_path, "  again: {title: 重复投诉,", '  ¦talk: {when: "case.kind == \'complaint\'", outcome: explain, '
                     'cite: "一"}\n  again: {title: 重复投诉,')  # fmt: skip
    assert "E13" in spoilt.at_place()


def test_a_regime_without_a_closing_step_never_ends(tmp_path):
    assert spoiled(tmp_path, ", marks: closed", "").report.codes >= {"E13"}


def test_a_refusal_needs_a_person(tmp_path):
    text = SMALL.replace("outcome: merge", "outcome: refuse").replace(", decides: assessment", "")
    assert {problem.code for problem in checked(tmp_path, text).errors} == {"E14"}


def test_a_table_needs_a_last_row(tmp_path):
    spoilt = spoiled(tmp_path, "routing:\n  grave: {title: 重大, when: \"case.severity == 'major'\", to: office, cite: \"二\"}\n"
                     "  rest: {title: 其余, to: ward,", "¦routing:\n  rest: {title: 其余, when: matter.harm, to: ward,")  # fmt: skip
    assert spoilt.at_place() == ["E18"]


def test_an_open_setting_is_asked_for_and_blocks_publication(tmp_path):
    old, new = "type: money, default: 1000}", "type: money}"
    assert spoiled(tmp_path, old, new).report.regime is not None
    published = spoiled(tmp_path, old, new, publishing=True).report
    assert [str(problem).split(" ", 1)[1] for problem in published.errors] == [
        "E22 发布缺少答案：大额标准没有填写。请由单位填写。"
    ]
    assert spoiled(tmp_path, old, new, publishing=True, answers={"mark": 500}).report.regime is not None


TEXTS = 'settings:\n  line: {title: 投诉电话, type: text, default: ""}\n  place: {title: 地址, type: text, default: ""}\n'


def test_texts_that_may_stay_empty_are_named_when_publishing_and_block_nothing(tmp_path):
    text = SMALL.replace("settings:\n", TEXTS)
    for publishing in (False, True):
        report = checked(tmp_path, text, publishing=publishing)
        assert report.regime is not None
        assert [problem.message_zh for problem in report.problems if problem.code in ("E22", "I6")] == [
            "2项还没有填写，填写以前门户和文书不显示：投诉电话、地址。"
        ]
    filled = checked(tmp_path, text, answers={"line": "0571-00000001", "place": "临江路8号"}, publishing=True)
    assert "I6" not in filled.codes


def test_a_text_without_default_is_not_answered_by_nothing(tmp_path):
    text = SMALL.replace("settings:\n", "settings:\n  line: {title: 投诉电话, type: text}\n")
    report = checked(tmp_path, text, answers={"line": " "}, publishing=True)
    assert [problem.message_zh for problem in report.errors] == ["发布缺少答案：投诉电话没有填写。"]


def test_only_a_text_may_stay_empty(tmp_path):
    report = checked(tmp_path, SMALL.replace("type: money, default: 1000}", 'type: money, default: ""}'))
    assert {problem.code for problem in report.errors} == {"E22"}


def test_a_wrong_answer_is_refused(tmp_path):
    assert {p.code for p in checked(tmp_path, SMALL, answers={"mark": "viel"}).errors} == {"E22"}


# ---- warnings and information

OVERLAPPING = """\
  ¦late: {title: 过期, when: "earlier('same-matter', 'closed') >= 1", outcome: settle, cite: "一"}
"""
NOTES = [
    ("  rest: {title: 其余, to: ward,", '  all: {to: office, cite: "二"}\n  ¦rest: {title: 其余, to: ward,', "W1"),
    ("required: [refund, cause]", "required: [cause]", "W2"),
    ("posts: {director: 主任}", "posts: {director: 主任, ¦clerk: 文员}", "W3"),
    ("posts: {director: 主任}", "posts: {¦director: {title: 主任, many: true}}", "W4"),
    ("forms: {letter:", "forms: {¦spare: 空白表, letter:", "W6"),
    ("questionnaires: {opinion:", "questionnaires: {¦spare: {questions: {a: 问}}, opinion:", "W6"),
    ("settings:\n", "settings:\n  ¦spare: {title: 无用, type: number, default: 1}\n", "W6"),
    ("  rest: {title: 受理,", OVERLAPPING + "  rest: {title: 受理,", "W7"),
    ('"四": 处罚。', '"四": 处罚。, ¦"五": 附则。', "I1"),
    ("within: 15 workdays", "within: ¦promptly", "I2"),
    ("approvals:\n", "tables:\n  ¦staff: {title: 名册, key: 工号, columns: {name: 姓名}}\napprovals:\n", "I3"),
    ("approvals:\n", '¦records:\n  all: {title: 档案, keep: 1 year, cite: "三"}\napprovals:\n', "I4"),
    ("approvals:\n", "portal:\n  ¦show: [replies]\napprovals:\n", "W13"),
    ("approvals:\n", 'duties:\n  ¦review: {title: 分析, by: office, cite: "三"}\napprovals:\n', "W8"),
    ("approvals:\n", 'duties:\n  boxes: {title: 开箱, every: week, ¦per: location, by: office, cite: "三"}\napprovals:\n', "W8"),
    ("approvals:\n", 'watches:\n  ¦hot: {title: 热点, per: ward, over: 7 days, tell: office, cite: "三"}\napprovals:\n', "W8"),
    (
        "approvals:\n",
        'watches:\n  hot: {title: 热点, ¦per: product, over: 7 days, at_least: 3, tell: office, cite: "三"}\napprovals:\n',
        "W8",
    ),
    ("approvals:\n", 'watches:\n  ¦hot: {title: 热点, per: ward, over: 7 days, at_least: 3, cite: "三"}\napprovals:\n', "W8"),
    (
        "approvals:\n",
        'commitments:\n  ¦fast: {title: 及时, measure: reply-share, at_least: 90%, cite: "三"}\napprovals:\n',
        "W8",
    ),
    ("after: [reply, merged]", "after: [reply]", "I5"),
    ("settings:\n", 'settings:\n  ¦line: {title: 投诉电话, type: text, default: ""}\n', "I6"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), NOTES)
def test_what_should_be_known_does_not_keep_a_regime_from_loading(tmp_path, old, new, code):
    spoilt = spoiled(tmp_path, old, new)
    assert spoilt.report.regime is not None, [str(problem) for problem in spoilt.report.errors]
    assert code in spoilt.report.codes
    if spoilt.place:
        assert code in spoilt.at_place(), [str(problem) for problem in spoilt.report.problems]


def test_whoever_handles_should_not_follow_up(tmp_path):
    ask = '  ask: {title: 回访, by: handler, after: reply, marks: followed-up, cite: "三"}\n  close: {title: 归档,'
    report = spoiled(tmp_path, "  close: {title: 归档,", ask).report
    assert [problem.message_zh for problem in report.problems if problem.code == "W5"] == [
        "办理与回访由同一角色承办人自查自评；请确认。"
    ]


def test_whoever_handles_may_be_among_those_who_follow_up_where_the_department_of_the_case_is_kept_from_it(tmp_path):
    ask = '  ask: {title: 回访, by: [handler, office], not_by: handling-unit, after: reply, marks: followed-up, cite: "三"}\n'
    report = spoiled(tmp_path, "  close: {title: 归档,", f"{ask}  close: {{title: 归档,").report
    assert "W5" not in report.codes
    nobody = ask.replace("[handler, office], not_by: handling-unit", "office, not_by: office")
    report = spoiled(tmp_path, "  close: {title: 归档,", f"{nobody}  close: {{title: 归档,").report
    (problem,) = [each for each in report.problems if each.code == "W5"]
    assert problem.message_zh == "环节“回访”由谁办和不能由谁办写的是同样的角色，没有人能办。"


ONLINE = ("channels: {phone: 电话, visit: 来访}", "channels: {phone: 电话, web: 网上}")


@pytest.mark.parametrize(
    ("step", "warned"),
    [
        ("by: first-receiver", True),
        ("by: [first-receiver, office]", False),
        ("by: first-receiver, when: \"case.channel == 'phone'\"", False),
        ("by: first-receiver, when: \"case.channel in ['phone', 'web']\"", True),
        ("by: first-receiver, when: matter.harm", True),
    ],
)
def test_what_comes_in_online_should_find_somebody_to_register_it(tmp_path, step, warned):
    text = SMALL.replace(*ONLINE).replace("register: {title: 登记, by: office", f"register: {{title: 登记, {step}")
    found = [problem for problem in checked(tmp_path, text).problems if problem.code == "W9"]
    words = "网上收到的（渠道网上）没有首接人，“登记”只写了首接人，网上来的没有人办。"
    assert [problem.message_zh for problem in found] == ([words] if warned else [])
    assert all("请在 by 里加上受理的部门或岗位" in problem.mend_zh for problem in found)


@pytest.mark.parametrize(
    ("rule", "step", "warned"),
    [
        ("see: [office]", "", True),
        ("see: [office, maker]", "", False),
        ("hide: [matter.account], see: [office]", "", False),
        ("when: matter.harm, see: [office]", "", True),
        ("when: matter.harm, see: [office]", ", when: \"matter.subject == 'fee'\"", False),
    ],
)
def test_a_party_outside_should_see_the_case_it_works_on(tmp_path, rule, step, warned):
    outside = "  posts: {director: 主任}\n  outside: {maker: {title: 厂家, reached_by: link}}\n"
    text = SMALL.replace("  posts: {director: 主任}\n", outside)
    ask = f'  ask: {{title: 厂家说明, by: maker, after: assign, cite: "三"{step}}}\n'
    text = text.replace("  plan: {title: 方案", f"{ask}  plan: {{title: 方案", 1)
    text = text.replace("approvals:\n", f'confidentiality:\n  kept: {{title: 保密, {rule}, cite: "三"}}\napprovals:\n', 1)
    found = [problem.message_zh for problem in checked(tmp_path, text).problems if problem.code == "W9"]
    assert found == (["保密规则限定查看的人里没有厂家，厂家要办“厂家说明”时什么也看不到。"] if warned else [])


def test_without_a_way_in_online_the_first_receiver_may_register_alone(tmp_path):
    text = SMALL.replace("register: {title: 登记, by: office", "register: {title: 登记, by: first-receiver")
    assert "W9" not in checked(tmp_path, text).codes


HEARD = "  heard: 3 workdays\n"
OBJECTION = "  objection: {within: 5 workdays, approval: office}\n"


def test_rules_that_punish_say_how_the_person_is_heard_and_may_object(tmp_path):
    report = checked(tmp_path, SMALL.replace(HEARD, "").replace(OBJECTION, ""))
    assert [problem.message_zh for problem in report.problems if problem.code == "W12"] == [
        "处罚规则（态度恶劣）没有写当事人陈述（heard）。",
        "处罚规则（态度恶劣）没有写异议（objection）。",
    ]


@pytest.mark.parametrize("said", ["heard: none, objection: none", "heard: 1 day, objection: {within: 2 days, approval: office}"])
def test_a_rule_may_say_for_itself_or_that_there_is_none(tmp_path, said):
    text = SMALL.replace(HEARD, "").replace(OBJECTION, "").replace("propose: {fine: 200..500}", f"propose: {{fine: 200..500}}, {said}")
    assert "W12" not in checked(tmp_path, text).codes


def test_whoever_is_rewarded_need_not_be_heard(tmp_path):
    text = SMALL.replace(HEARD, "").replace(OBJECTION, "").replace("ledger: fines}", "ledger: fines, reward: true}")
    assert "W12" not in checked(tmp_path, text).codes


def test_an_amount_is_kept_in_a_ledger(tmp_path):
    report = checked(tmp_path, SMALL.replace(", ledger: fines}", "}"))
    assert [problem.message_zh for problem in report.problems if problem.code == "W11"] == [
        "措施罚款有数额，却没有记入台账，累计不出，也冲销不了。"
    ]


def test_rows_that_exclude_each_other_are_not_called_overlapping(tmp_path):
    row = '  service: {title: 服务, when: "matter.subject == \'service\'", to: office, cite: "二"}\n'
    other = '  fee: {title: 收费, when: "matter.subject == \'fee\'", to: ward, cite: "二"}\n  rest: {title: 其余,'
    assert "W7" not in spoiled(tmp_path, "  rest: {title: 其余,", row + other).report.codes


def test_every_code_of_the_catalogue_has_a_test():
    tested = {each[2] for each in ERRORS + NOTES} | {"E10", "E11", "E12", "E13", "E14", "E18", "E22", "W5", "W9", "W10", "W11", "W12"}
    assert {message.code for message in MESSAGES.values()} == tested


def test_messages_are_complete_in_both_languages():
    for name, message in MESSAGES.items():
        assert message.zh, name
        assert message.en, name
        assert bool(message.mend_zh) == bool(message.mend_en), name


def test_all_errors_are_told_at_once_in_the_order_of_the_file(tmp_path):
    text = (
        SMALL.replace("by: director, cite", "by: directer, cite")
        .replace("15 workdays", "15工作日")
        .replace("from: assign", "from: asign")
    )
    errors = checked(tmp_path, text).errors
    assert [problem.code for problem in errors] == ["E7", "E6", "E16"]
    assert [problem.line for problem in errors] == sorted(problem.line for problem in errors)


def test_a_problem_reads_as_file_line_column_code_message(tmp_path):
    problem = spoiled(tmp_path, "within: 15 workdays", "within: 15个工作日").report.errors[0]
    assert str(problem) == f"{tmp_path / 'regime.yaml'}:45:58 E16 时限写法“15个工作日”不认识；请写 15 workdays。"
    assert problem.say("en").endswith("E16 '15个工作日' is no limit; write 15 workdays.")
    assert problem.path == "limits.conclude.within"


def test_a_missing_file_is_a_problem_not_a_crash(tmp_path):
    assert {problem.code for problem in check(tmp_path / "nowhere.yaml").problems} == {"E23"}
