"""The codebook in the API."""

from typing import Any

from ninja import Router, Status

from coding.api.schemas import CodeCountedOut, CodeIn, CodeOut, CodesOut
from coding.domain.codebook import add_code, code_of
from coding.domain.queries.codebook import coding_counts, live_codes
from coding.domain.queries.codebook_versions import versions_of
from coding.models import Code
from workbench.access.permissions import Permission
from workbench.http.permitted import MemberRequest, permitted

router = Router(tags=["codebook"])
FIELDS = (
    "key",
    "name",
    "path",
    "colour",
    "shortcut",
    "brief",
    "definition",
    "use_when",
    "not_when",
    "example",
    "origin",
)


def code_fields(code: Code) -> dict[str, Any]:
    """A code as every answer shows it."""
    fields = {name: getattr(code, name) for name in FIELDS}
    return {"id": code.pk, "parent": code.parent_id, **fields}


def code_out(code: Code) -> CodeOut:
    return CodeOut(**code_fields(code))


@router.get("/studies/{slug:slug}/codes", response=CodesOut, summary="The codebook in tree order")
@permitted(Permission.STUDY_READ)
def get_codes(request: MemberRequest, slug: str) -> CodesOut:
    counts = coding_counts(request.member)
    version = versions_of(request.member).first()
    return CodesOut(
        version=version.number if version else 0,
        items=[
            CodeCountedOut(**code_fields(code), count=counts.get(code.pk, 0))
            for code in live_codes(request.member)
        ],
    )


@router.post("/studies/{slug:slug}/codes", response={201: CodeOut}, summary="Add a code")
@permitted(Permission.CODE_ADD)
def post_code(request: MemberRequest, slug: str, wanted: CodeIn) -> Status[CodeOut]:
    """While coding: a name is enough. The same id and name again is the same code.

    409 `name_taken` names the existing code, `different_request` when the id is taken.
    """
    parent = code_of(member=request.member, code_id=wanted.parent) if wanted.parent else None
    code = add_code(member=request.member, name=wanted.name, parent=parent, code_id=wanted.id)
    return Status(201, code_out(code))
