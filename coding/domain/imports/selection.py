"""The reference study's choosing: both lists of criteria, what each case was read to meet."""

import datetime as dt

from coding.domain.imports.fixtures import Record, reference
from interviews.enums import CandidateState, ContactWay, SelectionState
from interviews.models import (
    Candidate,
    Case,
    Contact,
    CriterionMark,
    SelectionCriterion,
    SelectionVersion,
)
from workbench.enums import Language
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Study


def load_selection(study: Study, language: Language) -> None:
    """Needs the cases, linked to their projects; the published cases are all chosen."""
    content = reference("selection", language)
    worded: dict[str, SelectionVersion] = {}
    for each in content["versions"]:
        version = _version(study, each)
        worded |= dict.fromkeys((criterion["key"] for criterion in each["criteria"]), version)
        record(
            study=study,
            actor=None,
            action=Action.CREATED,
            noun="selection_version",
            subject=version.pk,
            label=str(version),
            after={"state": version.state},
        )
    chosen = _candidates(study)
    CriterionMark.objects.bulk_create(
        CriterionMark(
            study=study,
            candidate=chosen[each["case"]],
            criterion_key=each["criterion"],
            version=worded[each["criterion"]],
            reading=each["reading"],
            certainty=each["certainty"],
            evidence=each["evidence"],
        )
        for each in content["marks"]
    )
    Contact.objects.bulk_create(
        Contact(
            study=study,
            candidate=chosen[each["key"]],
            date_text=content["contact_date"],
            way=ContactWay.OTHER,
            agreed=each["contact_path"],
        )
        for each in reference("cases", language)["cases"]
        if each["key"] in content["contacts"]
    )


def _version(study: Study, each: Record) -> SelectionVersion:
    day = each["decided_on"]
    version = SelectionVersion.objects.create(
        study=study,
        number=each["number"],
        state=SelectionState(each["state"]),
        reason=each["reason"],
        note=each["note"],
        decided_on=day and dt.date.fromisoformat(day),
        decided_by=each["decided_by"],
    )
    SelectionCriterion.objects.bulk_create(
        SelectionCriterion(version=version, order=order, **criterion)
        for order, criterion in enumerate(each["criteria"])
    )
    return version


def _candidates(study: Study) -> dict[str, Candidate]:
    """Case key -> the candidate it was chosen from."""
    cases = list(Case.objects.filter(study=study))
    for order, case in enumerate(cases):
        case.candidate = Candidate(
            study=study,
            project_id=case.mapped_project_id,
            name=case.name,
            state=CandidateState.CHOSEN,
            order=order,
        )
    Candidate.objects.bulk_create(case.candidate for case in cases if case.candidate)
    Case.objects.bulk_update(cases, ["candidate"])
    return {case.key: case.candidate for case in cases if case.candidate}
