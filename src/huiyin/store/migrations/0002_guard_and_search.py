"""Append-only triggers and the full-text index, which each database has in its own way."""

from django.db import migrations

from huiyin.store import guard, search_index


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.RunPython(guard.log.put_in_migration, guard.log.lift_in_migration),
        migrations.RunPython(search_index.create, search_index.drop),
    ]
