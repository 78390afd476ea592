"""The words every regime shares: the catalogue of events (ISO 10002), core acts, milestones, verbs of scenarios."""

from collections.abc import Mapping

CATALOGUE: Mapping[str, str] = {
    # receipt 收件
    "received": "收到", "registered": "登记", "acknowledged": "确认收到", "completion-asked": "要求补正",
    "completed": "补正", "withdrawn": "撤回",
    # assessment 审查
    "graded": "定级", "accepted": "受理", "refused": "不予受理", "explained": "不予受理并说明", "settled": "当场解决",
    "merged": "并案", "transferred": "移送",
    # transfer to a body outside 移送
    "transfer-sent": "移送发出", "transfer-received": "对方签收", "transfer-returned": "对方退回",
    # assignment 分派
    "assigned": "分派", "co-assigned": "增加协办", "reassigned": "改派", "returned": "退回", "recused": "回避",
    # handling 办理
    "contacted": "联系投诉人", "progress-told": "告知进展", "noted": "记录", "evidence-added": "补充证据",
    "sealed": "封存", "unsealed": "启封", "weighed": "认定证据", "seal-broken": "封样破损", "custody-broken": "样品交接有缺",
    "pressed": "催办", "instructed": "批示",
    "ordered": "督办", "order-answered": "回复督办", "risk-flagged": "风险提示",
    "asked-back": "外单位提问", "outside-told": "告知外单位", "extension-asked": "申请延长",
    "extended": "准予延长", "extension-refused": "不准延长", "suspended": "中止", "resumed": "恢复", "terminated": "终止",
    # decision 认定
    "concluded": "办结", "submitted": "送审", "approved": "批准", "rejected": "退回修改", "remedied": "采取措施",
    "recall-asked": "通知收回文书", "recalled": "收回文书", "not-recalled": "文书未能收回", "voided": "文书作废",
    "sanction-proposed": "建议处罚", "sanction-confirmed": "确认处罚", "reward-confirmed": "确认奖励",
    "view-stated": "陈述意见", "objected": "提出异议", "sanction-withdrawn": "撤销处罚", "sanction-upheld": "维持处罚",
    # reply 答复, follow-up 回访
    "replied": "答复", "reply-delivered": "答复送达", "informed": "告知", "followed-up": "回访", "satisfied": "满意",
    "dissatisfied": "不满意", "unreachable": "联系不上", "reopened": "再次办理", "appealed": "申诉",
    # closing 归档, outside a case
    "closed": "归档", "archived": "存档", "destroyed": "销毁", "published": "制度发布", "post-taken": "到岗",
}  # fmt: skip
"""Event → Chinese title."""

CORE_ACTS: Mapping[str, tuple[str, str]] = {
    "note": ("记录", "noted"),
    "contact": ("联系投诉人", "contacted"),
    "tell-progress": ("告知进展", "progress-told"),
    "add-evidence": ("补充证据", "evidence-added"),
    "seal-evidence": ("封存证据", "sealed"),
    "open-evidence": ("启封", "unsealed"),
    "weigh-evidence": ("认定证据效力", "weighed"),
    "ask-more": ("要求补正", "completion-asked"),
    "complete": ("补正材料", "completed"),
    "press": ("催办", "pressed"),
    "transfer": ("移送", "transferred"),
    "send-transfer": ("发出移送", "transfer-sent"),
    "confirm-transfer": ("登记签收", "transfer-received"),
    "return-transfer": ("登记退回", "transfer-returned"),
    "return": ("退回", "returned"),
    "reassign": ("改派", "reassigned"),
    "add-unit": ("增加协办", "co-assigned"),
    "extend": ("延长时限", "extension-asked"),
    "suspend": ("中止办理", "suspended"),
    "resume": ("恢复办理", "resumed"),
    "terminate": ("终止办理", "terminated"),
    "withdraw": ("撤回", "withdrawn"),
    "merge": ("并案", "merged"),
    "link": ("关联案件", ""),
    "instruct": ("批示", "instructed"),
    "supervise": ("督办", "ordered"),
    "answer-order": ("回复督办", "order-answered"),
    "accept-report": ("认可报告", ""),
    "return-report": ("退回报告", ""),
    "amend-report": ("更正报告", ""),
    "withdraw-report": ("撤回报告", ""),
    "recall-order": ("收回交办", ""),
    "invite": ("请外单位办理", ""),
    "uninvite": ("停用外单位链接", ""),
    "renew-link": ("换发外单位验证码", ""),
    "ask-back": ("向办理单位提问", "asked-back"),
    "tell-outside": ("告知外单位", "outside-told"),
    "regrade": ("调整等级", "graded"),
    "correct": ("更正", ""),
    "flag-risk": ("风险提示", "risk-flagged"),
    "recuse": ("回避", "recused"),
    "remedy": ("采取措施", "remedied"),
    "reopen": ("再次办理", "reopened"),
    "appeal": ("申诉", "appealed"),
    "sign": ("签名", ""),
    "reissue": ("重新出具文书", ""),
    "recall": ("收回文书", ""),
}
"""Core act → its Chinese title and the catalogue event it causes (empty: none)."""

