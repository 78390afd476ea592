"""The organisations as a Django application."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Connects the signals that tell caches when people or working time changed."""

    name = "huiyin.organisations"
    label = "organisations"
    verbose_name = "单位、人员与制度版本"

    def ready(self) -> None:
        """Listen for changes of people and of working time."""
        from huiyin.organisations import stamps

        stamps.connect()
