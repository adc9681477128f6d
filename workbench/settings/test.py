"""Tests: a database file, so that WAL is real; cheap passwords; tasks run at once."""

from pathlib import Path

from workbench.settings.base import *
from workbench.settings.base import DATABASES, STORAGES, VAR, database, env

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
_here = Path(env.str("TEST_VAR", default=str(VAR / "test")))
_here.mkdir(parents=True, exist_ok=True)
DATABASES["default"] = database(
    env.str("TEST_POSTGRES_URL", default=f"sqlite:///{_here / 'workbench.sqlite3'}")
)
DATABASES["keystore"] = database(
    env.str("TEST_POSTGRES_URL", default=f"sqlite:///{_here / 'keystore.sqlite3'}")
)
# On one server the two need different names.
DATABASES["keystore"]["TEST"] = {"NAME": "test_keystore"}
for _alias, _config in DATABASES.items():
    if _config["ENGINE"].endswith("sqlite3"):
        _config["TEST"] = {"NAME": str(_here / f"test-{_alias}.sqlite3")}
MEDIA_ROOT = _here / "files"
STATIC_ROOT = _here / "static"
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
