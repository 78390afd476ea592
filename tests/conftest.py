"""What all tests share: which database, a browser, the product served for it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

PROJECT = Path(__file__).parent.parent

# How long an example takes says nothing about the property, only about what else the machine is doing.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database` is acted on by tests/settings.py, which is read before any option is."""
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql", "pooled"),
        default="sqlite",
        help="which database the tests run on (sqlite)",
    )


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """A pooler keeps connections to the test's database, so it goes with the whole cluster instead of being dropped."""
    return bool(request.config.getoption("--database") == "pooled" or request.config.getvalue("reuse_db"))


WAIT = 20_000
"""Milliseconds that browser tests wait for something to appear; generous, as the machine may be busy with other tests."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The Chromium installed on this machine, driven by playwright; one for all browser tests of a worker."""
    from playwright.sync_api import expect, sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.fail(
            "没有找到 chromium，请运行 make test（会自动安装）或 apt-get install chromium。Chromium is missing."
        )
    # Playwright runs an event loop in this thread, which makes Django believe that tests were asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--force-color-profile=srgb",
                "--font-render-hinting=none",
            ],
        )
        yield browser
        browser.close()


Open = Callable[..., Any]


@pytest.fixture
def open_page(chromium: Any, live_server: Any) -> Iterator[Open]:
    """`open_page("/path", width=390, dark=False, javascript=True, cookies={…})` gives a playwright page of the live product.

    Each page has its own cookies, as another person at another computer would. Errors in the page's scripts and
    anything the content policy blocked make the test fail.
    """
    contexts, wrong = [], []

    def open_(
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        javascript: bool = True,
        cookies: dict[str, str] | None = None,
    ) -> Any:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            has_touch=width < 600,
        )
        contexts.append(context)
        context.set_default_timeout(WAIT)
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in (cookies or {}).items()]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: "Content Security Policy" in message.text and wrong.append(message.text))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not wrong, wrong


@pytest.fixture
def signed_in(open_page: Open, client: Any) -> Open:
    """`signed_in(user, "/desk/", width=…)` opens a page as that user, without going through the sign-in form."""

    def open_as(user: Any, path: str, **options: Any) -> Any:
        from django.conf import settings

        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return open_page(path, cookies={settings.SESSION_COOKIE_NAME: session}, **options)

    return open_as


AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def accessibility_faults() -> Callable[[Any], list[str]]:
    """`accessibility_faults(page)` lists what axe-core finds against WCAG 2.2 AA, one line a place; empty is good."""
    source = AXE.read_text(encoding="utf-8")

    def faults(page: Any) -> list[str]:
        page.evaluate(source)  # not a script element: the content policy would rightly block it
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
            AXE_RULES,
        )
        return [
            f"{violation['id']}: {violation['help']}: {' '.join(map(str, node['target']))}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return faults
