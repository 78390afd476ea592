"""Invented messages to a city government: as many as one likes, always the same ones."""

from dataclasses import dataclass
from random import Random

SUBJECTS = ("labour", "construction", "education", "commerce", "environment", "health", "transport")
_PLACES = ("海棠路", "明珠广场", "青屿新村", "东屿码头", "梧桐里", "望江小区", "滨河南路", "云池街", "松涛苑", "石榴巷")
_MATTERS = {
    "labour": ("拖欠三个月工资", "没有缴纳社会保险", "加班费一直没有结清", "工伤认定迟迟没有结果"),
    "construction": ("外墙瓷砖脱落", "楼道电梯频繁故障", "雨后路面积水", "施工围挡占用人行道"),
    "education": ("校门口乱收费", "操场塑胶有异味", "补课屡禁不止", "学区划分没有公示"),
    "commerce": ("预付卡无法退费", "商品标价与结账不符", "景区强制消费", "市场缺斤少两"),
    "environment": ("夜间施工噪声扰民", "工厂排放刺鼻气味", "河道漂浮垃圾", "餐馆油烟直排"),
    "health": ("挂号排队时间过长", "诊所无证行医", "疫苗接种点不开门", "检查费用解释不清"),
    "transport": ("公交线路常常脱班", "路口红绿灯损坏", "出租车拒载", "停车位被长期占用"),
}
_ASKED = ("请尽快派人到现场核实", "希望给一个明确的答复", "请责成有关单位整改", "请说明依据和办理时限", "希望退还多收的费用")
_FAMILY, _GIVEN = "林沈顾梅严竺桑葛庞左", ("晓雨", "知夏", "南乔", "若溪", "知远", "清荷", "雨辰", "一帆", "念安", "思齐")


@dataclass(frozen=True, slots=True)
class Message:
    """One message with its sender."""

    number: int
    subject: str
    title: str
    account: str
    demand: str
    name: str
    phone: str
    address: str


def message(number: int) -> Message:
    """The message of this number."""
    chance = Random(number)
    subject, place = chance.choice(SUBJECTS), chance.choice(_PLACES)
    trouble, house = chance.choice(_MATTERS[subject]), chance.randint(1, 399)
    account = (
        f"{place}{house}号附近{trouble}，从{chance.randint(1, 9)}月{chance.randint(1, 28)}日开始，"
        f"周围{chance.randint(3, 60)}户居民都受影响。我们打过{chance.randint(1, 6)}次电话，一直没有人来处理，"
        f"{chance.choice(_MATTERS[subject])}的问题也还在。"
    )
    return Message(
        number,
        subject,
        f"{place}{house}号{trouble}",
        account,
        chance.choice(_ASKED),
        chance.choice(_FAMILY) + chance.choice(_GIVEN),
        f"139{number:08d}",
        f"青屿市{place}{house}号",
    )
