"""A mapping to begin with: every name a case of the regime has, each with a column of that title."""

from collections.abc import Mapping
from typing import Any

import yaml

from huiyin.regime.model import Field, FieldType, Regime

FORMATS = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")
SIMPLE = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE)
"""Fields that a cell of text fills as it is."""

_HEAD = """# 《{title}》的导入映射：冒号左边是案件里的名称，column 是表格里的列名。
# 请把列名改成您表格里的；没有的列整行删去。values 左边是表格里的写法，右边不要改。
# key 是认出一行的列：同一个编号只导入一次。
"""


def sample_mapping(regime: Regime) -> str:
    """The mapping as YAML, with a word about how to change it."""
    data: dict[str, Any] = {
        "regime": regime.id,
        "key": ["编号"],
        "kind": _chosen("种类", {title: key for key, title in regime.kinds.items()}),
        "channel": _chosen("渠道", {channel.title: key for key, channel in regime.intake.channels.items()}),
    }
    if regime.categories:
        data["category"] = _chosen("类别", {category.title: key for key, category in regime.categories.items()})
    data["received_at"] = {"column": "收到时间", "formats": list(FORMATS)}
    data["matter"] = {each.id: _cell(each) for each in regime.intake.fields.values() if each.type in SIMPLE}
    data |= {"name": {"column": "姓名"}, "phone": {"column": "电话"}}
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    return _HEAD.format(title=regime.title) + text


def _cell(field: Field) -> dict[str, Any]:
    if field.choices:
        return _chosen(field.title, {title: key for key, title in field.choices.items()})
    return {"column": field.title}


def _chosen(column: str, values: Mapping[str, str]) -> dict[str, Any]:
    return {"column": column, "values": dict(values)}
