"""The site as a Django application: it brings the frame's templates, static files and component tags."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Named apart from django.contrib.sites."""

    name = "huiyin.site"
    label = "huiyin_site"
    verbose_name = "回音"
