"""The name key's own operations. Doors go through `workbench.domain.names`, which asks first."""

from uuid import UUID

from django.db import transaction

from workbench.keystore.models import Look, NameKey
from workbench.keystore.router import ALIAS
from workbench.models import User


def keep(*, participant: UUID, study: UUID, real_name: str) -> bool:
    """Stores the name under the participant's id; False when that very name is there already."""
    with transaction.atomic(using=ALIAS):
        known = NameKey.objects.select_for_update().filter(participant=participant).first()
        if known is not None and (known.study, known.real_name) == (study, real_name):
            return False
        NameKey.objects.update_or_create(
            participant=participant, defaults={"study": study, "real_name": real_name}
        )
    return True


def is_kept(*, participant: UUID, study: UUID) -> bool:
    return NameKey.objects.filter(participant=participant, study=study).exists()


def log_look(*, participant: UUID, study: UUID, user: User, purpose: str) -> None:
    """Commits the look by itself, so that no name is shown without its line in the log."""
    with transaction.atomic(using=ALIAS):
        Look.objects.create(
            participant=participant,
            study=study,
            user=user.pk,
            user_label=user.username,
            purpose=purpose[:200],
        )


def looks_at(*, participant: UUID, study: UUID) -> list[Look]:
    """Who has looked, newest first."""
    looks = Look.objects.filter(participant=participant, study=study)
    return list(looks.order_by("-at", "pk"))


def read(*, participant: UUID, study: UUID) -> str | None:
    return (
        NameKey.objects.filter(participant=participant, study=study)
        .values_list("real_name", flat=True)
        .first()
    )


def erase(*, participant: UUID, study: UUID) -> bool:
    """Deletes the name for good; False when there was none. The log of looks stays."""
    deleted, _by_model = NameKey.objects.filter(participant=participant, study=study).delete()
    return bool(deleted)


def kept_ids(study: UUID | None = None) -> set[UUID]:
    """The participants who have a name here."""
    keys = NameKey.objects.all() if study is None else NameKey.objects.filter(study=study)
    return set(keys.values_list("participant", flat=True))
