"""Roles on the screen."""

from django.utils.translation import gettext_lazy as _

from workbench.enums import Role

LABELS = {Role.LEAD: _("Project lead"), Role.CODER: _("Coder"), Role.READER: _("Reader")}
CHOICES = [(role.value, label) for role, label in LABELS.items()]
