from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0015_projected'),
    ]

    operations = [
        migrations.AddField(
            model_name='sanctionrow',
            name='stands',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='sanctionrow',
            name='stands_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='sanctionrow',
            index=models.Index(fields=['organisation_id', 'stands_until'], name='store_sanction_stands'),
        ),
    ]
