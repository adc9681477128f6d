"""Of the name of an attached file only the ending is kept: the name may be a person's."""

from pathlib import PurePath

from django.db import migrations, models


def keep_endings(apps, schema_editor):
    documents = apps.get_model("interviews", "Document").objects.exclude(original_name="")
    for document in documents.iterator():
        document.original_ending = PurePath(document.original_name).suffix.lower()[:20]
        document.save(update_fields=["original_ending"])


class Migration(migrations.Migration):
    dependencies = [("interviews", "0003_intake_turns")]

    operations = [
        migrations.AddField(
            "document", "original_ending", models.CharField(blank=True, max_length=20)
        ),
        migrations.RunPython(keep_endings, migrations.RunPython.noop),
    ]
