"""The store as a Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Named `store`, so its tables begin with `store_`."""

    name = "huiyin.store"
    label = "store"
    verbose_name = "案件存储"
