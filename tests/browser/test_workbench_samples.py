"""A re-test of the original sample, told by the pages in a real browser."""

import pytest
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of
from tests.workbench.test_samples import LIN, ROOM, SU, appeal_to_be_tested_again

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_room_fetches_and_codes_two_testers_test_apart_and_the_room_compares(open_page, accessibility_faults):
    receipt = appeal_to_be_tested_again(rehearsal_of("lab-appeals"))
    room = Desk(open_page, ROOM).open(receipt.number)
    room.do("调取原样", 名称="总排口水样", 数量="500毫升", 采取地点="样品库三号柜").done("调取原样")
    room.do("交接样品", 接收人="制样间", 状况="四摄氏度冷藏").done("交接样品")
    room.shows("孔令未交制样间")
    room.do("编盲样").done("编盲样")

    first = Desk(open_page, LIN).open(receipt.number)
    assert not first.page.get_by_text("样品库三号柜").count()
    first.do("复检", **{"复检结果（数值）": "0.187", "计量单位": "毫克每升"}).done("复检")
    second = Desk(open_page, SU, width=390).open(receipt.number)
    assert not second.page.get_by_text("0.187").count()
    second.do("复检", **{"复检结果（数值）": "0.191", "计量单位": "毫克每升"}).done("复检")

    room.open(receipt.number)
    room.shows("0.187")
    room.shows("辛未鸣")
    room.do("比对结果", choose=["原结果有误"], 比对情况="原结果0.81，书写颠倒").done("比对结果")
    assert accessibility_faults(room.page) == []
