"""The programming interface as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tokens, and the REST interface at /api/v1/."""

    name = "huiyin.api"
    label = "huiyin_api"
    verbose_name = "接口"
