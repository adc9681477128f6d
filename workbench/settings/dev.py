"""Developing: reload, debug pages, plain static files."""

from workbench.settings.base import STORAGES
from workbench.settings.local import *

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
