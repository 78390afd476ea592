"""Sheets and readers for tests: one invented complaint form, and somebody who may read all, some or nothing of it."""

from dataclasses import dataclass

from huiyin.cases.documents.content import Cell, GridBlock, HeadingBlock, Place, Run, Sheet, TableBlock, TextBlock
from huiyin.documents.printed import Printed, PrintedSignature, printed

HOSTILE = '</td><script>alert(1)</script><img src="http://evil.example/x.png"> {{ paper.organisation }} {% now "Y" %}'


@dataclass(frozen=True)
class Reader:
    """Reads with invented names; `hidden` is withheld, `in_full` says whether personal data may be seen whole."""

    hidden: frozenset[str] = frozenset()
    in_full: bool = True
    organisation: str = "青屿医院"

    def person(self, person: str) -> str:
        return {"he-wanyin": "何婉吟"}.get(person, person)

    def unit(self, unit: str) -> str:
        return {"ward": "骨科病区"}.get(unit, unit)

    def personal(self, path: str, *, full: bool) -> str:
        return "林晓雨" if full and self.in_full else "林**"

    def hides(self, path: str) -> bool:
        return path in self.hidden


def sheet(account: str = "换药等了两小时，没有人说明原因", **changes) -> Sheet:
    """A form with every kind of block."""
    table = TableBlock(
        (
            (Cell("投诉人", (Run("complainant.name", "complainant.name", "personal", True),)), Cell("来源", (Run("☑来电　☐来访"),))),
            (Cell("事情经过", (Run(account, "matter.account"),)),),
            (Cell("领导批示", (), 4),),
        )
    )
    usual = {
        "form": "register-form",
        "title": "投诉登记表",
        "number": "登〔2026〕0007",
        "version": 1,
        "case_number": "2026-0417",
        "regime": "《投诉管理制度》1.0",
        "day": "2026年9月28日",
        "blocks": (
            table,
            HeadingBlock("逐条核实"),
            GridBlock(("诉求", "结论"), (((Run("退费"),), (Run("属实"),)), ((Run("道歉"),), (Run("不属实"),)))),
            TextBlock((Run("被投诉的是"), Run("ward", "respondent.unit", "unit"), Run("。"))),
        ),
        "places": (Place("office", "投诉办公室"),),
        "copies": 2,
        "copies_to": ("质控科",),
    }
    return Sheet(**{**usual, **changes})


def paper(account: str = "换药等了两小时，没有人说明原因", reader: Reader | None = None, **changes) -> Printed:
    """The form as somebody reads it, signed by 何婉吟."""
    signed = [PrintedSignature("投诉办公室", "何婉吟", "2026年9月28日10时30分")]
    return printed(sheet(account, **changes), reader or Reader(), signed)
