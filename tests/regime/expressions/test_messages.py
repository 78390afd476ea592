"""What an author is told about a condition that cannot be used: which, where, and how to mend it."""

import pytest

from huiyin.regime.expressions import ConditionErrors, compile_condition


def problems_of(source, names, result="bool"):
    with pytest.raises(ConditionErrors) as caught:
        compile_condition(source, names, result=result)
    return caught.value.problems


@pytest.mark.parametrize(
    ("source", "code", "column", "message", "hint"),
    [
        # E3 names
        ("matter.distanse > 3", "E3", 1, "不认识 matter.distanse", "登记项里有 distance"),
        ("facts.distance > 3", "E3", 1, "不认识 facts.distance", "是否想写 matter.distance"),
        ("true && distance > 3", "E3", 9, "不认识 distance", "是否想写 matter.distance"),
        ("matter == 'x'", "E3", 1, "不认识 matter", "登记项里有 harm、distance"),
        ("matter.harm.deeper", "E3", 1, "不认识 matter.harm.deeper", ""),
        ("given(matter.x)", "E3", 7, "不认识 matter.x", ""),
        ("given(happened('replied'))", "E3", 1, "given 的括号里只能写一个字段", ""),
        ("matter.距离 > 3", "E3", 8, "不认识“距”", "中文内容请写在引号里"),
        ("person.is_head", "E3", 1, "person.is_head 只能用在问责和预警里", ""),
        # E3 forbidden
        ("has(matter.harm)", "E3", 1, "不能用 has", "given"),
        ("size(matter.demands) > 1", "E3", 1, "不能用 size", "count"),
        ("matter.merchant.matches('.*')", "E3", 17, "不能用 matches", "contains"),
        ("dyn(matter.harm)", "E3", 1, "不能用 dyn", ""),
        ("days(now, now) > duration('1h')", "E3", 18, "不能用 duration", "引号"),
        ("timestamp('2026-01-01T00:00:00Z') == now", "E3", 1, "不能用 timestamp", "days"),
        ("matter.demands.map(d, d) == ['refund']", "E3", 16, "不能用 map", "filter"),
        ("matter.demands.exists_one(d, d == 'refund')", "E3", 16, "不能用 exists_one", "filter"),
        ("matter.demands[0] == 'refund'", "E3", 15, "不能用 [ ]", "exists"),
        ("{'a': 1} == {}", "E3", 1, "不能用 {…}", ""),
        ("at('replied').year > 2020", "E3", 14, "不能用 .year", ""),
        ("matter.harm == null", "E3", 16, "不能写 null", "given"),
        ("hapened('replied')", "E3", 1, "不能用 hapened", "happened"),
        # E3 writing
        ("matter.harm &&", "E3", 15, "没有写完", "补全"),
        ("(matter.harm", "E3", 13, "没有写完", "括号"),
        ("matter.harm matter.harm", "E3", 13, "读到“matter”时不合语法", ""),
        ("matter.harm and true", "E3", 13, "不认识“and”", "&&"),
        ("matter.distance = 3", "E3", 17, "不认识“=”", "=="),
        ("matter.harm || （true）", "E3", 16, "全角符号“（”", "("),
        ("matter.subject == 'fee", "E3", 19, "引号没有配对", ""),
        ("matter.subject == r'fee'", "E3", 20, "引号前不能有 r", ""),
        ("matter.distance > 0x1F", "E3", 20, "数字后面不能跟", "十进制"),
        ("   ", "E3", 1, "条件是空的", ""),
        ("matter.harm\n  || matter.harn", "E3", 6, "不认识 matter.harn", "harm"),
        # E3 words
        ("earlier('same-thing') > 0", "E3", 9, "没有关系“same-thing”", "same-matter"),
        ("earlier('same-matter', 'closd') > 0", "E3", 24, "没有状态“closd”", "closed"),
        ("offences('rude', '3 moons') > 0", "E3", 18, "“3 moons”不是一段时间", "90 days"),
        ("lookup('remit', matter.subject, 'unti') == ''", "E3", 33, "没有列“unti”", "unit"),
        ("in_table('remitt', matter.subject)", "E3", 10, "没有表“remitt”", "remit"),
        ("has_evidence('reciept')", "E3", 14, "没有证据种类“reciept”", "invoice"),
        ("happened(matter.subject)", "E3", 10, "须写引号内的名字", ""),
        ("days(now) > 1", "E3", 1, "days 的参数个数不对", "days("),
        # E4
        ("case.severity >= 1", "E4", 15, "case.severity 是文字，不能与数字 1 比较", "level(case.severity) >= 1"),
        ("case.severity > 'general'", "E4", 15, "没有大小之分", "level(case.severity) > level('general')"),
        ("matter.harm == 'yes'", "E4", 13, "不能与文字 'yes' 比较", "!matter.harm"),
        ("matter.distance", "E4", 1, "matter.distance 得出数字，这里须得出是/否", "matter.distance > 0"),
        ("matter.merchant", "E4", 1, "得出文字", "given(matter.merchant)"),
        ("matter.harm && matter.distance", "E4", 16, "&& 两边须是是/否", ""),
        ("!facts.refund", "E4", 2, "! 后面须是是/否", ""),
        (
            "matter.bought_on < case.received_at",
            "E4",
            18,
            "时间不能直接比较",
            "days(matter.bought_on, case.received_at)",
        ),
        ("days(matter.harm, now) > 1", "E4", 6, "days 的第1个参数须是时间", ""),
        ("matter.subject in 'fee'", "E4", 19, "in 后面须是列表", ""),
        ("matter.subject in ['fee', 1]", "E4", 19, "都是文字或都是数字", ""),
        ("matter.distance % 2 == 0", "E3", 17, "不能用 %", ""),
        # E5
        ("matter.subject == '收费'", "E5", 19, "“收费”不是“事项类别”的选项", "请写 'fee'"),
        ("matter.subject in ['fee', 'servce']", "E5", 27, "“servce”不是", "service"),
        ("'repairs' in matter.demands", "E5", 1, "“repairs”不是“诉求”的选项", "repair"),
        ("matter.demands.exists(d, d == 'money')", "E5", 31, "“money”不是“诉求”的选项", "refund"),
        ("case.channel == 'letters'", "E5", 17, "“letters”不是“渠道”的选项", "letter"),
        ("under('fees')", "E5", 7, "没有类别“fees”", "fee"),
        ("level('huge') > 1", "E5", 7, "没有严重程度“huge”", "major"),
        # E6
        ("happened('verify:false')", "E6", 10, "没有事件“verify:false”", "环节 verify 的结果有 founded、unfounded"),
        ("times('replyed') > 1", "E6", 7, "没有事件“replyed”", "replied"),
    ],
)
def test_the_author_is_told_what_is_wrong_where_and_how_to_mend_it(names, source, code, column, message, hint):
    first = problems_of(source, names)[0]

    assert (first.code, first.column) == (code, column), first
    assert message in first.message_zh
    assert hint in first.hint
    assert first.message_en


