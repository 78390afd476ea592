from datetime import UTC, datetime

from django.db import migrations, models

FROM_CASES = """
    UPDATE store_audiencerow SET (received_at, state, barred) = (
        SELECT received_at, state, barred FROM store_caserow WHERE store_caserow.id = store_audiencerow.case_id
    )
    WHERE EXISTS (SELECT 1 FROM store_caserow WHERE store_caserow.id = store_audiencerow.case_id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0005_tracking_code_issue'),
    ]

    operations = [
        migrations.AddField(
            model_name='audiencerow',
            name='received_at',
            field=models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='audiencerow',
            name='state',
            field=models.CharField(default='', max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='audiencerow',
            name='barred',
            field=models.TextField(blank=True, default='', help_text="as in the case's row"),
            preserve_default=False,
        ),
        migrations.RunSQL(FROM_CASES, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='audiencerow',
            index=models.Index(fields=['organisation_id', 'subject', 'received_at'], name='store_audience_received'),
        ),
    ]
