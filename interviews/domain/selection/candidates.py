"""Candidates: workplaces that may become cases."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.enums import CandidateState
from interviews.models import Candidate, MappedProject
from workbench.domain.changing import changing
from workbench.domain.rows import (
    hide,
    next_order,
    record_act,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

NOUN = "candidate"
QUIET = frozenset({"note"})


def candidate_of(*, member: Member, candidate_id: UUID, hidden: bool = False) -> Candidate:
    """A candidate of the member's study; with `hidden` also a removed one. Raises Missing."""
    found = (
        Candidate.objects.select_related("study", "project")
        .filter(pk=candidate_id, study_id=member.study_id)
        .first()
    )
    if found is None or (found.removed_at is not None and not hidden):
        raise Missing
    return found


def candidate_state(candidate: Candidate) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "project": "" if candidate.project_id is None else str(candidate.project_id),
        "note": candidate.note,
        "attributes": candidate.attributes,
    }


def add_candidate(
    *,
    member: Member,
    name: str,
    note: str = "",
    attributes: Mapping[str, Any] | None = None,
    project: MappedProject | None = None,
) -> Candidate:
    """A candidate at the end of the list. Raises Invalid."""
    with changing(member):
        candidate = Candidate.objects.create(
            study_id=member.study_id,
            name=_named(name),
            note=note.strip(),
            attributes=dict(attributes or {}),
            project=_own(member, project),
            order=next_order(Candidate.objects.filter(study_id=member.study_id)),
        )
        after = {"attributes": candidate.attributes}
        record_act(member, Action.CREATED, NOUN, candidate, after=after)
    return candidate


def change_candidate(
    *,
    member: Member,
    candidate: Candidate,
    name: str,
    note: str,
    attributes: Mapping[str, Any],
    project: MappedProject | None,
    seen: str | None = None,
) -> Candidate:
    """Rewrites a candidate. Raises Conflict `version_behind`, `chosen`, Invalid, Missing."""
    with changing(member):
        candidate = _unchosen(member, candidate)
        before = candidate_state(candidate)
        refuse_outdated(before, seen)
        candidate.name, candidate.note = _named(name), note.strip()
        candidate.attributes, candidate.project = dict(attributes), _own(member, project)
        candidate.save(update_fields=["name", "note", "attributes", "project"])
        record_change(
            member=member,
            row=candidate,
            noun=NOUN,
            before=before,
            after=candidate_state(candidate),
            quiet=QUIET,
        )
    return candidate


def turn_down(*, member: Member, candidate: Candidate, reason: str) -> None:
    """Not chosen, and why. Raises Conflict `chosen`, Invalid without a reason, Missing."""
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say why it is not chosen."), code="reason")
    with changing(member):
        candidate = _unchosen(member, candidate)
        state = CandidateState.NOT_CHOSEN
        set_state(member=member, candidate=candidate, state=state, reason=reason)


def consider_again(*, member: Member, candidate: Candidate) -> None:
    """Takes back that it was not chosen; asking again is the same. Raises Conflict `chosen`."""
    with changing(member):
        candidate = _unchosen(member, candidate)
        set_state(member=member, candidate=candidate, state=CandidateState.CONSIDERED)


def set_state(
    *, member: Member, candidate: Candidate, state: CandidateState, reason: str = ""
) -> None:
    """The step itself, inside `changing`, for the verbs here and those of cases."""
    before = {"state": candidate.state, "reason": candidate.reason}
    candidate.state, candidate.reason = state, reason
    candidate.save(update_fields=["state", "reason"])
    after = {"state": candidate.state, "reason": candidate.reason}
    record_change(member=member, row=candidate, noun=NOUN, before=before, after=after)


def remove_candidate(*, member: Member, candidate: Candidate) -> None:
    """Hides a candidate with its marks and its log. Raises Conflict `chosen`, Missing."""
    with changing(member):
        if candidate.removed_at is None:
            hide(member=member, row=_unchosen(member, candidate), noun=NOUN)


def restore_candidate(*, member: Member, candidate: Candidate) -> None:
    with changing(member):
        candidate = candidate_of(member=member, candidate_id=candidate.pk, hidden=True)
        show(member=member, row=candidate, noun=NOUN)


def _unchosen(member: Member, candidate: Candidate) -> Candidate:
    candidate = standing(member, candidate)
    if candidate.state == CandidateState.CHOSEN:
        raise Conflict(
            _("The candidate is a case now. Change the case, or remove it."), code="chosen"
        )
    return candidate


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise Invalid(_("Give the candidate a name of at most 200 characters."), code="name")
    return name


def _own(member: Member, project: MappedProject | None) -> MappedProject | None:
    if project is not None and project.study_id != member.study_id:
        raise Missing
    return project
