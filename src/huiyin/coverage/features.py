"""What the platform does for every regime, whatever its file says.

A fact that one of these carries out names it as `feature.NAME` in `coverage.yaml`, together with a test that shows it.
"""

from collections.abc import Mapping

FEATURES: Mapping[str, str] = {
    "one-number": "收到即给唯一编号，一案一号，编号不重复、不空缺。",
    "first-receiver": "谁首先接到就由谁登记，登记的人记录在案，并看得到这个案件。",
    "timeline": "案件经过逐条列出：时间、人、动作和依据的条款。",
    "event-chain": "发生过的事只能追加，逐条用散列值相连，改动能被查出来。",
    "corrections-kept": "更正只增加一条记录，原来的内容保留可查。",
    "access-policy": "谁能看、能办由统一的规则决定，没有写明允许的一律不许。",
    "accused-kept-out": "被投诉人不能办理、审批、查看针对本人的案件。",
    "four-eyes": "提出的人不能自己批准，审批必须由另一人作出。",
    "recusal": "有利害关系的人可以回避，回避后不再经手和查看。",
    "looks-recorded": "查看被遮盖的个人信息，每次都留下记录。",
    "personal-data": "个人信息加密存放，屏幕上遮盖，需要时才显示。",
    "anonymous-filing": "匿名投诉不留姓名和联系方式，也能凭回执查询和收到答复。",
    "complainant-notices": "收到、审查结果、中止、延长、办结，系统总会告知投诉人，并附依据。",
    "tracking": "投诉人凭编号和查询码查看进展、补充材料、评价和申诉。",
    "receipt": "登记后给投诉人回执，写明编号和查询码。",
    "public-page": "门户公布投诉渠道、地点、时间、联系方式和制度条文。",
    "legal-paths": "门户列出其他解决途径和联系方式。",
    "evidence-upload": "材料随投诉上传，按种类存放，存入后内容不变。",
    "signatures": "文书由规定的人签名，签齐之前不能归档。",
    "print": "回执和文书可以打印。",
    "working-time": "工作日按国家放假安排计算，调休和单位作息都算在内。",
    "due-explained": "每个到期日都说明从哪天起、跳过哪些天、数到哪一天。",
    "reminders": "到期前提醒，到期后报告，由系统按时发出。",
    "my-work": "每人一张清单，列出等自己办的事和到期时间。",
    "search": "按编号、文字、状态、部门等查找案件。",
    "similar-cases": "登记时列出相似的案件，避免重复登记。",
    "ledgers": "计分、罚款、奖励分册记账，只增不改。",
    "statistics": "按部门和时限统计办理是否按时。",
    "import": "以前的登记簿可以从表格导入。",
    "rehearsal": "改了制度，可以先用写好的情景故事演一遍再发布。",
    "regime-versions": "制度分版本发布，在办案件按其适用的版本办理。",
    "rules-shown": "制度全文和每一条规则在系统里可以查看。",
    "paper-intake": "来电、来信、来访由工作人员代为登记，可以补登并写明收到时间。",
    "late-entry": "补登的写明原因，收到时间不能晚于现在。",
}
"""Name of the feature → what it does."""
