"""The entries of an outline: found, moved a step, hidden, brought back.

A case template's sections and points and the analysis questions are lists and live by these verbs
as they are. The interview guide is a tree: `kits.py` says what they mean for what lies under an
entry.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from interviews.domain import arrangements
from interviews.domain.arrangements import Move, Row
from interviews.models import AnalysisQuestion, KitItem, TemplatePoint, TemplateSection
from workbench.domain.changing import changing
from workbench.domain.rows import record_act
from workbench.errors import Missing
from workbench.history.actions import Action
from workbench.models import Member

Entry = TypeVar("Entry", bound="AnalysisQuestion | KitItem | TemplatePoint | TemplateSection")


class Outline(Generic[Entry]):
    """One kind of entry: `study` leads from it to its study, `parent` to what lists it."""

    def __init__(self, entries: QuerySet[Entry], *, noun: str, parent: str, study: str) -> None:
        self.entries = entries
        self.noun = noun
        self.parent = parent
        self.study = study

    def find(self, *, member: Member, pk: UUID, removed: bool = False) -> Entry:
        """An entry of the member's study; with `removed` also a hidden one. Raises Missing."""
        entry = self.entries.filter(pk=pk, **{self.study: member.study_id}).first()
        if entry is None or (entry.removed_at is not None and not removed):
            raise Missing
        return entry

    def move(self, *, member: Member, pk: UUID, way: Move) -> Entry:
        """One step among its siblings as they stand now."""
        with changing(member):
            entry = self.find(member=member, pk=pk)
            siblings = {each.pk: each for each in self._beside(entry)}
            rows = arrangements.move([Row(each) for each in siblings], entry.pk, way)
            self._store([siblings[row.key] for row in rows])
            record_act(member, Action.MOVED, self.noun, entry, after={"way": way})
        return entry

    def remove(self, *, member: Member, pk: UUID) -> Entry:
        """Hides it; what belongs to it stays and comes back with it."""
        with changing(member):
            entry = self.find(member=member, pk=pk)
            entry.removed_at = timezone.now()
            entry.save(update_fields=["removed_at"])
            self._store(self._beside(entry))
            record_act(member, Action.REMOVED, self.noun, entry)
        return entry

    def restore(self, *, member: Member, pk: UUID) -> Entry:
        """Brings it back, as the last of its siblings; asking again is the same."""
        with changing(member):
            entry = self.find(member=member, pk=pk, removed=True)
            if entry.removed_at is None:
                return entry
            entry.order = len(self._beside(entry))
            entry.removed_at = None
            entry.save(update_fields=["removed_at", "order"])
            record_act(member, Action.RESTORED, self.noun, entry)
        return entry

    def _beside(self, entry: Entry) -> list[Entry]:
        """Every entry of the same list that is not hidden, in order."""
        parent = f"{self.parent}_id"
        live = {parent: getattr(entry, parent), "removed_at__isnull": True}
        return list(self.entries.filter(**live))

    def _store(self, entries: Sequence[Entry]) -> None:
        for order, entry in enumerate(entries):
            entry.order = order
        self.entries.bulk_update(entries, ["order"])
