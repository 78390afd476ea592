"""People choose ways for what approvals tell, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_resting")]

    operations = [
        migrations.AlterField(
            model_name="choice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("notice", "制度规定的告知"),
                    ("reminder", "到期提醒"),
                    ("order", "督办和交办"),
                    ("approval", "审批：等您决定的，和您报请的结果"),
                ],
                max_length=20,
            ),
        ),
    ]
