"""The interface as an app of its own, so that its static files and tags are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "workbench.ui"
    label = "ui"
