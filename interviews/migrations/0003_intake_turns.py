"""A file on its way in keeps its turns by themselves, so that a list can leave them out."""

from django.db import migrations, models


def part(apps, schema_editor):
    intakes = apps.get_model("interviews", "Intake").objects
    for intake in intakes.filter(state="ready").iterator(chunk_size=20):
        intake.turns = intake.parsed.pop("turns", [])
        intake.parsed |= counted(intake.turns)
        intake.save(update_fields=["turns", "parsed"])
    intakes.filter(state__in=["attached", "discarded"]).update(name="")


def counted(turns):
    speakers = {}
    for label, *_rest in turns:
        if label is not None:
            speakers[label] = speakers.get(label, 0) + 1
    return {
        "count": len(turns),
        "words": sum(len(words.split()) for _label, words, *_rest in turns),
        "speakers": [list(pair) for pair in speakers.items()],
    }


class Migration(migrations.Migration):
    dependencies = [("interviews", "0002_initial")]

    operations = [
        migrations.AddField("intake", "turns", models.JSONField(default=list)),
        migrations.RunPython(part, migrations.RunPython.noop),
    ]
