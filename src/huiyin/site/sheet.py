"""What the living sheet shows: each component with invented material, in each of its states."""

from datetime import date
from typing import Any

from django import forms

from huiyin.site.components import (
    STATES,
    Choice,
    DayCell,
    DeskFrame,
    Fact,
    FilterChip,
    NavGroup,
    NavItem,
    ObligationRow,
    PortalFrame,
    Step,
    StoryEntry,
    Who,
)

DUES = (
    ("overdue", "超期1个工作日"),
    ("today", "今天17:30"),
    ("soon", "明天17:30"),
    ("later", "10月16日 周五"),
    ("paused", "已中止"),
    ("done", "提前2个工作日"),
)

PIGMENTS = (
    ("石青", "动作、链接", "bg-primary", "bg-soft-primary border-line-primary"),
    ("朱砂", "超期、危险", "bg-error", "bg-soft-error border-line-error"),
    ("赭石", "今天、提醒", "bg-warning", "bg-soft-warning border-line-warning"),
    ("石绿", "完成、达标", "bg-success", "bg-soft-success border-line-success"),
    ("丁香", "等审批", "bg-secondary", "bg-soft-secondary border-line-secondary"),
    ("墨", "文字", "bg-neutral", "bg-base-200 border-base-300"),
)

OBLIGATIONS = (
    ObligationRow(
        due_state="overdue",
        due_text="超期1个工作日",
        due_at=date(2026, 10, 8),
        what="催收《医院投诉调查表》",
        cite="第七条",
        cite_href="#b04",
        number="2026-0398",
        matter="输液外渗后两小时无人处理，手臂肿胀",
        href="#b07",
        severity=2,
        who=Who("骨科", kind="unit"),
        act=Choice("催办", "#b07", primary=True),
    ),
    ObligationRow(
        due_state="soon",
        due_text="明天17:30",
        due_at=date(2026, 10, 10),
        what="答复投诉人",
        cite="第八条",
        cite_href="#b04",
        number="2026-0412",
        matter="病案室复印病历排队三个半小时",
        href="#b07",
        severity=1,
        who=Who("沈一川", me=True),
        act=Choice("写答复", "#b07"),
    ),
    ObligationRow(
        due_state="paused",
        due_text="已中止",
        what="核实第二次检查的必要性",
        cite="第七条",
        cite_href="#b04",
        number="2026-0419",
        matter="对术后并发症的处理有异议，等鉴定结论",
        href="#b07",
        severity=3,
        who=Who("医务处", kind="unit"),
        act=Choice("答复", blocked="先审批退费", cite="收费四"),
    ),
    ObligationRow(
        due_state="later",
        due_text="10月12日 周一",
        what="开启意见箱并登记",
        cite="职责3",
        cite_href="#b04",
        number="每周一",
        matter="门诊大厅、住院部一楼、急诊三处，两人同开",
        href="#b07",
        kind_word="定期",
        who=Who("何秋实"),
        act=Choice("安排", "#b07"),
    ),
)

STORY = (
    StoryEntry(
        "今天9:15",
        "stamp",
        "提出退费，等审批",
        tone="approval",
        cite="收费四",
        cite_href="#b04",
        quote="两次检查项目编码相同，间隔12小时50分，无新的临床指征记录，建议退还第二次费用。",
    ),
    StoryEntry("昨天11:05", "clip", "补充材料", tone="act", note="查询页上传", body="缴费单据2张"),
    StoryEntry("10月1至7日", "pause", "国庆假期7天，不计入时限", folded=True),
    StoryEntry("9月28日9:26", "check", "受理", tone="good", cite="第八条", cite_href="#b04", who=Who("沈一川")),
)

CHIPS = (
    FilterChip("我负责", "#b10", count=13, chosen=True),
    FilterChip("全办公室", "#b10", count=41),
    FilterChip(
        "科室",
        kind="menu",
        options=(
            FilterChip("骨科", "#b10", count=9),
            FilterChip("超声科", "#b10", count=14),
            FilterChip("药学部", "#b10", count=3),
        ),
    ),
    FilterChip("排除已中止", "#b10", kind="on", chosen=True),
)

STEPS = (Step("登记", "done", "9月28日"), Step("受理", "done", "9月28日"), Step("核实", "now"), Step("答复"))

FACTS = (
    Fact("来源", "来电，9月28日9:12"),
    Fact("争议金额", "286.00元"),
    Fact("希望怎样", "退费；说明原因"),
    Fact("证人"),
)


