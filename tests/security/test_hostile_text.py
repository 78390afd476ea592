"""Hostile text through every door: nothing breaks, what was typed is shown as typed, and nothing of it becomes markup."""

import json
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from tests.security import hostile
from tests.security.conftest import MANAGER, RECEIVER, portal

from huiyin.application.paging import page_key
from huiyin.application.story import story
from huiyin.cases.people import Respondent
from huiyin.store.models import CaseRow, EventRow

FORM = {
    "kind": "complaint", "matter-subject": "service", "identity": "named", "name": "林晓雨", "phone": "13800005521",
    "do": "submit",
}  # fmt: skip
STEP = 4
"""Each door takes a quarter of the collected strings, each another one, so that all of them are tried somewhere."""


def ours(_door):
    return hostile.OURS


def collected(door):
    return hostile.strings()[door::STEP]


SETS = pytest.mark.parametrize("strings", [ours, collected])


class Markup(HTMLParser):
    """Tags and attributes of a page, and its words."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.words = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(sorted(name for name, _value in attrs))))

    def handle_data(self, data):
        self.words.append(data)


def skeleton(page):
    """The page's tags and attribute names: text that stays text does not change them."""
    return Markup(page).tags


def words(page):
    return "".join(Markup(page).words)


def plain(text):
    """As a text field keeps it: line ends of one kind, no blanks around, no NUL."""
    return hostile.sendable(text).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


@SETS
def test_what_was_typed_into_the_portal_is_kept_or_refused_and_comes_back_as_typed(strings, hospital, nobody):
    address, troubles = portal(hospital, "file/patient-relations/"), {}
    for text in strings(0):
        data = {**FORM, "matter-account": hostile.sendable(text), "points": hostile.sendable(text)[:300]}
        answer = nobody.post(address, data)
        if answer.status_code not in (302, 422):
            troubles[text] = answer.status_code
    assert troubles == {}
    kept = {row.title for row in CaseRow.objects.all()}
    assert len(kept) > len(strings(0)) // 3


@SETS
def test_hostile_names_and_codes_find_nothing_and_break_nothing(strings, hospital, nobody, settings):
    address, troubles = portal(hospital, "track/"), {}
    for place, text in enumerate(strings(1)):
        sent = hostile.sendable(text)
        answer = nobody.post(address, {"number": sent, "code": sent}, REMOTE_ADDR=f"198.51.{place // 250}.{place % 250}")
        if answer.status_code not in (422, 429):
            troubles[text] = answer.status_code
    assert troubles == {}


@SETS
def test_searching_for_hostile_words_breaks_nothing(strings, matter, desk_of, api_of):
    """In the list and in the interface; `similar` while typing takes the same words."""
    desk, interface, troubles = desk_of(MANAGER), api_of(MANAGER), {}
    for place, text in enumerate(strings(2)):
        sent = hostile.sendable(text)
        answers = [interface.get("/api/v1/cases", {"q": sent[:100]}).status_code]
        if place % STEP == 0:  # the pages are slower and ask the same
            answers.append(desk.get("/desk/cases/", {"q": sent}).status_code)
            fields = {"name": sent, "phone": sent, "f-account": sent, "unit": sent, "person": sent}
            answers.append(desk.post("/desk/intake/similar/", fields).status_code)
        if not set(answers) <= {200, 400, 422}:
            troubles[text] = answers
    assert troubles == {}


@SETS
def test_the_interface_takes_hostile_text_or_says_what_is_wrong_with_it(strings, api_of):
    interface, troubles = api_of(RECEIVER), {}
    for text in strings(3):
        body = {
            "regime": "patient-relations", "kind": "complaint", "channel": "phone", "category": "service",
            "matter": {"account": text, "subject": "service"}, "personal": {"name": text[:200]},
        }  # fmt: skip
        answer = interface.post("/api/v1/file", json.dumps(body), content_type="application/json")
        if answer.status_code not in (201, 400, 422):
            troubles[text] = answer.status_code
    assert troubles == {}


def test_text_stays_text_on_every_page_that_shows_it(file, desk_of):
    """Hostile words bring no tag and no attribute to a page that plain words did not; and they are there, as typed."""
    desk = desk_of(MANAGER)
    addresses = ("/desk/cases/{}/", "/desk/cases/{}/?story=contact", "/desk/cases/{}/do/correct.correct/")

    def pages(text):
        receipt = file(text, request=text, place=text, respondent=Respondent(name=text[:200]))
        return [desk.get(address.format(receipt.number)).content.decode() for address in addresses]

    pages("平常的话")
    known = [set(skeleton(page)) for page in pages("平常的话")]  # the second has a similar case beside it
    for text in [each for each in (*hostile.OURS, *_marked_up()) if set(each) & set("<\"'{")]:
        shown = pages(hostile.sendable(text))
        assert plain(text) in words(shown[0]).replace("\r\n", "\n")
        added = [set(skeleton(page)) - before for page, before in zip(shown, known, strict=True)]
        assert added == [set()] * len(addresses), text


def _marked_up():
    return hostile.collected()[::24] if hostile.COLLECTED.is_file() else ()


def test_the_story_and_the_events_hold_the_words_as_typed(file, hospital):
    from huiyin.application.loading import open_case
    from huiyin.cases.people import Actor

    text = '"><img src=x onerror=alert(1)> {{ 7*7 }} \u202e倒'
    receipt = file(text)
    opened = open_case(hospital, Actor(MANAGER), receipt.case_id)
    assert opened.case.matter["account"] == text
    assert any(text in value for entry in story(opened) for _title, value in entry.facts)
    assert json.loads(EventRow.objects.filter(case_id=receipt.case_id).order_by("sequence").first().body)


