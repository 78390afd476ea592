"""The checker's messages, by name: code, Chinese and English text, and how to mend it.

E: the regime cannot be loaded. W: should be looked at. I: good to know. Words in braces are filled in.
"""

from typing import NamedTuple


class Message(NamedTuple):
    """One message in both languages; `mend` says what to do."""

    code: str
    zh: str
    en: str
    mend_zh: str = ""
    mend_en: str = ""


_NOT_ALLOWED_ZH = "制度文件只用最简单的 YAML"

MESSAGES: dict[str, Message] = {
    # ---- the file as YAML
    "unreadable": Message("E23", "读不到文件：{reason}。", "The file cannot be read: {reason}."),
    "too-big": Message("E23", "文件超过 {most}。", "The file is larger than {most}.", "请删减内容。", "Shorten it."),
    "not-text": Message(
        "E23", "文件不是 UTF-8 文本。", "The file is not UTF-8 text.", "请另存为 UTF-8。", "Save it as UTF-8."
    ),
    "bad-yaml": Message(
        "E23",
        "YAML 写法有误：{problem}。",
        "This is not valid YAML: {problem}.",
        "请检查缩进、冒号后的空格和引号。",
        "Check indentation, the space after colons, and quotes.",
    ),
    "second-document": Message(
        "E23",
        "一个文件只能写一部制度（多了“---”）。",
        "One file holds one regime (there is a second '---').",
        "请拆开。",
        "Split it.",
    ),
    "crowd": Message(
        "E23",
        "这里有 {count} 项，最多 {most} 项。",
        "{count} entries here; {most} at most.",
        "请拆成几部制度，或者把名单放进单位维护的表（tables）。",
        "Split the regime, or keep the list in a table of the organisation.",
    ),
    "too-many": Message(
        "E23", "文件内容超过 {most} 项。", "The file has more than {most} values.", "请删减。", "Shorten it."
    ),
    "too-deep": Message(
        "E23", "嵌套超过 {most} 层。", "Nesting is deeper than {most} levels.", "请写平一些。", "Flatten it."
    ),
    "anchor": Message(
        "E23",
        "不能用锚点“&{name}”。",
        "Anchors ('&{name}') are not allowed.",
        f"{_NOT_ALLOWED_ZH}，请直接写出内容。",
        "Write it out.",
    ),
    "alias": Message(
        "E23",
        "不能用别名“*{name}”。",
        "Aliases ('*{name}') are not allowed.",
        f"{_NOT_ALLOWED_ZH}，请直接写出内容。",
        "Write it out.",
    ),
    "tag": Message("E23", "不能用标签“{name}”。", "Tags ('{name}') are not allowed.", "请删去。", "Remove it."),
    "merge-key": Message(
        "E23",
        "不能用合并键“<<”。",
        "The merge key '<<' is not allowed.",
        "请直接写出内容，或用 extends 写变体。",
        "Write it out, or use extends.",
    ),
    "key-not-text": Message("E23", "键必须是文字。", "A key must be text.", "请改写。", "Rewrite it."),
    "extends-missing": Message(
        "E23",
        "找不到所沿用的制度“{name}”。",
        "The regime '{name}' it extends is not found.",
        "请核对 extends。",
        "Check extends.",
    ),
    "extends-circle": Message(
        "E23",
        "沿用关系成圈：{chain}。",
        "The regimes extend each other in a circle: {chain}.",
        "请断开一处。",
        "Break it.",
    ),
    "extends-nothing": Message(
        "E23",
        "被沿用的制度里没有“{name}”，无从删去。",
        "There is no '{name}' to remove in the regime it extends.",
        "请核对。",
        "Check it.",
    ),
    "not-a-regime": Message(
        "E23",
        "文件应是一组“键: 值”。",
        "The file should be a mapping of keys to values.",
        "请从 regime: 写起。",
        "Begin with regime:.",
    ),
    "duplicate-key": Message(
        "E2",
        "键“{key}”出现两次（第{first}行和第{second}行），请合并。",
        "The key '{key}' stands twice (lines {first} and {second}); merge them.",
    ),
    "boolean-key": Message(
        "E24",
        "“{key}”会被 YAML 读成真假值。",
        "YAML reads the key '{key}' as true or false.",
        "表示触发请写 after，否则请加引号。",
        "Write after for a trigger, or quote it.",
    ),
    "boolean-value": Message(
        "E24",
        "“{value}”会被 YAML 读成真假值。",
        "YAML reads '{value}' as true or false.",
        "请写 true 或 false，文字请加引号。",
        "Write true or false, or quote it.",
    ),
    "number-key": Message(
        "E24",
        "“{key}”会被 YAML 读成数字或日期。",
        "YAML reads the key '{key}' as a number or a date.",
        '请加引号："{key}"。',
        'Quote it: "{key}".',
    ),
    "quote-it": Message(
        "E24",
        "这里要写文字，“{value}”会被 YAML 读成数字、日期或真假值。",
        "Text is expected; YAML reads '{value}' as something else.",
        '请加引号："{value}"。',
        'Quote it: "{value}".',
    ),
    # ---- the form of the file
    "unknown-key": Message(
        "E1",
        "不认识“{key}”；这里可以写 {allowed}。",
        "Unknown key '{key}'; {allowed} may stand here.",
        "{hint_zh}",
        "{hint_en}",
    ),
    "of-its-steps": Message(
        "E25",
        "分步办理的职责，“{key}”应写在它的某一步里。",
        "A duty that is done in steps has '{key}' in one of them.",
        "请把 {key}: 移到 steps 的某一步里。",
        "Move {key}: into one of its steps.",
    ),
    "only-outside": Message(
        "E1",
        "“{key}”只能写在外部单位（outside）下面。",
        "'{key}' belongs to parties outside only.",
        "请删去。",
        "Remove it.",
    ),
    "missing-key": Message("E25", "缺少“{key}”。", "'{key}' is missing.", "请补上 {key}:。", "Add {key}:."),
    "wrong-form": Message("E25", "这里应写{expected_zh}。", "{expected_en} is expected here."),
    "not-a-choice": Message(
        "E5",
        "“{value}”不是“{what}”的选项；可用 {known}。",
        "'{value}' is no choice of '{what}'; use one of {known}.",
        "{hint_zh}",
        "{hint_en}",
    ),
    "no-field-of-evidence": Message(
        "E25",
        "材料的内容“{name}”不能是 private 或 file：它写进事件，文件本身就是材料。",
        "'{name}' of a kind of evidence can be neither private nor a file: it stands in events, and files are the evidence.",
        "请改用别的类型；要保密的写 confidentiality。",
        "Use another type, or a rule of confidentiality.",
    ),
    "own-page-of-nobody": Message(
        "E27",
        "渠道“{channel}”写了 own_page，from 却不是凭链接或帐号联系的外部单位。",
        "The channel '{channel}' has own_page, but its from is no body outside that is reached by a link or an account.",
        "请在 from 写明哪个外部角色自己提交，并给它写 reached_by: link。",
        "Name the role outside that files itself in from, and give it reached_by: link.",
    ),
    "bad-id": Message(
        "E25",
        "名称“{name}”只能用小写字母、数字和{joint_zh}。",
        "The name '{name}' may only have lower-case letters, digits and {joint_en}.",
    ),
    "name-taken": Message(
        "E26",
        "名称“{name}”已用于{other_zh}。",
        "The name '{name}' is already taken by {other_en}.",
        "请换一个。",
        "Choose another.",
    ),
    "reserved-name": Message(
        "E26",
        "名称“{name}”是保留字（{other_zh}）。",
        "The name '{name}' is reserved ({other_en}).",
        "请换一个。",
        "Choose another.",
    ),
    "unknown-reference": Message(
        "E27", "没有{kind_zh}“{name}”。", "There is no {kind_en} '{name}'.", "{hint_zh}", "{hint_en}"
    ),
    # ---- conditions
    "condition": Message("E3", "{zh}", "{en}"),
    "condition-type": Message("E4", "{zh}", "{en}"),
    "condition-choice": Message("E5", "{zh}", "{en}"),
    "condition-event": Message("E6", "{zh}", "{en}"),
    "condition-warning": Message("W2", "{zh}", "{en}"),
    # ---- names
    "unknown-event": Message("E6", "没有事件“{name}”。", "There is no event '{name}'.", "{hint_zh}", "{hint_en}"),
    "unknown-outcome": Message(
        "E6",
        "没有事件“{name}”；环节 {step} 的结果有 {outcomes}。",
        "There is no event '{name}'; the outcomes of {step} are {outcomes}.",
    ),
    "unknown-role": Message(
        "E7",
        "没有角色“{name}”；请在 roles 中定义{hint_zh}。",
        "There is no role '{name}'; define it under roles{hint_en}.",
    ),
    "no-cite": Message(
        "E8", "{path}缺少依据；请加 cite: 条款号。", "{path} cites nothing; add cite: with the clause number."
    ),
    "unknown-article": Message(
        "E9", "依据“{name}”不在 articles 中{hint_zh}。", "'{name}' is not among the articles{hint_en}."
    ),
    # ---- the flow
    "never-opens": Message(
        "E10",
        "环节“{step}”永远不会开始：没有环节产生{events}，或几个环节互相等待。",
        "The step '{step}' never opens: nothing produces {events}, or steps wait for each other.",
    ),
    "endless-rounds": Message(
        "E11",
        "{step}可无限重办：请写 rounds，并让某环节 after: {step}.exhausted。",
        "{step} may be done without end: write rounds, and let a step come after: {step}.exhausted.",
    ),
    "no-answer": Message(
        "E12",
        "从{event}到归档的路上没有答复投诉人；请在其中一个环节写 marks: replied。",
        "On the way from {event} to closing the complainant gets no answer; let a step there have marks: replied.",
    ),
    "nobody-goes-on": Message(
        "E13",
        "结果{outcome}之后无人接手，案件会停住；请让某环节 after: {event}。",
        "Nobody goes on after {outcome}, the case would stop; let a step come after: {event}.",
    ),
    "never-closes": Message(
        "E13",
        "没有环节能办到归档，案件永远不会办结；请让最后的环节写 marks: closed。",
        "No step leads to closing; let the last step have marks: closed.",
    ),
    "needs-a-person": Message(
        "E14",
        "{row}须由人确认：请设一个环节 decides: {table}。",
        "{row} needs a person to confirm it: let a step have decides: {table}.",
    ),
    "limit-never-ends": Message(
        "E15",
        "时限{limit}的终点{event}不存在，永远不会办结。",
        "The limit {limit} ends with {event}, which never happens.",
        "{hint_zh}",
        "{hint_en}",
    ),
    "bad-limit": Message("E16", "时限写法“{text}”不认识；请写 {hint}。", "'{text}' is no limit; write {hint}."),
    "bad-limit-field": Message(
        "E16",
        "“{text}”须指向{kind_zh}项；{path}不是。",
        "'{text}' must name a {kind_en} field; {path} is none.",
    ),
    "extension-unapproved": Message(
        "E17",
        "延长须有人批准：请在 extension 中写 approval。",
        "Somebody must approve an extension: write approval under extension.",
    ),
    "extension-amount": Message(
        "E17",
        "延长多久要写明：请写 add_up_to 或 total_up_to 之一。",
        "Say how long the extension may be: write either add_up_to or total_up_to.",
    ),
    "no-last-row": Message(
        "E18",
        "{table}没有兜底行：都不符合时无人承办；请在末尾加一行不带 when 的规则。",
        "{table} has no last row: when nothing fits nobody takes it; end with a row that has no when.",
    ),
    "unapproved-measure": Message(
        "E19",
        "措施{measure}没有批准人；处罚只能建议，请写 approval。",
        "Nobody approves {measure}; sanctions are only proposed, write approval.",
    ),
    "unknown-setting": Message("E20", "设置{name}未定义{hint_zh}。", "The setting {name} is not defined{hint_en}."),
    "field-twice": Message(
        "E21",
        "字段{field}在{first}是{first_zh}、在{second}是{second_zh}；同名字段类型须一致。",
        "The field {field} is {first_type} in {first} and {second_type} in {second}; fields of one name need one type.",
    ),
    "unanswered": Message(
        "E22",
        "发布缺少答案：{title}没有填写。",
        "Before publishing: '{title}' has no answer.",
        "请由单位填写。",
        "Fill it in.",
    ),
    "bad-answer": Message(
        "E22",
        "设置{title}的答案“{value}”不合要求：应为{expected_zh}。",
        "The answer '{value}' to '{title}' must be {expected_en}.",
    ),
    # ---- to be looked at
    "never-reached": Message(
        "W1",
        "{row}永远轮不到：上一行{before}没有条件。",
        "{row} is never reached: {before} above it has no condition.",
    ),
    "idle-role": Message("W3", "角色{role}没有任何工作。", "The role {role} has no work."),
    "no-substitute": Message(
        "W4",
        "{role}可能正是被投诉人，而没有 substitute；将交其上级。",
        "{role} may be the respondent and has no substitute; the case goes to the superior.",
    ),
    "self-check": Message(
        "W5",
        "办理与回访由同一角色{role}自查自评；请确认。",
        "{role} handles and follows up: it checks itself. Please confirm.",
    ),
    "kept-from-all": Message(
        "W5",
        "环节“{step}”由谁办和不能由谁办写的是同样的角色，没有人能办。",
        "Everybody who may do the step '{step}' is kept from it by not_by.",
        "请在 by 里加上别的角色。",
        "Add another role to by.",
    ),
    "idle-form": Message("W6", "表单{form}没有环节产生。", "No step produces the form {form}."),
    "idle-questionnaire": Message("W6", "问卷{name}没有环节使用。", "No step asks the questionnaire {name}."),
    "idle-sample": Message(
        "W6", "样品{name}没有环节{what_zh}。", "No work {what_en} the sample {name}.", "请写上，或删去。", "Add it, or leave it out."
    ),
    "idle-order": Message("W6", "交办事项{name}没有环节、动作或职责交办。", "Nothing gives the order {name}."),
    "idle-setting": Message("W6", "设置{name}从未被用到。", "The setting {name} is never used."),
    "may-overlap": Message(
        "W7",
        "{row}与{other}可能同时成立，以在前的为准，请确认顺序。",
        "{row} and {other} may both hold; the first one counts. Check the order.",
    ),
    "shut-out": Message(
        "W9",
        "保密规则限定查看的人里没有{role}，{role}要办“{step}”时什么也看不到。",
        "The confidentiality rule lets only some see the case, {role} is not among them, yet {role} does {step} and would see nothing.",
        "请在 see 里加上这个角色，或者用 when 写明它不管有这个环节的案件。",
        "Add the role to see, or let when keep the rule from cases with that step.",
    ),
    "nobody-registers": Message(
        "W9",
        "网上收到的（渠道{channel}）没有首接人，“{step}”只写了首接人，网上来的没有人办。",
        "What comes in online (channel {channel}) has no first receiver, yet {step} is by first-receiver alone: nobody does it.",
        "请在 by 里加上受理的部门或岗位，或者用 when 写明只限接待来的渠道。",
        "Add the office or post that takes cases in to by, or let when keep the step to channels with a receiver.",
    ),
    "unheard": Message(
        "W12",
        "处罚规则（{rules}）没有写{missing_zh}。",
        "Rules that sanction somebody ({rules}) do not say {missing_en}.",
        "请在 accountability 下写明，对每条规则都有效；确实不设的，在规则里写 none。",
        "Write it under accountability, where it holds for every rule; where there is none, write none at the rule.",
    ),
    "stands-for-no-time": Message(
        "E25",
        "措施{measure}没有写有效多久，不能用它来限制别的。",
        "The measure {measure} does not say how long it is in force, so it cannot bar anything.",
        "请给它写 stands，如 before year end、1 year、permanent。",
        "Say so with stands: before year end, 1 year, permanent.",
    ),
    "bars-nobody": Message(
        "E25",
        "字段{field}写了 not_under，却不是填人员或部门的。",
        "The field {field} has not_under, but names neither a person nor a unit.",
        "请把类型写成 person 或 unit。",
        "Make it of type person or unit.",
    ),
    "no-publishing-act": Message(
        "W13",
        "门户要公开答复，却没有写由哪个动作公开。",
        "The portal is to show replies, but no act publishes them.",
        "请在 portal.replies 写 act：本制度的一个动作，它填的内容就是公开的内容。",
        "Name one of the regime's own acts in portal.replies as act: what is filled in for it is what is published.",
    ),
    "publishes-nothing": Message(
        "E25",
        "公开答复的动作{act}没有要填的内容，公开出去是空的。",
        "The act {act} that publishes replies has no fields, so nothing would be shown.",
        "请给它写 fields，例如公开的问题、公开的答复。",
        "Give it fields, such as the question and the answer as published.",
    ),
    "publishes-private": Message(
        "E25",
        "{field}是个人信息、人名或文件，不能公开。",
        "{field} is personal data or a file and cannot be published.",
        "公开答复的动作只填可以公开的文字。",
        "Let the act that publishes replies ask for words that everybody may read.",
    ),
    "unbooked-amount": Message(
        "W11",
        "措施{measure}有数额，却没有记入台账，累计不出，也冲销不了。",
        "The measure {measure} is an amount that no ledger keeps: it never adds up and cannot be taken back.",
        "请给它写 ledger；按次数、不计数额的，propose 里写 true。",
        "Give it a ledger; where it is no amount, propose true.",
    ),
    "idle-affair": Message("W8", "{zh}。", "{en}."),
    "transfer-unwatched": Message("W10", "移送：{zh}。", "Transfers: {en}."),
    # ---- good to know
    "text-only": Message(
        "I1",
        "条款{articles}没有规则执行，仅作文字展示。",
        "No rule carries out {articles}; they are shown as text only.",
    ),
    "promptly": Message(
        "I2",
        "{count}个时限只写“及时”，待单位填写：{limits}。",
        "{count} limits say only 'promptly', to be filled in: {limits}.",
    ),
    "kept-table": Message(
        "I3", "表{table}由单位维护，现有{rows}行。", "The organisation keeps the table {table}; it has {rows} rows now."
    ),
    "not-yet": Message(
        "I4", "{what_zh}已读入，本版尚不执行。", "{what_en}: loaded, not carried out by this version yet."
    ),
    "ends-by-itself": Message(
        "I5",
        "审查结果{outcome}之后没有环节：告知投诉人后由系统归档。",
        "No step follows {outcome}: the case is closed once the complainant has been told.",
    ),
    "to-fill-in": Message(
        "I6",
        "{count}项还没有填写，填写以前门户和文书不显示：{titles}。",
        "{count} settings are still to be filled in; until then the portal and papers leave them out: {titles}.",
    ),
}
