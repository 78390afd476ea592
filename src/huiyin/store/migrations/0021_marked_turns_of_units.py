"""The few late and suspended turns of a unit have indexes of their own, as those of a subject and of a regime have."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0020_unit_and_category")]

    operations = [
        migrations.AddIndex(
            model_name="turnrow",
            index=models.Index(
                fields=["organisation_id", "unit", "due_order"],
                name="store_turn_unit_late",
                condition=models.Q(("overdue", True)),
            ),
        ),
        migrations.AddIndex(
            model_name="turnrow",
            index=models.Index(
                fields=["organisation_id", "unit", "due_order"],
                name="store_turn_unit_paused",
                condition=models.Q(("paused", True)),
            ),
        ),
    ]
