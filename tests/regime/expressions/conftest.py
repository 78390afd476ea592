import pytest

from huiyin.regime.expressions import FieldType, Names

FIELDS = {
    "matter": {
        "harm": FieldType("yes-no", title="造成人身损害"),
        "distance": FieldType("number", title="距离"),
        "subject": FieldType("choice", {"fee": "收费", "service": "服务", "goods": "商品"}, "事项类别"),
        "demands": FieldType("choices", {"refund": "退费", "apology": "道歉", "repair": "维修"}, "诉求"),
        "bought_on": FieldType("date", title="购买日期"),
        "merchant": FieldType("text", title="商家"),
        "account": FieldType("long-text", title="事情经过", always_given=True),
    },
    "facts": {
        "refund": FieldType("money", title="退费金额"),
        "cause": FieldType("choice", {"ours": "我方", "customer": "客户"}, "原因"),
        "founded": FieldType("yes-no", title="属实"),
    },
    "answers": {"result": FieldType("scale", title="处理结果")},
    "settings": {"refund_mark": FieldType("money", title="须领导批准的退费金额", always_given=True)},
}
VOCABULARIES = {
    "events": {
        "replied": "已答复",
        "verify": "核实",
        "verify:founded": "属实",
        "verify:unfounded": "不属实",
        "refused": "不予受理",
    },
    "severities": {"general": "一般", "major": "重大"},
    "categories": {"fee": "收费", "attitude": "态度"},
    "kinds": {"complaint": "投诉", "report": "举报"},
    "channels": {"visit": "来访", "letter": "来信", "phone": "电话"},
    "evidence": {"invoice": "发票", "new-clue": "新线索"},
    "rules": {"rude": "态度恶劣"},
    "ledgers": {"score": "绩效分"},
    "roles": {"authority": "主管部门", "ward": "科室"},
    "table_titles": {"remit": "管辖分工"},
    "tables": {"remit": {"unit": "承办科室", "fee": "费用"}},
}


def names_in(context: str) -> Names:
    return Names(**FIELDS, **VOCABULARIES, context=context)


@pytest.fixture(scope="session")
def names() -> Names:
    return names_in("flow")


@pytest.fixture(scope="session")
def table_names() -> Names:
    return names_in("table")


@pytest.fixture(scope="session")
def accountability_names() -> Names:
    return names_in("accountability")