def test_no_text_is_read_as_a_template_or_format(file, desk_of):
    receipt = file("{{ 7|add:42 }} {% now 'Y' %} %(title)s {0} ${7*7}")
    page = words(desk_of(MANAGER).get(f"/desk/cases/{receipt.number}/").content.decode())
    assert "{{ 7|add:42 }} {% now 'Y' %} %(title)s {0} ${7*7}" in page


def test_hostile_addresses_are_no_pages(matter, hospital, desk_of, nobody, api_of):
    desk, interface = desk_of(MANAGER), api_of(MANAGER)
    for text in ("../../etc/passwd", "\x00", "%00", "' OR 1=1 --", "<script>", "\u202e", "a" * 3_000, "..%2f..%2f", "\n"):
        part = quote(text, safe="")
        for client, address in (
            (desk, "/desk/cases/{}/"), (desk, "/desk/regimes/{}/"), (desk, "/desk/intake/{}/"),
            (desk, f"/desk/cases/{matter.number}/papers/{{}}/"), (desk, f"/desk/cases/{matter.number}/evidence/{{}}/"),
            (nobody, "/regimes/{}/"), (nobody, "/o/{}/"), (nobody, "/static/{}"), (interface, "/api/v1/cases/{}"),
            (interface, "/api/v1/regimes/{}"),
        ):  # fmt: skip
            answer = client.get(address.format(part))
            assert answer.status_code in (400, 404, 422), (address, text, answer.status_code)
        acted = desk.get(f"/desk/cases/{matter.number}/do/{part}/")
        assert acted.status_code in (302, 400, 404), text  # "this step cannot be done now"


def test_no_character_of_a_form_at_the_desk_breaks_it(matter, desk_of):
    """Fields that stand in no form's definition: keys, reasons, versions, where to go back to."""
    desk, case = desk_of(MANAGER), f"/desk/cases/{matter.number}/"
    for text in ("\x00", "\u202e", "x" * 5_000, "\U0001f600", "９９", "²", "-1", "99999999999999999999"):
        data = {"key": text, "reason": text, "based_on": text, "back": text, "text": text, "name": text, "unit": text, "person": text}
        for path in (case + "look/", case + "do/supervise.supervise/", "/desk/intake/similar/", "/desk/intake/patient-relations/"):
            assert desk.post(path, data).status_code in (200, 302, 400, 409, 422), (path, text)


FOR_THE_LIST = (
    "since=0001-01-01", "since=9999-12-31", "since=2026-02-30", "after=!!", "after=WzFd", "q=%00", "q=%ff%fe", "view=%00",
    "regime=%00&category=x", "unit=%00", "state='&severity=%22", "overdue=%00", "q=" + "%20" * 500, "after=%00",
)  # fmt: skip
FOR_TIMELINESS = (
    "from=0001-01-01", "to=0001-01-01", "from=9999-12-31", "to=9999-12-31", "from=x&to=%00", "regime=%00",
)  # fmt: skip
FOR_THE_INTERFACE = (
    "received_from=0001-01-01T00:00:00%2B14:00", "received_before=9999-12-31T23:59:59-12:00", "received_from=1",
    "received_from=inf", "limit=0", "limit=1e9", "limit=-1", "after=" + "A" * 399, "after=%00", "handler=%00", "q=%00",
)  # fmt: skip
PAGE_KEYS = (
    ["0001-01-01T00:00:00+14:00", "00000000-0000-0000-0000-000000000000", 1],
    ["9999-12-31T23:59:59-12:00", "00000000-0000-0000-0000-000000000000", 1],
    ["2026-01-01T00:00:00+00:00", "00000000-0000-0000-0000-000000000000", "x"],
    ["2026-01-01T00:00:00", "00000000-0000-0000-0000-000000000000", 1], [1, 2, 3], [2**80, 2**80, 2**80],
    ["2026-01-01T00:00:00+00:00", "x", 10**30], ["00000000-0000-0000-0000-000000000000"], [""], ["\x00"],
    ["2026-01-01T00:00:00+00:00", "00000000-0000-0000-0000-000000000000", 10**30],
)  # fmt: skip
"""Keys are not signed: whoever makes one up only chooses where the page of their own list begins."""


def test_hostile_questions_are_answered_with_a_page_or_a_reason(matter, desk_of, api_of):
    """Years before time zones, half letters, keys that were made up: never an error of ours."""
    desk, interface = desk_of(MANAGER), api_of(MANAGER)
    asked = [(desk, f"/desk/cases/?{query}") for query in FOR_THE_LIST]
    asked += [(desk, f"/desk/timeliness/?{query}") for query in FOR_TIMELINESS]
    for query in FOR_THE_INTERFACE:
        asked.append((interface, f"/api/v1/cases?{query}"))
        asked.append((interface, "/api/v1/obligations?" + query.replace("received", "due")))
    for key in (page_key(*values) for values in PAGE_KEYS):
        asked += [(desk, f"/desk/?after={key}"), (desk, f"/desk/cases/?after={key}")]
        asked += [(interface, f"/api/v1/{path}?after={key}") for path in ("cases", "obligations")]
    answers = {address: client.get(address).status_code for client, address in asked}
    assert {address: status for address, status in answers.items() if status not in (200, 400, 422)} == {}


def test_line_breaks_never_reach_a_header(hospital, nobody, desk_of, matter):
    answer = nobody.get(f"/o/{hospital.slug}/regimes/patient-relations/?x=%0d%0aSet-Cookie:%20a=b")
    assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"]
    sent = desk_of(MANAGER).get("/desk/cases/%0d%0aX-Evil:1/filed/")
    assert "X-Evil" not in sent.headers
