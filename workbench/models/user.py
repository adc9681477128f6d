"""The person who signs in."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from workbench.enums import Language

# No @: a name that its owner chose must not read as somebody's address.
USERNAME_VALIDATORS = [
    RegexValidator(r"^[\w.+-]+\Z", _("Use letters, digits and the signs . + - _ only."))
]


class User(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, blank=True)
    # Empty: follow the browser.
    language = models.CharField(max_length=2, blank=True, choices=[(v, v) for v in Language])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=["", *[value.value for value in Language]]),
                name="user_language_known",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def initials(self) -> str:
        """One or two letters for the person's face in lists and margins."""
        words = str(self).replace("-", " ").split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
