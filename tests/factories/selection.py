"""Criteria and candidates, made by the real verbs."""

from interviews.domain.selection.candidates import add_candidate
from interviews.domain.selection.versions import CriterionFacts, add_criterion
from interviews.enums import CriterionScope
from interviews.models import Candidate, SelectionCriterion
from workbench.models import Member


def make_criterion(
    member: Member, name: str = "Døgndækning", scope: CriterionScope = CriterionScope.SET
) -> SelectionCriterion:
    return add_criterion(member=member, facts=CriterionFacts(name, "Både med og uden.", (), scope))


def make_candidate(member: Member, name: str = "Plejecenter Ny", **attributes: object) -> Candidate:
    return add_candidate(member=member, name=name, note="Kendt fra nettet.", attributes=attributes)
