"""The notices as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Named `notices`, so its tables begin with `notices_`."""

    name = "huiyin.notices"
    label = "notices"
    verbose_name = "通知"
