"""The one table: which role may do what in a study. What is not here is denied."""

from enum import StrEnum
from typing import Final

from workbench.enums import Role
from workbench.models import Member


class Permission(StrEnum):
    STUDY_READ = "study.read"
    STUDY_MANAGE = "study.manage"
    MEMBERS_MANAGE = "members.manage"
    HISTORY_READ = "history.read"
    NAMES_READ = "names.read"
    PLAN_MANAGE = "plan.manage"  # guide, template, questions, evidence rules
    FIELD_WRITE = "field.write"  # cases, participants, visits, interviews
    MATERIAL_WRITE = "material.write"
    CODEBOOK_WRITE = "codebook.write"
    CODE_ADD = "code.add"  # a new code while coding
    CODINGS_WRITE = "codings.write"
    MEMOS_WRITE = "memos.write"
    EVIDENCE_ARRANGE = "evidence.arrange"
    DRAFTS_WRITE = "drafts.write"
    DRAFTS_REVIEW = "drafts.review"
    ACROSS_WRITE = "across.write"
    EXPORT = "export"


_ALL: Final = frozenset(Role)
_TEAM: Final = frozenset({Role.LEAD, Role.CODER})
_LEAD: Final = frozenset({Role.LEAD})

TABLE: Final[dict[Permission, frozenset[Role]]] = {
    Permission.STUDY_READ: _ALL,
    Permission.STUDY_MANAGE: _LEAD,
    Permission.MEMBERS_MANAGE: _LEAD,
    Permission.HISTORY_READ: _ALL,
    Permission.NAMES_READ: _LEAD,
    Permission.PLAN_MANAGE: _LEAD,
    Permission.FIELD_WRITE: _TEAM,
    Permission.MATERIAL_WRITE: _TEAM,
    Permission.CODEBOOK_WRITE: _LEAD,
    Permission.CODE_ADD: _TEAM,
    Permission.CODINGS_WRITE: _TEAM,
    Permission.MEMOS_WRITE: _TEAM,
    Permission.EVIDENCE_ARRANGE: _TEAM,
    Permission.DRAFTS_WRITE: _TEAM,
    Permission.DRAFTS_REVIEW: _LEAD,
    Permission.ACROSS_WRITE: _TEAM,
    Permission.EXPORT: _ALL,
}


def permits(member: Member, permission: Permission) -> bool:
    return Role(member.role) in TABLE[permission]
