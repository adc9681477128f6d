import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("interviews", "0007_adapted_guides"),
    ]

    operations = [
        migrations.AddField(
            "documentrevision",
            "made_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "documentrevision", "request_digest", models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
    ]
