"""Study: the unit of membership, permission and export. Member: a person in it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from workbench.enums import Language, PageUnit, Role
from workbench.models.noun import Noun, one_of
from workbench.models.user import User


class StudyQuerySet(models.QuerySet["Study"]):
    def of(self, user: User) -> "StudyQuerySet":
        """The studies the user is a member of; nobody else learns that they exist."""
        return self.filter(members__user=user)


class Study(Noun):
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=2, default=Language.DANISH)
    page_unit = models.CharField(max_length=10, default=PageUnit.STANDARD)
    legal_basis = models.TextField(blank=True)
    retention_date = models.DateField(null=True, blank=True)
    # Shown on every page of the study: that it is invented, or that its transcripts are not here.
    notice = models.CharField(max_length=300, blank=True)
    # A published example has no transcripts; its visits make no to-dos.
    is_published_example = models.BooleanField(default=False)
    # The number of the study's last history entry; taken under a row lock by each change.
    change_number = models.PositiveBigIntegerField(default=0)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        constraints = [
            one_of("language", Language, "study_language_known"),
            one_of("page_unit", PageUnit, "study_page_unit_known"),
        ]

    def __str__(self) -> str:
        return self.title


class MemberQuerySet(models.QuerySet["Member"]):
    def with_place(self) -> "MemberQuerySet":
        """With `place`, how many of the team joined before: it colours the person's face."""
        same = models.Q(study=models.OuterRef("study"))
        sooner = models.Q(created_at__lt=models.OuterRef("created_at"))
        tied = models.Q(created_at=models.OuterRef("created_at"), pk__lt=models.OuterRef("pk"))
        before = Member.objects.filter(same & (sooner | tied)).order_by().values("study")
        counted = before.annotate(number=models.Count("pk")).values("number")
        return self.annotate(place=Coalesce(models.Subquery(counted), 0))


class Member(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "user"], name="member_once_per_study"),
            one_of("role", Role, "member_role_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)
