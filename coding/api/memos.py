"""Memos in the API: shared ones, and one's own."""

from typing import Any

from ninja import Query, Router

from coding.api.schemas import MemoOut
from coding.enums import MemoKind
from coding.models import Memo
from workbench.access.permissions import Permission
from workbench.http.paging import PageOf, Window, page_of
from workbench.http.permitted import MemberRequest, permitted

router = Router(tags=["memos"])


@router.get("/studies/{slug:slug}/memos", response=PageOf[MemoOut], summary="Memos you may read")
@permitted(Permission.STUDY_READ)
def get_memos(request: MemberRequest, slug: str, window: Query[Window]) -> dict[str, Any]:
    memos = Memo.objects.visible_to(request.member.user).filter(study_id=request.member.study_id)
    return page_of(memos, window, lambda rows: [memo_out(memo) for memo in rows])


def memo_out(memo: Memo) -> MemoOut:
    return MemoOut(
        id=memo.pk,
        author=memo.author_id,
        noun=memo.noun,
        subject=memo.subject,
        kind=MemoKind(memo.kind),
        private=memo.private,
        title=memo.title,
        text=memo.text,
        version=memo.version,
        created_at=memo.created_at,
        updated_at=memo.updated_at,
    )