MEANS: Mapping[str, str] = {
    "phone": "电话", "call": "电话", "talk": "面谈", "visit": "上门", "on-site": "现场查看", "counter": "窗口当面",
    "letter": "信函", "fax": "传真", "email": "电子邮件", "sms": "短信", "wechat": "微信", "web": "网上", "online": "网上",
}  # fmt: skip
"""Means of reaching somebody (`via`) → Chinese title; a regime may name its channels as well."""

SAMPLE_FIELDS: Mapping[str, str] = {
    "sample_kind": "种类", "sample_name": "名称", "sample_quantity": "数量", "sample_place": "采取地点",
    "sample_taken_at": "采取时间", "sample_keeper": "保管人或存放处", "seal_number": "封条编号", "seal_state": "封样情况",
    "sample": "哪一件", "handed_from": "交出人", "handed_to": "接收人", "handed_at": "交接时间",
    "sample_condition": "状况",
}  # fmt: skip
"""What work on samples asks besides its own fields → title."""

SEAL_STATES: Mapping[str, str] = {"whole": "完好", "broken": "破损或已开启", "missing": "没有封条"}

KEPT = "-kept"
"""How the name of the duty ends in which samples of a kind are disposed of when the time to keep them is over."""

RECALL_STAGES: Mapping[str, tuple[str, str]] = {
    "asked": ("已通知交回", "recall-asked"),
    "returned": ("已收回", "recalled"),
    "lost": ("未能收回", "not-recalled"),
    "voided": ("已作废", "voided"),
}
"""How far the recall of a paper is → its Chinese title and the catalogue event it is."""

ORDER_STAGES = ("given", "reported", "withdrawn", "returned", "recalled", "done", "settled")
"""Of an order: reported and accepted is done; settled, when none of its kind is left open."""

TRANSFER_EVENTS = ("transfer-sent", "transfer-received", "transfer-returned")
"""What happens to a transfer after it was decided; only where the regime has rules of transfers."""

ONLINE_CHANNELS = ("web", "online", "portal", "network", "wechat", "app", "email")
"""Channels that a form on the web counts as, most fitting first; e-mail is the nearest thing where none is named."""

REVISION = "regime-revision"
"""The affair in which a regime is looked at again (`governance.revise_every`)."""

SCENARIO_VERBS = frozenset(
    {
        "file", "fill", "approve", "reject", "acknowledge", "wait", "take-post", "leave", "reverse-booking", "renew-code",
        "state-view", "object-to",
    }
)

ASSESSMENT_EVENTS: Mapping[str, str] = {
    "accept": "accepted", "refuse": "refused", "explain": "explained", "settle": "settled", "merge": "merged",
    "transfer": "transferred", "ask-more": "completion-asked",
}  # fmt: skip
"""Assessment outcome → the event it is."""

ANSWERED_BY_ITSELF = frozenset({"refused", "settled", "merged", "transferred", "withdrawn", "terminated"})
"""Ends of a case whose own notice is the answer to the complainant."""

MILESTONES: Mapping[str, str] = {
    "registered": "登记", "acknowledged": "确认收到", "accepted": "受理审查", "assigned": "分派", "concluded": "办理",
    "replied": "答复", "followed-up": "回访", "closed": "归档",
}  # fmt: skip
"""Milestone → title of a step that reaches it."""

DECISIONS: Mapping[str, str] = {"assessment": "受理审查", "routing": "分派", "severity": "定级"}

KINDS: Mapping[str, str] = {
    "complaint": "投诉", "report": "举报", "consultation": "咨询", "suggestion": "建议", "objection": "异议",
    "service-request": "报修", "praise": "表扬", "internal": "内部投诉",
}  # fmt: skip

WAYS: Mapping[str, str] = {
    "email": "电子邮件", "sms": "短信", "dingtalk": "钉钉", "wecom": "企业微信", "feishu": "飞书", "webhook": "对接系统",
}  # fmt: skip
"""Ways on which a copy of what stands in the workbench or on the tracking page goes out → title."""

OPEN_WAYS = ("sms", "dingtalk", "wecom", "feishu", "webhook")
"""Ways that others than the person meant may read, as long as a regime says nothing about it."""

TOLD: Mapping[str, str] = {"notice": "告知", "reminder": "到期提醒", "order": "督办", "approval": "审批"}
"""Kinds of things told to staff → title."""

USUAL_STEPS: Mapping[str, str] = {
    "record": "登记", "register": "登记", "take": "接收登记", "receive": "接待", "sort": "分拣", "accept": "受理登记",
    "assess": "受理审查", "judge": "判断", "assign": "分派", "dispatch": "派工", "pass-on": "转办", "handle": "办理",
    "investigate": "调查", "verify": "核实", "analyse": "分析原因", "plan": "处理方案", "reply": "答复",
    "answer": "答复", "explain": "说明", "follow-up": "回访", "revisit": "回访", "recover": "补救", "archive": "归档",
    "close": "归档", "conclude": "办结",
}  # fmt: skip
"""Titles of steps that many regimes have and often leave untitled."""
