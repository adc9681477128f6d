"""Cases in the API."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema

from interviews.models import Case
from workbench.access.permissions import Permission
from workbench.http.paging import PageOf, Window, page_of
from workbench.http.permitted import MemberRequest, permitted

router = Router(tags=["cases"])


class CaseOut(Schema):
    """`attributes`: the case's variables by name; text, numbers, true or false."""

    id: UUID
    key: str
    name: str
    description: str
    attributes: dict[str, Any]
    created_at: datetime


@router.get("/studies/{slug:slug}/cases", response=PageOf[CaseOut], summary="Cases")
@permitted(Permission.STUDY_READ)
def get_cases(request: MemberRequest, slug: str, window: Query[Window]) -> dict[str, Any]:
    cases = Case.objects.filter(study_id=request.member.study_id, removed_at__isnull=True)
    return page_of(cases, window, lambda rows: [CaseOut.from_orm(case) for case in rows])
