"""Rules about complaint handling as such: what Huiyin holds to whatever a regime says.

Each refusal cites an article of the regime, or, where the regime is silent, one of these. Sources: ISO 10002:2018
(guiding principles in clause 4, handling in clause 8) and the PRC Civil Code for counting time.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principle:
    """A core rule: `id` is what citations show, `text` what people read, `source` where it comes from."""

    id: str
    text: str
    text_en: str
    source: str


ANSWER_EVERYBODY = Principle(
    "通则一", "事事有回音：没有答复投诉人，不能归档。", "Nobody is left without an answer.", "ISO 10002:2018, 4.4, 8.8"
)
NOT_ONES_OWN_CASE = Principle(
    "通则二",
    "被投诉人不得经办、审批或查看针对本人的案件。",
    "The accused neither handles nor sees the case.",
    "ISO 10002:2018, 4.6",
)
WHO_MAY = Principle(
    "通则三", "各环节由制度指定的人办理。", "Work is done by those whom the regime names.", "ISO 10002:2018, 4.11, 5.3"
)
IN_ORDER = Principle(
    "通则四",
    "环节按制度规定的次序开始和结束。",
    "Steps begin and end in the order of the regime.",
    "ISO 10002:2018, 8.1",
)
COMPLETE_RECORDS = Principle(
    "通则五", "应填内容填写完整、真实，格式正确。", "Records are complete and well-formed.", "ISO 10002:2018, 8.2, 8.3"
)
FOUR_EYES = Principle(
    "通则六", "提出的人不能自己审批。", "Nobody approves a proposal of one's own.", "ISO 10002:2018, 4.6"
)
CLOSED_STAYS_CLOSED = Principle(
    "通则七",
    "已办结的案件只能补记、申诉或再处理。",
    "A closed case is only annotated, appealed or reopened.",
    "ISO 10002:2018, 8.9",
)
TIME_STANDS_STILL = Principle(
    "通则八",
    "中止或等待补正期间时限停止计算，不办理新环节。",
    "While suspended, time and work stand still.",
    "ISO 10002:2018, 8.1",
)
LIMITS_HOLD = Principle(
    "通则九",
    "时限只能按制度延长，修改内容不会重新起算。",
    "A limit is only extended by rule and never restarts.",
    "民法典第二百零一条至第二百零三条",
)
NO_FUTURE_RECEIPT = Principle(
    "通则十",
    "收到时间不能晚于登记时间；早于登记的，须写明原因。",
    "Receipt is never in the future; an earlier one needs a reason.",
    "ISO 10002:2018, 8.2",
)
ONE_CASE_ONE_FILING = Principle(
    "通则十一",
    "案件先登记后办理，一件只登记一次。",
    "A case is filed once, before anything else.",
    "ISO 10002:2018, 8.2",
)
PERSON_DECIDES = Principle(
    "通则十二",
    "缺少判断所需内容时，由人决定，不由系统推定。",
    "Where a fact is missing a person decides.",
    "ISO 10002:2018, 4.6, 8.4",
)
HEARD_FIRST = Principle(
    "通则十三",
    "对人作出处理之前，听取其陈述。",
    "Whoever is to be held to account is heard first.",
    "ISO 10002:2018, 4.6",
)

PRINCIPLES: dict[str, Principle] = {
    principle.id: principle
    for principle in (
        ANSWER_EVERYBODY,
        NOT_ONES_OWN_CASE,
        WHO_MAY,
        IN_ORDER,
        COMPLETE_RECORDS,
        FOUR_EYES,
        CLOSED_STAYS_CLOSED,
        TIME_STANDS_STILL,
        LIMITS_HOLD,
        NO_FUTURE_RECEIPT,
        ONE_CASE_ONE_FILING,
        PERSON_DECIDES,
        HEARD_FIRST,
    )
}
