"""Light or dark: the visitor's choice in a cookie, read by the server, so that no page flashes in the wrong colours."""

from django.http import HttpRequest

COOKIE = "huiyin_theme"  # static_src/theme.js writes it
THEMES = {"light": "huiyin", "dark": "huiyin-dark"}


def theme_of(request: HttpRequest) -> str:
    """The value for data-theme: huiyin, huiyin-dark, or empty to follow the system."""
    return THEMES.get(request.COOKIES.get(COOKIE, ""), "")
