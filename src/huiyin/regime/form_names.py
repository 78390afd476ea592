"""What a form may name besides the fields of the regime itself: facts of the case every form can show.

The manual documents exactly these names; a test keeps both together.
"""

from collections.abc import Mapping

CASE_NAMES: Mapping[str, str] = {
    "case.number": "案件编号",
    "case.kind": "事项类型",
    "case.channel": "来源",
    "case.category": "类别",
    "case.severity": "严重程度",
    "case.received_at": "收到时间",
    "case.filed_at": "登记时间",
    "case.points": "诉求",
    "case.evidence": "材料",
    "case.due": "办结期限",
    "case.state": "办理状态",
    "case.answered_at": "答复时间",
    "case.closed_at": "办结时间",
    "complainant.name": "投诉人",
    "complainant.phone": "联系电话",
    "complainant.address": "地址",
    "complainant.email": "电子邮箱",
    "complainant.id_number": "证件号码",
    "complainant.people": "投诉人数",
    "respondent": "被投诉方",
    "respondent.unit": "被投诉部门",
    "respondent.person": "被投诉人",
    "first-receiver": "首接人",
    "handler": "承办人",
    "handling-unit": "承办部门",
    "also": "协办部门",
    "assessment": "受理审查",
    "routing": "分派",
    "satisfied": "满意情况",
    "body.name": "外单位",
    "body.remit": "职责",
    "body.address": "外单位地址",
    "body.phone": "外单位电话",
    "body.email": "外单位电子邮箱",
    "body.website": "外单位网址",
    "body.hours": "外单位办公时间",
    "transfer.number": "移送文号",
    "transfer.received_on": "签收日期",
    "transfer.received_by": "签收人",
    "transfer.their_number": "对方编号",
    "work.outcome": "结果",
    "work.by": "经办人",
    "work.cite": "依据条款",
    "document.number": "文号",
    "document.version": "版次",
    "now": "出具日期",
    "organisation": "单位名称",
    "regime.title": "制度名称",
}
"""Name → the label it usually carries. `work.…` is the work that produced the document."""

OF_A_DOCUMENT = frozenset({"work.outcome", "work.by", "work.cite", "document.number", "document.version"})
"""Names that mean nothing in a register, which no work produces."""

LIST_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "points": {"number": "序号", "text": "诉求", "outcome": "结果", "done_by": "经办人", "done_at": "办理时间"},
    "evidence": {
        "number": "序号", "title": "名称", "kind": "种类", "data": "内容", "place": "保管处", "force": "证明力", "seal": "封存",
        "sealed": "是否封存", "added_by": "提交人",
    },
    "enclosures": {"number": "序号", "title": "名称", "kind": "种类"},
    "steps": {"number": "序号", "title": "环节", "done_by": "经办人", "done_at": "办理时间", "outcome": "结果", "cite": "依据"},
    "samples": {
        "number": "编号", "kind": "种类", "name": "名称", "quantity": "数量", "place": "采取地点", "taken_at": "采取时间",
        "taken_by": "采取人", "present": "在场", "seal": "封条编号", "state": "封样情况", "keeper": "现由谁保管",
        "code": "盲样编号", "keep_until": "留样至",
    },
    "custody": {
        "sample": "样品", "at": "时间", "what": "经过", "giver": "交出人", "taker": "接收人", "state": "封样情况",
        "condition": "状况", "gap": "备注", "by": "记录人",
    },
    "results": {"sample": "样品", "code": "盲样编号", "number": "第几份", "tester": "检验人", "at": "时间"},
    "orders": {"number": "序号", "text": "事项", "to": "受办", "due": "期限", "given_at": "交办时间", "report": "办理情况",
               "reported_at": "报告时间", "state": "情况"},
    "carried": {"number": "序号", "text": "事项", "to": "由谁报告", "due": "期限", "given_at": "交办时间", "report": "办理情况",
                "reported_at": "报告时间", "state": "情况", "source": "来自"},
    "limits": {"title": "时限", "due": "到期", "ended_at": "完成", "status": "情况", "cite": "依据"},
}
"""What `each` goes through → its columns, name → label. Points and results have the fields of the work done on them, too."""

WHERE_SAID = frozenset({"data", "place", "force", "seal"})
"""Columns that a form without `show` has only where some piece says something there."""

NUMBER_PLACES = frozenset({"year", "month", "day", "serial"})
"""Places a document number may have; without `{serial}` one is appended."""
