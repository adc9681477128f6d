"""Verbs of cases: the workplaces of a study."""

import re
from typing import Any

from django.utils.translation import gettext as _

from interviews.domain.selection.candidates import NOUN as CANDIDATE
from interviews.domain.selection.candidates import set_state
from interviews.enums import CandidateState
from interviews.models import Candidate, Case, Document, MappedProject
from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import (
    fresh,
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

NOUN = "case"
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\Z")
# Words that stand where a key stands in an address.
TAKEN_KEYS = frozenset({"new"})
Attribute = str | int | float | bool


def case_of(*, member: Member, key: str) -> Case:
    """A live case of the member's study. Raises Missing."""
    case = (
        Case.objects.select_related("study")
        .filter(study_id=member.study_id, key=key, removed_at__isnull=True)
        .first()
    )
    if case is None:
        raise Missing
    return case


def state_of(case: Case) -> dict[str, Any]:
    return {
        "name": case.name,
        "key": case.key,
        "description": case.description,
        "attributes": case.attributes,
    }


def add_case(
    *,
    member: Member,
    name: str,
    key: str = "",
    description: str = "",
    attributes: dict[str, Attribute] | None = None,
) -> Case:
    """A new case at the end of the list. Raises Invalid (name, key), Conflict `key_taken`."""
    name = _named(name)
    with changing(member):
        if key:
            _refuse_key(member, key)
        case = Case.objects.create(
            study_id=member.study_id,
            key=key or _free_key(member, name),
            name=name,
            description=description.strip(),
            attributes=attributes or {},
            order=next_order(Case.objects.filter(study_id=member.study_id)),
        )
        record_act(
            member,
            Action.CREATED,
            NOUN,
            case,
            after={"key": case.key, "attributes": case.attributes},
        )
    return case


def change_case(
    *,
    member: Member,
    case: Case,
    name: str,
    key: str,
    description: str,
    attributes: dict[str, Attribute],
    seen: str | None = None,
) -> Case:
    """Rewrites a case. Raises Conflict `version_behind` or `key_taken`, Invalid, Missing."""
    name = _named(name)
    with changing(member):
        case = fresh(member, case)
        before = state_of(case)
        refuse_outdated(before, seen)
        if key != case.key:
            _refuse_key(member, key)
        case.name, case.key = name, key
        case.description, case.attributes = description.strip(), attributes
        case.save(update_fields=["name", "key", "description", "attributes"])
        record_change(
            member=member,
            row=case,
            noun=NOUN,
            before=before,
            after=state_of(case),
            quiet=frozenset({"description"}),
        )
    return case


def link_project(*, member: Member, case: Case, project: MappedProject | None) -> Case:
    """Says which mapped project the case is of; None: of none.

    Raises Invalid (project) for one that is removed or another study's, Missing.
    """
    with changing(member):
        case = standing(member, case)
        known = MappedProject.objects.filter(study_id=member.study_id, removed_at__isnull=True)
        if project is not None and not known.filter(pk=project.pk).exists():
            raise Invalid(_("That project is not on the map any more."), code="project")
        before = str(case.mapped_project_id or "")
        case.mapped_project = project
        case.save(update_fields=["mapped_project"])
        record_change(
            member=member,
            row=case,
            noun=NOUN,
            before={"mapped_project": before},
            after={"mapped_project": str(project.pk) if project else ""},
        )
    return case


def remove_case(*, member: Member, case: Case) -> None:
    """Hides a case without material. Raises Conflict `has_material`."""
    with changing(member):
        case = fresh(member, case)
        if Document.objects.filter(case=case, removed_at__isnull=True).exists():
            raise Conflict(
                _("The case has material. Remove the material first."), code="has_material"
            )
        hide(member=member, row=case, noun=NOUN)
        if case.candidate is not None:
            _step(member, case.candidate, CandidateState.CONSIDERED)


def restore_case(*, member: Member, case: Case) -> None:
    """Brings it back; what it was chosen from is chosen again."""
    with changing(member):
        case = fresh(member, case)
        show(member=member, row=case, noun=NOUN)
        if case.candidate is not None:
            _step(member, case.candidate, CandidateState.CHOSEN)


def choose(*, member: Member, candidate: Candidate) -> Case:
    """The candidate's case: made with what is known of it, brought back, or the one that is there.

    Raises Missing for a foreign or hidden candidate.
    """
    with changing(member):
        candidate = standing(member, candidate)
        case = Case.objects.filter(candidate=candidate).first()
        if case is None:
            case = add_case(
                member=member,
                name=candidate.name,
                description=candidate.note,
                attributes=candidate.attributes,
            )
            case.candidate, case.mapped_project_id = candidate, candidate.project_id
            case.save(update_fields=["candidate", "mapped_project"])
            _step(member, candidate, CandidateState.CHOSEN)
        else:
            restore_case(member=member, case=case)
    return case


def take_in_cases(*, member: Member) -> int:
    """Makes a chosen candidate of every live case that has none; how many there were."""
    with changing(member):
        cases = Case.objects.filter(
            study_id=member.study_id, removed_at__isnull=True, candidate__isnull=True
        )
        return sum(candidate_for(member=member, case=case) is not None for case in cases)


def candidate_for(*, member: Member, case: Case) -> Candidate:
    """What the case was chosen from; made when it was not chosen from anything."""
    with changing(member):
        case = standing(member, case)
        if case.candidate is None:
            case.candidate = Candidate.objects.create(
                study_id=member.study_id,
                name=case.name,
                state=CandidateState.CHOSEN,
                project_id=case.mapped_project_id,
                order=next_order(Candidate.objects.filter(study_id=member.study_id)),
            )
            case.save(update_fields=["candidate"])
            after = {"state": case.candidate.state}
            record_act(member, Action.CREATED, CANDIDATE, case.candidate, after=after)
    return case.candidate


def _step(member: Member, candidate: Candidate, state: CandidateState) -> None:
    """The candidate follows its case, also out of hiding."""
    show(member=member, row=candidate, noun=CANDIDATE)
    set_state(member=member, candidate=candidate, state=state)


def _free_key(member: Member, name: str) -> str:
    keys = Case.objects.filter(study_id=member.study_id).values_list("key", flat=True)
    return free_key(name, TAKEN_KEYS.union(keys), fallback="case", length=50, joint="-")


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise Invalid(_("Give the case a name of at most 200 characters."), code="name")
    return name


def _refuse_key(member: Member, key: str) -> None:
    if not KEY.match(key) or key in TAKEN_KEYS:
        raise Invalid(
            _("A key has small letters a to z, figures, hyphens, and starts with one of them."),
            code="key",
        )
    if Case.objects.filter(study_id=member.study_id, key=key).exists():
        raise Conflict(_("Another case of the study has this key."), code="key_taken")
