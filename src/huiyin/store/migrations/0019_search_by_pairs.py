"""An index for the search of long cases. The texts themselves are indexed anew by the rebuild that follows an upgrade."""

from django.db import migrations

from huiyin.store import search_index


class Migration(migrations.Migration):
    dependencies = [("store", "0018_case_sources")]

    operations = [migrations.RunPython(search_index.index_long_cases, search_index.forget_long_cases)]
