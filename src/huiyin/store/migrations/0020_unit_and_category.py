"""A unit's cases of a category, or of a regime, are found by one index; it takes the place of one by unit alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0019_search_by_pairs")]

    operations = [
        migrations.RemoveIndex(model_name="caserow", name="store_case_unit"),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(fields=["organisation_id", "handling_unit", "-id", "category", "regime"], name="store_case_unit"),
        ),
    ]