def test_lines_are_counted_within_the_condition(names):
    assert [p.line for p in problems_of("matter.harm\n  || matter.harn", names)] == [2]


def test_columns_are_true_after_whole_numbers_and_chinese_text(names):
    source = "matter.distance > 1000 && matter.merchant != '惠民超市' && matter.distance < 20 && matter.harn"

    assert problems_of(source, names)[0].column == source.index("matter.harn") + 1


def test_all_problems_come_at_once_in_the_order_they_are_read(names):
    found = problems_of("matter.harn || happened('replyed') || case.severity > 1 || matter.subject == 'x'", names)

    assert [problem.code for problem in found] == ["E3", "E6", "E4", "E5"]


def test_now_is_not_read_in_rule_tables(names, table_names):
    source = "days(case.received_at, now) > 3"

    assert compile_condition(source, names).reads == {"case.received_at", "now"}
    assert "不能用 now" in problems_of(source, table_names)[0].message_zh


def test_the_person_concerned_exists_in_accountability(accountability_names):
    assert compile_condition("person.is_head || person.role == 'ward'", accountability_names).reads == {
        "person.is_head",
        "person.role",
    }


def test_a_place_that_needs_a_text_does_not_take_a_condition(names):
    assert problems_of("matter.harm", names, "text")[0].code == "E4"
    assert compile_condition("lookup('remit', matter.subject, 'unit')", names, result="text").source


def test_a_field_that_may_stay_empty_is_pointed_out_unless_given_vouches_for_it(names):
    def warned(source):
        return [(problem.code, problem.column) for problem in compile_condition(source, names).warnings]

    assert warned("matter.distance <= 100") == [("W2", 1)]
    assert warned("given(matter.distance) && matter.distance <= 100") == []
    assert warned("!given(matter.distance) || matter.distance <= 100") == []
    assert warned("given(matter.distance) ? matter.distance <= 100 : matter.harm") == [("W2", 51)]
    assert warned("given(matter.distance) || matter.distance <= 100") == [("W2", 27)]
    assert warned("matter.account.contains('伤') && settings.refund_mark > 1") == []
