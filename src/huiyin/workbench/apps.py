"""The workbench as a Django application."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Templates and views of the staff face; no tables of its own."""

    name = "huiyin.workbench"
    label = "huiyin_workbench"
    verbose_name = "工作台"
