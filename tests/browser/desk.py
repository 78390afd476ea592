"""A person at a desk in a real browser: what people do on the pages, in their words."""

import re

from django.test import Client
from playwright.sync_api import expect
from tests.workbench.rehearsal import account


class Desk:
    """One person's browser window. Each person has one of their own."""

    def __init__(self, open_page, person, path="/desk/", **options):
        from django.conf import settings

        client = Client()
        client.force_login(account(person))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page = open_page(path, cookies={settings.SESSION_COOKIE_NAME: session}, **options)

    def open(self, number):
        """Go to the page of a case."""
        self.page.goto(f"/desk/cases/{number}/")
        return self

    def do(self, title, *, yes="确定", choose=(), unit=None, person=None, **typed):
        """Press an act of the case page, fill in its dialog, send it, and wait for the word that it is done.

        `person`: the label of a field, and who is chosen there.
        """
        bar = self.page.get_by_role("group", name="现在可以做的事")
        link = bar.get_by_role("link", name=title)
        if not link.first.is_visible():
            bar.get_by_text("其他", exact=True).click()
        link.first.click()
        dialog = self.page.get_by_role("dialog")
        for label, words in typed.items():
            dialog.get_by_label(label).first.fill(words)
        for label in choose:
            question, _, answer = label.rpartition("：")
            part = dialog.get_by_role("group", name=question) if question else dialog
            part.get_by_label(answer, exact=True).first.check()
        if unit:
            dialog.get_by_label("承办部门").select_option(label=unit)
        if person:
            label, who = person
            dialog.get_by_label(label).select_option(value=who)
        dialog.get_by_role("button", name=yes).click()
        return self

    def done(self, title):
        """Wait for the toast that says so."""
        self.page.locator("#toasts").get_by_text(re.compile(f"已办：.*{re.escape(title)}")).wait_for()
        return self

    def handed_in(self, title):
        """Wait for the toast that says it waits for approval now."""
        self.page.locator("#toasts").get_by_text(re.compile(f"已送审：.*{re.escape(title)}")).wait_for()
        return self

    def shows(self, words):
        """Wait until the words are on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()