DESK = DeskFrame(
    organisation="青屿市第一人民医院",
    office="医患关系办公室",
    person=Who("沈一川", me=True),
    groups=(
        NavGroup(
            (
                NavItem("我的一天", "/_components/desk/", "day", 13),
                NavItem("案件", "#cases", "case", 86),
                NavItem("督办", "#orders", "flag", 4, hot=True),
            )
        ),
        NavGroup((NavItem("制度库", "#regimes", "book"), NavItem("台账", "#ledgers", "ledger")), "制度与职责"),
    ),
    intake_href="#intake",
    notices_href="#notices",
    unread=3,
    notice_title="10月10日（周六）补班",
    notice="算工作日，时限照常走",
    rehearsal="演练：时钟在2026年10月9日10:20，这里的事都不算数",
)

PORTAL = PortalFrame(
    organisation="青屿市第一人民医院",
    links=(NavItem("联系渠道", "#ways", "phone"), NavItem("办理情况", "#kept", "chart"), NavItem("制度公开", "#rules", "book")),
    foot_links=(NavItem("个人信息怎样保护", "#privacy", "lock"),),
)


def why_this_day() -> list[DayCell]:
    """Ten working days from 28 September 2026 over 国庆 and a make-up Saturday."""
    cells = [
        DayCell(date(2026, 9, 28), "start", "受理"),
        DayCell(date(2026, 9, 29), "count", "第1天"),
        DayCell(date(2026, 9, 30), "count", "第2天"),
    ]
    cells += [DayCell(date(2026, 10, day), "skip", "国庆") for day in range(1, 8)]
    cells += [
        DayCell(date(2026, 10, 8), "count", "第3天"),
        DayCell(date(2026, 10, 9), "count", "第4天", today=True),
        DayCell(date(2026, 10, 10), "count", "补班5"),
        DayCell(date(2026, 10, 11), "skip", "休"),
    ]
    cells += [DayCell(date(2026, 10, day), "count", f"第{day - 6}天") for day in range(12, 16)]
    return [*cells, DayCell(date(2026, 10, 16), "due", "第10天")]


class SampleForm(forms.Form):
    """Every kind of control a regime's form can ask for."""

    subject = forms.ChoiceField(label="在哪个科室", choices=[("r", "放射科"), ("o", "骨科")])
    story = forms.CharField(
        label="发生了什么",
        help_text="按先后说就行：谁、在哪、做了什么、说了什么。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    amount = forms.DecimalField(label="多收了多少", required=False, max_digits=9, decimal_places=2)
    phone = forms.CharField(label="您的手机号", max_length=11, min_length=11)
    wishes = forms.MultipleChoiceField(
        label="希望我们怎样做",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("explain", "说明收费依据"), ("refund", "退还多收的钱"), ("sorry", "道歉"), ("change", "改进做法")],
    )
    identity = forms.ChoiceField(
        label="要不要让人知道您是谁",
        widget=forms.RadioSelect,
        choices=[
            ("named", "实名：核实最快"),
            ("sealed", "对科室保密：只有医患办知道"),
            ("anonymous", "匿名：请凭查询码看答复"),
        ],
    )
    agree = forms.BooleanField(label="以上是我所知道的事实", help_text="故意编造要承担责任。")


def sheet() -> dict[str, Any]:
    """The template variables of the sheet."""
    form = SampleForm(
        {
            "subject": "r",
            "story": "上午在放射科做膝关节磁共振，扣费是双侧的价格。",
            "phone": "1380013",
            "wishes": ["explain", "refund"],
            "identity": "sealed",
            "agree": "on",
        },
        auto_id="f_%s",
    )
    return {
        "pigments": PIGMENTS,
        "states": list(STATES),
        "dues": DUES,
        "obligations": OBLIGATIONS,
        "story": STORY,
        "chips": CHIPS,
        "steps": STEPS,
        "facts": FACTS,
        "days": why_this_day(),
        "form": form,
        "me": Who("沈一川", "我", me=True),
        "acts": (
            Choice("审批退费286.00元", "#b10", primary=True, icon="stamp"),
            Choice("记录联系", "#b10", icon="pen"),
            Choice("延长时限", "#b16", icon="clock", dialog="extend"),
            Choice("答复投诉人", icon="send", blocked="先审批退费，收费四"),
        ),
    }
