from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("interviews", "0004_original_ending")]

    operations = [migrations.RemoveField("document", "original_name")]
