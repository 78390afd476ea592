"""The jobs as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Named `jobs`, so its tables begin with `jobs_`."""

    name = "huiyin.jobs"
    label = "jobs"
    verbose_name = "任务"
