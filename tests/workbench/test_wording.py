"""A draft with discouraged words comes back once with better ones; whoever insists may send it as it is."""

from django.urls import reverse

from huiyin.store.models import CaseRow


def receive(client, receipt, text, **more):
    there = reverse("desk-act", args=[receipt.number, "perform.receive"])
    return client.post(there, {"outcome": "guided", "text": text, "based_on": "", "key": "wording", **more})


def version(receipt):
    return CaseRow.objects.get(number=receipt.number).version


def test_the_draft_comes_back_with_better_words(desk_of, complaint):
    receipt, client = complaint(), desk_of("jiang-xubai")
    before = version(receipt)
    answer = receive(client, receipt, "告诉投诉人：这不归我们管")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "“这不归我们管”，建议改为：这件事由医患办统一受理，我带您过去。" in shown
    assert "告诉投诉人：这不归我们管" in shown
    assert version(receipt) == before


def test_insisting_sends_it_as_it_is(desk_of, complaint):
    receipt, client = complaint(), desk_of("jiang-xubai")
    before = version(receipt)
    assert receive(client, receipt, "告诉投诉人：这不归我们管", wording="kept").status_code == 302
    assert version(receipt) > before


def test_other_words_go_through_at_once(desk_of, complaint):
    receipt = complaint()
    assert receive(desk_of("jiang-xubai"), receipt, "已引导到医患办").status_code == 302
