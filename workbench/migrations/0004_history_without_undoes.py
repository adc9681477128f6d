"""No entry ever named the one it undoes."""

from importlib import import_module

from django.db import migrations

append_only = import_module("workbench.migrations.0002_history_append_only")


def guard_again(apps, schema_editor):
    """SQLite drops a column by making the table anew, and the trigger is lost with the old one."""
    if schema_editor.connection.vendor == "sqlite":
        append_only.forward(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("workbench", "0003_invitations")]
    operations = [
        migrations.RemoveField("historyentry", "undoes"),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
