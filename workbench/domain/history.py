"""History as pages and files read it: filtered, with before and after in words."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from workbench.domain.changing import changing
from workbench.history.actions import NAMING, SENTENCES, Action
from workbench.history.nouns import (
    FIELDS,
    NAMED_TODAY,
    NOUNS,
    OF_NOUNS,
    VALUES,
    VALUES_OF,
)
from workbench.history.record import record
from workbench.models import HistoryEntry, Member, User

_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
Text = str | Promise


@dataclass(frozen=True)
class Wanted:
    """What to show; `since` and `until` are days, both included. None shows all."""

    actor: UUID | None = None
    noun: str = ""
    subject: UUID | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Change:
    """One field of an entry; an empty string stands for nothing."""

    field: Text
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """An entry in words: the actor, the sentence, and `thing`, the kind of thing where the sentence
    does not say it."""

    entry: HistoryEntry
    actor: Text
    sentence: Text
    noun: Text
    thing: str
    label: str
    changes: tuple[Change, ...]


def entries(member: Member, wanted: Wanted) -> QuerySet[HistoryEntry]:
    """The study's entries that match, newest first."""
    found = HistoryEntry.objects.filter(study_id=member.study_id).select_related("actor")
    if wanted.actor:
        found = found.filter(actor_id=wanted.actor)
    if wanted.noun:
        found = found.filter(noun=wanted.noun)
    if wanted.subject:
        found = found.filter(subject=wanted.subject)
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_midnight(wanted.until + dt.timedelta(days=1)))
    return found.order_by("-number")


def export_history(*, member: Member, wanted: Wanted) -> QuerySet[HistoryEntry]:
    """The entries that match, for a file; history tells that they were taken out."""
    found = entries(member, wanted)
    filters = {
        "user": wanted.actor and str(wanted.actor),
        "kind": str(noun_word(wanted.noun)) if wanted.noun else None,
        "subject": wanted.subject and str(wanted.subject),
        "since": wanted.since,
        "until": wanted.until,
    }
    with changing(member):
        record(
            study=member.study,
            actor=member.user,
            action=Action.EXPORTED,
            noun="export",
            subject=uuid4(),
            label="history.csv",
            after={
                "format": "csv",
                "rows": found.count(),
                "filters": {name: value for name, value in filters.items() if value},
            },
        )
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def actors(member: Member) -> list[User]:
    """Everyone who has an entry in the study, also those who left the team."""
    ids = HistoryEntry.objects.filter(study_id=member.study_id).values("actor_id")
    return list(User.objects.filter(pk__in=ids).order_by("name", "username"))


def nouns(member: Member) -> list[tuple[str, Text]]:
    """The things that have entries, with their words."""
    found = HistoryEntry.objects.filter(study_id=member.study_id).order_by()
    kinds = found.values_list("noun", flat=True).distinct()
    return sorted(((kind, noun_word(kind)) for kind in kinds), key=lambda pair: str(pair[1]))


def lines(page: Collection[HistoryEntry]) -> list[Line]:
    """Entries in words. A few queries turn the ids in them into the names of what they mean."""
    ids = {UUID(text) for entry in page for text in _ids_in((entry.before, entry.after))}
    labels = _labels(page, ids)
    return [_line(entry, labels) for entry in page]


def _line(entry: HistoryEntry, labels: dict[str, str]) -> Line:
    noun = str(noun_word(entry.noun))
    label = entry.label or labels.get(str(entry.subject), "")
    return Line(
        entry=entry,
        actor=str(entry.actor) if entry.actor else _("The workbench"),
        sentence=sentence(entry.action),
        noun=noun,
        thing="" if label and entry.action in NAMING else noun[:1].lower() + noun[1:],
        label=label,
        changes=tuple(_changes(entry, labels)),
    )


def sentence(action: str) -> Text:
    try:
        return SENTENCES[Action(action)]
    except ValueError:
        return action


def noun_word(noun: str) -> Text:
    return NOUNS.get(noun) or noun.replace("_", " ").capitalize()


def field_word(name: str) -> Text:
    return FIELDS.get(name) or name.replace("_", " ")


def _labels(page: Collection[HistoryEntry], ids: set[UUID]) -> dict[str, str]:
    if not page:
        return {}
    study = next(iter(page)).study_id
    told = HistoryEntry.objects.filter(study_id=study, subject__in=ids).exclude(label="")
    # Later entries come later, so that a renamed thing shows its newest name.
    rows = told.order_by("number").values_list("subject", "label")
    labels = {str(subject): label for subject, label in rows}
    labels.update({str(user.pk): str(user) for user in User.objects.filter(pk__in=ids)})
    unnamed = {entry.subject for entry in page if entry.noun in NAMED_TODAY}
    for names in NAMED_TODAY.values():
        labels.update({str(pk): name for pk, name in names(ids | unnamed).items()})
    return labels


def _ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _ids_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _ids_in(part)
    elif isinstance(value, str) and _ID.match(value):
        yield value


def _changes(entry: HistoryEntry, labels: dict[str, str]) -> Iterable[Change]:
    for name in dict.fromkeys([*entry.before, *entry.after]):
        before, after = entry.before.get(name), entry.after.get(name)
        if name == "changed":
            # Names of fields whose words history does not hold.
            after = [str(field_word(quiet)) for quiet in after or ()]
        words = NOUNS if name in OF_NOUNS else VALUES | VALUES_OF.get(entry.noun, {})
        was, became = _told(before, labels, words), _told(after, labels, words)
        if was != became:
            yield Change(field_word(name), was, became)


def _told(value: Any, labels: dict[str, str], words: Mapping[str, Text]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        parts = (
            f"{field_word(name)}: {_told(part, labels, words)}" for name, part in value.items()
        )
        return "; ".join(parts)
    if isinstance(value, list):
        return ", ".join(filter(None, (_told(part, labels, words) for part in value)))
    if isinstance(value, str) and _ID.match(value):
        # An id that nothing names tells a reader nothing.
        return labels.get(value, "")
    return str(words.get(str(value), value))
