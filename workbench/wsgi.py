"""WSGI entry point."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

from workbench.files.private import keep_private

keep_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings.production")
application = get_wsgi_application()

# SQLite clears its write-ahead log away with its last connection, and needs room on the disk to
# make it anew. Held open here, it can be read while the disk is full. One that cannot be opened
# is told of by every request.
for database in connections.all():
    if database.vendor == "sqlite":
        with suppress(DatabaseError):
            database.ensure_connection()
