"""The database itself refuses to change a line of history."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER history_is_append_only BEFORE UPDATE ON workbench_historyentry
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
"""
POSTGRES = """
CREATE FUNCTION history_is_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'history is append-only'; END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER history_is_append_only BEFORE UPDATE ON workbench_historyentry
FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
"""


def forward(apps, schema_editor):
    if schema_editor.connection.alias == "keystore":
        return
    postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRES if postgres else SQLITE)


def backward(apps, schema_editor):
    schema_editor.execute(
        "DROP TRIGGER history_is_append_only ON workbench_historyentry;"
        " DROP FUNCTION history_is_append_only;"
        if schema_editor.connection.vendor == "postgresql"
        else "DROP TRIGGER history_is_append_only"
    )


class Migration(migrations.Migration):
    dependencies = [("workbench", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
