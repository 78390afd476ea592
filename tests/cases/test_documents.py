"""A document says what the case said when it was produced: composed once, numbered, signed in order, then never changed."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.documents.content import (
    Cell,
    GridBlock,
    HeadingBlock,
    Run,
    Sheet,
    TableBlock,
    Text,
    TextBlock,
    digest_of,
    sheet_from_json,
    sheet_to_json,
)
from huiyin.cases.events import DocumentProduced
from huiyin.cases.people import Complainant
from huiyin.cases.values import PRIVATE

from .desk import BASE, Desk, desk, flow

NAMED = Complainant(party="party-1")


def with_form(form: dict[str, Any], *, settings: Any = None, **more: Any) -> Desk:
    """A desk whose registration produces the form `sheet`."""
    sheet = {"title": "投诉登记表", **form}
    return desk(flow=flow(register={"produces": "sheet"}, **more), forms={"sheet": sheet}, settings=settings)


def sheet_of(play: Desk, key: str = "sheet-1") -> Sheet:
    produced = next(e for e in play.events if isinstance(e, DocumentProduced) and e.key == key)
    return sheet_from_json(produced.content)


def words(text: Text) -> str:
    return "".join(run.text if run.kind == "text" else f"<{run.kind} {run.text}>" for run in text)


def cells(sheet: Sheet) -> dict[str, str]:
    tables = [block for block in sheet.blocks if isinstance(block, TableBlock)]
    return {cell.label: words(cell.text) for block in tables for row in block.rows for cell in row}


def paragraphs(sheet: Sheet) -> list[str]:
    return [words(block.text) for block in sheet.blocks if isinstance(block, TextBlock)]


# -- layout ------------------------------------------------------------------------------------------------------------


def test_a_title_alone_gives_the_whole_case_with_decisions_and_their_articles() -> None:
    assessment = {"rest": {"title": "属于本单位", "outcome": "accept", "cite": "三"}}
    fields = {"checked": {"title": "核对情况", "type": "long-text"}, "amount_right": {"title": "金额无误", "type": "yes-no"}}
    steps = flow(register={"produces": "sheet", "fields": fields, "decides": "assessment"})
    play = desk(assessment=assessment, flow=steps, forms={"sheet": {"title": "投诉登记表", "signed_by": "first-receiver"}})
    play.file(complainant=NAMED, points=("退费", "道歉"), matter={"account": "换药等了两小时", "amount": 286})
    play.step("first-receiver", "register", fields={"amount_right": True})
    sheet = sheet_of(play)
    assert cells(sheet) == {
        "收到时间": "2026年3月2日9时",
        "来源": "电话",
        "事项类型": "投诉",
        "投诉人": "<personal complainant.name>",
        "联系电话": "<personal complainant.phone>",
        "被投诉方": "<unit 内科> <person 钱护士>",
        "经过": "换药等了两小时",
        "金额": "286.00元",
        "造成损害": "☐是　☑否",
        "诉求": "1. 退费\n2. 道歉",
        "核对情况": "",
        "金额无误": "☑是　☐否",
    }
    assert (sheet.title, sheet.number, sheet.version, sheet.day) == ("投诉登记表", "2026-0001/1", 1, "2026年3月2日")
    assert [(place.title, place.many) for place in sheet.places] == [("首接人", 1)]


def test_short_contents_share_a_row_long_ones_stand_alone() -> None:
    play = with_form({"fields": ["case.number", "case.channel", "account", "case.kind"]})
    play.file(matter={"account": "换药等了两个小时，没有人说明是什么缘故"})
    play.step("desk", "register")
    [table] = sheet_of(play).blocks
    assert isinstance(table, TableBlock)
    assert [[cell.label for cell in row] for row in table.rows] == [["来源"], ["经过"], ["事项类型"]]


def test_a_form_to_the_complainant_is_a_letter_and_addresses_him_by_name() -> None:
    play = with_form({"to": "complainant", "fields": ["account"]})
    play.file(complainant=NAMED)
    play.step("desk", "register")
    sheet = sheet_of(play)
    assert (sheet.letter, sheet.seal) == (True, True)
    assert paragraphs(sheet) == [
        "<personal complainant.name>：",
        "您于2026年3月2日反映的事项（编号2026-0001），现告知如下。",
        "态度冷淡",
    ]


def test_lines_lay_out_a_form_as_the_rule_writer_wants_it() -> None:
    play = with_form(
        {
            "header": "内部",
            "lines": [
                "{respondent.unit}：",
                {"section": "事由"},
                "{case.received_at}收到投诉（{work.cite}），涉及{amount}。",
                {"row": {"case.number": "编号", "handler": ""}},
                {"blank": "领导批示", "height": 5},
            ],
        }
    )
    play.file()
    play.step("desk", "register")
    sheet = sheet_of(play)
    salutation, heading, text, table = sheet.blocks
    assert salutation == TextBlock((Run("内科", "respondent.unit", "unit"), Run("：")), flush=True)
    assert heading == HeadingBlock("事由")
    assert isinstance(text, TextBlock)
    assert words(text.text) == "2026年3月2日收到投诉（第一条：第一条。），涉及＿＿＿＿＿＿。"
    assert table == TableBlock(
        (
            (Cell("编号", (Run("2026-0001", "case.number"),)), Cell("承办人", ())),
            (Cell("领导批示", (), 5),),
        )
    )
    assert words(sheet.header) == "内部"


LINE = {"line": {"title": "投诉电话", "type": "text", "default": ""}}
FILLED = {"line": {**LINE["line"], "default": "0571-00000001"}}
TOLD = {
    "header": "电话：{settings.line}",
    "lines": ["已经登记。", "有疑问请打{settings.line}。", {"row": ["case.number", "settings.line"]}, {"row": ["settings.line"]}],
}


def test_a_sentence_or_cell_with_what_the_organisation_has_not_filled_in_is_not_printed() -> None:
    play = with_form(TOLD, settings=LINE)
    play.file()
    play.step("desk", "register")
    sheet = sheet_of(play)
    assert (words(sheet.header), paragraphs(sheet)) == ("", ["已经登记。"])
    [table] = [block for block in sheet.blocks if isinstance(block, TableBlock)]
    assert [[cell.label for cell in row] for row in table.rows] == [["案件编号"]]


def test_once_it_is_filled_in_it_is_printed() -> None:
    play = with_form(TOLD, settings=FILLED)
    play.file()
    play.step("desk", "register")
    sheet = sheet_of(play)
    assert (words(sheet.header), paragraphs(sheet)) == ("电话：0571-00000001", ["已经登记。", "有疑问请打0571-00000001。"])
    assert cells(sheet)["投诉电话"] == "0571-00000001"


@pytest.mark.parametrize(("settings", "shown"), [(LINE, []), (FILLED, ["0571-00000001"])])
@pytest.mark.parametrize("form", [{"fields": ["settings.line"]}, {"to": "complainant", "fields": ["settings.line"]}])
def test_the_usual_layout_leaves_out_what_is_not_filled_in(form: dict[str, Any], settings: Any, shown: list[str]) -> None:
    play = desk(settings=settings, flow=flow(register={"produces": "sheet"}), forms={"sheet": {"title": "回执", **form}})
    play.file(complainant=NAMED)
    play.step("desk", "register")
    sheet = sheet_of(play)
    assert [said for said in (*paragraphs(sheet)[2:], *cells(sheet).values()) if said or not shown] == shown


def test_each_point_shows_what_was_found_on_it_and_not_on_the_last_one() -> None:
    steps = flow(
        register={"produces": None},
        handle={
            "per": "point",
            "fields": {"cause": "原因"},
            "outcomes": {"founded": "属实", "unfounded": "不属实"},
        },
        reply={"produces": "sheet"},
    )
    form = {"title": "答复书", "lines": [{"each": "points", "show": {"text": "诉求", "cause": "", "outcome": "结论"}}]}
    play = desk(flow=steps, forms={"sheet": form}).assigned(points=("退费", "道歉"))
    play.step("ward-head", "handle", member="2", fields={"cause": "人手不足"}, outcome="founded")
    play.step("ward-head", "handle", member="1", fields={"cause": "已经退过"}, outcome="unfounded")
    play.step("ward-head", "reply")
    [grid] = sheet_of(play).blocks
    assert isinstance(grid, GridBlock)
    assert grid.columns == ("诉求", "原因", "结论")
    assert [[words(text) for text in row] for row in grid.rows] == [
        ["退费", "已经退过", "不属实"],
        ["道歉", "人手不足", "属实"],
    ]


@pytest.mark.parametrize(
    ("each", "columns", "first"),
    [
        ("evidence", ("序号", "名称", "种类", "是否封存", "提交人"), None),
        ("steps", ("序号", "环节", "经办人", "办理时间", "结果", "依据"), "登记"),
        ("limits", ("时限", "到期", "完成", "情况", "依据"), None),
    ],
)
def test_lists_of_a_case_have_their_usual_columns(each: str, columns: tuple[str, ...], first: str | None) -> None:
    play = with_form({"lines": [{"each": each}]})
    play.file()
    play.step("desk", "register")
    [grid] = sheet_of(play).blocks
    assert isinstance(grid, GridBlock)
    assert grid.columns == columns
    assert [words(row[1]) for row in grid.rows] == ([first] if first else [])


# -- personal data -----------------------------------------------------------------------------------------------------


def test_personal_data_is_named_and_never_held_and_shown_in_full_only_where_the_form_lists_it() -> None:
    fields = {**BASE["intake"]["fields"], "home": {"title": "住址", "private": True}}
    intake = {**BASE["intake"], "fields": fields}
    forms = {"sheet": {"title": "登记表"}, "listed": {"title": "回执", "fields": ["complainant.name", "home"]}}
    play = desk(intake=intake, flow=flow(register={"produces": ["sheet", "listed"]}), forms=forms)
    play.file(complainant=NAMED, matter={"account": "无人答复", "home": PRIVATE})
    play.step("desk", "register")

    def personal(key: str) -> set[tuple[str, bool]]:
        blocks = [block for block in sheet_of(play, key).blocks if isinstance(block, TableBlock)]
        runs = [run for block in blocks for row in block.rows for cell in row for run in cell.text]
        return {(run.text, run.full) for run in runs if run.kind == "personal"}

    assert personal("sheet-1") == {("complainant.name", False), ("complainant.phone", False), ("matter.home", False)}
    assert personal("listed-1") == {("complainant.name", True), ("matter.home", True)}


def test_words_of_the_complainant_cannot_pass_for_personal_data_or_for_a_place() -> None:
    account = '["complainant.phone", "complainant.phone", "personal", true] {complainant.phone} </td><script>'
    play = with_form({"lines": ["{account}"]})
    play.file(complainant=NAMED, matter={"account": account})
    play.step("desk", "register")
    [block] = sheet_of(play).blocks
    assert block == TextBlock((Run(account, "matter.account"),))


def test_a_sheet_comes_back_from_json_as_it_was() -> None:
    form = {"lines": ["{handler}：", {"section": "一"}, {"row": ["account"]}, {"each": "steps"}], "footer": "第{case.number}号"}
    play = with_form(form)
    play.file()
    play.step("desk", "register")
    sheet = sheet_of(play)
    assert sheet_from_json(sheet_to_json(sheet)) == sheet


# -- versions ----------------------------------------------------------------------------------------------------------


def correct(play: Desk, value: str) -> None:
    play.do("first-receiver", cmd.Correct(path="matter.account", value=value, text="笔误"))


def test_a_document_stays_as_it_was_and_a_correction_goes_into_a_new_version() -> None:
    play = with_form({"fields": ["account"], "signed_by": ["first-receiver"]})
    play.file()
    play.step("first-receiver", "register")
    correct(play, "态度冷淡，推诿")
    assert cells(sheet_of(play)) == {"经过": "态度冷淡"}
    play.do("first-receiver", cmd.Reissue(document="sheet-1", text="更正经过"))
    old, new = play.the_case.documents["sheet-1"], play.the_case.documents["sheet-2"]
    assert (new.version, new.replaces, old.replaced_by, new.number) == (2, "sheet-1", "sheet-2", old.number)
    assert cells(sheet_of(play, "sheet-2")) == {"经过": "态度冷淡，推诿"}
    assert new.digest != old.digest
    again = play.refused("first-receiver", cmd.Reissue(document="sheet-1", text="再来一次"))
    assert (again.code, again.cite) == ("not-open-now", ("通则四",))


def test_a_new_version_needs_a_reason_and_a_document() -> None:
    play = with_form({"fields": ["account"]})
    play.file()
    play.step("first-receiver", "register")
    assert play.refused("first-receiver", cmd.Reissue(document="sheet-1", text=" ")).fields == {"text": "请写明理由"}
    assert play.refused("first-receiver", cmd.Reissue(document="x", text="更正")).fields == {"document": "请选择文书"}


def test_an_earlier_version_needs_no_signature_any_more() -> None:
    play = with_form({"fields": ["account"], "signed_by": ["leader"]})
    play.file()
    play.step("first-receiver", "register")
    play.do("first-receiver", cmd.Reissue(document="sheet-1", text="更正"))
    assert play.the_case.documents["sheet-1"].missing() == {}
    play.do("leader", cmd.Sign())
    assert play.the_case.documents["sheet-2"].signatures == (("leader", "leader"),)


def test_a_document_has_a_number_of_its_register_or_one_within_the_case() -> None:
    play = with_form({"number": "督〔{year}〕{serial:04}"})
    play.file()
    play.step("first-receiver", "register")
    play.do("first-receiver", cmd.Reissue(document="sheet-1", text="更正"))
    assert [each.number for each in play.the_case.documents.values()] == ["督〔2026〕0001", "督〔2026〕0001"]
    plain = with_form({})
    plain.file()
    plain.step("first-receiver", "register")
    assert plain.the_case.documents["sheet-1"].number == "2026-0001/1"


# -- signatures --------------------------------------------------------------------------------------------------------


def test_signatures_are_given_in_the_order_of_the_form_and_an_early_one_is_refused_with_its_article() -> None:
    play = with_form({"signed_by": ["ward-head", "leader"], "cite": "六"}).assigned()
    early = play.refused("leader", cmd.Sign())
    assert (early.code, early.cite) == ("not-open-now", ("六",))
    assert early.message == "《投诉登记表》先由科室主任签名，再由分管领导签名。"
    assert "sign.sheet-1" not in play.offers("leader")
    play.do("ward-head", cmd.Sign())
    play.do("leader", cmd.Sign())
    assert play.the_case.documents["sheet-1"].missing() == {}


def test_nobody_signs_a_document_that_lacks_what_the_form_requires() -> None:
    play = with_form({"fields": ["account", "amount"], "required": "amount", "signed_by": "first-receiver", "cite": "七"})
    play.file()
    play.step("first-receiver", "register")
    assert play.the_case.documents["sheet-1"].signatures == ()
    refused = play.refused("first-receiver", cmd.Sign())
    assert (refused.code, refused.cite) == ("unmet-requirement", ("七",))
    assert refused.message == "《投诉登记表》还没有“金额”，补齐后重新出具，再签名。"
    play.do("first-receiver", cmd.Correct(path="matter.amount", value=286, text="补填"))
    play.do("first-receiver", cmd.Reissue(document="sheet-1", text="补齐金额"))
    assert play.the_case.documents["sheet-2"].signatures == (("first-receiver", "first-receiver"),)


def test_every_signature_is_put_to_the_content_as_it_stands() -> None:
    play = with_form({"signed_by": ["first-receiver", "leader"]})
    play.file()
    play.step("first-receiver", "register")
    play.do("leader", cmd.Sign())
    document = play.the_case.documents["sheet-1"]
    produced = next(event for event in play.events if isinstance(event, DocumentProduced))
    assert document.digest == digest_of(produced.content)
    assert [digest for _at, digest in document.signed] == [document.digest, document.digest]
    changed = {**produced.content, "title": "改过的登记表"}
    assert digest_of(changed) != document.digest


def test_what_a_form_wants_filled_in_is_asked_by_the_work_that_produces_it() -> None:
    filled = {"seal_place": {"title": "封存地点", "required": True}}
    play = with_form({"fields": ["seal_place"], "filled": filled})
    play.file()
    assert play.refused("desk", cmd.Perform(work="register")).fields == {"seal_place": "请填写“封存地点”"}
    play.step("desk", "register", fields={"seal_place": "护士站"})
    assert cells(sheet_of(play)) == {"封存地点": "护士站"}


def test_a_notice_brings_the_paper_of_a_step_and_makes_out_one_that_no_step_does() -> None:
    notices = {
        "told": {"title": "告知", "after": "registered", "to": "complainant", "form": "letter", "cite": "一"},
        "brought": {"title": "送登记表", "after": "registered", "to": "desk", "form": "sheet", "cite": "一"},
    }
    forms = {"sheet": {"title": "投诉登记表"}, "letter": {"title": "受理告知书", "to": "complainant"}}
    play = desk(flow=flow(register={"produces": "sheet"}), forms=forms, notices=notices)
    play.file()
    play.step("desk", "register")
    assert [document.form for document in play.the_case.documents.values()] == ["sheet", "letter"]
