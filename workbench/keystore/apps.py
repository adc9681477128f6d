from django.apps import AppConfig


class KeystoreConfig(AppConfig):
    """Names of participants, on a database of their own."""

    name = "workbench.keystore"
    label = "keystore"
    default_auto_field = "django.db.models.BigAutoField"
