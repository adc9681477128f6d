from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coding", "0005_codebook_content")]

    operations = [
        migrations.RemoveConstraint("placement", "placement_not_empty"),
        migrations.AddConstraint(
            "placement",
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end"))
                | models.Q(start=models.F("end"), state="unplaced"),
                name="placement_not_empty",
            ),
        ),
        migrations.AddIndex(
            "placement",
            models.Index(
                fields=["revision"],
                condition=models.Q(state="unplaced"),
                name="placements_unplaced",
            ),
        ),
    ]
