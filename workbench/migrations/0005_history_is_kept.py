"""The database itself refuses to delete a line of history; all of them go with their study alone.

Invitations named the address in history. It is forgotten here, once, with the guard set aside.
"""

from importlib import import_module

from django.db import migrations

append_only = import_module("workbench.migrations.0002_history_append_only")

KEEP_ON_SQLITE = """
CREATE TRIGGER history_is_kept BEFORE DELETE ON workbench_historyentry
WHEN EXISTS (SELECT 1 FROM workbench_study WHERE id = OLD.study_id)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
"""
# A condition of PostgreSQL's triggers may not look into another table.
KEEP_ON_POSTGRES = """
CREATE FUNCTION history_is_kept() RETURNS trigger AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM workbench_study WHERE id = OLD.study_id) THEN
    RAISE EXCEPTION 'history is append-only';
  END IF;
  RETURN OLD;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER history_is_kept BEFORE DELETE ON workbench_historyentry
FOR EACH ROW EXECUTE FUNCTION history_is_kept();
"""
FORGET = "UPDATE workbench_historyentry SET label = '' WHERE noun = 'invitation' AND label <> ''"


def forward(apps, schema_editor):
    if schema_editor.connection.alias == "keystore":
        return
    append_only.backward(apps, schema_editor)
    schema_editor.execute(FORGET)
    append_only.forward(apps, schema_editor)
    postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(KEEP_ON_POSTGRES if postgres else KEEP_ON_SQLITE)


def backward(apps, schema_editor):
    if schema_editor.connection.alias == "keystore":
        return
    schema_editor.execute(
        "DROP TRIGGER history_is_kept ON workbench_historyentry; DROP FUNCTION history_is_kept;"
        if schema_editor.connection.vendor == "postgresql"
        else "DROP TRIGGER history_is_kept"
    )


class Migration(migrations.Migration):
    dependencies = [("workbench", "0004_history_without_undoes")]
    operations = [migrations.RunPython(forward, backward)]
