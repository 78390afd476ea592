"""The documents as a Django application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Print pages, PDF, Word, XLSX."""

    name = "huiyin.documents"
