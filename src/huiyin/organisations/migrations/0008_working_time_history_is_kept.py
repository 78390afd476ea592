"""Triggers that keep the history of working time, whoever holds the connection."""

from django.db import migrations

from huiyin.organisations import guard


class Migration(migrations.Migration):

    dependencies = [("organisations", "0007_working_time_changes")]

    operations = [migrations.RunPython(guard.working_time.put_in_migration, guard.working_time.lift_in_migration)]
