"""Coded excerpts in the API: each passage once, with the codings on it."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Query, Router

from coding.api.schemas import DIRECTION_NAMES, ExcerptCodingOut, ExcerptOut
from coding.domain.queries.codings import coded_excerpts, codings_on, places_of
from coding.models import Excerpt
from workbench.access.permissions import Permission
from workbench.http.paging import PageOf, Window, page_of
from workbench.http.permitted import MemberRequest, permitted
from workbench.models import Member

router = Router(tags=["excerpts"])


class ExcerptFilter(Window):
    """`code` and `coder` are ids, `case` is a key."""

    code: UUID | None = None
    case: Annotated[str, Field(max_length=60, pattern=r"^[-\w]*$")] = ""
    coder: UUID | None = None


@router.get("/studies/{slug:slug}/excerpts", response=PageOf[ExcerptOut], summary="Coded excerpts")
@permitted(Permission.STUDY_READ)
def get_excerpts(request: MemberRequest, slug: str, wanted: Query[ExcerptFilter]) -> dict[str, Any]:
    excerpts = coded_excerpts(
        member=request.member, code=wanted.code, case=wanted.case, coder=wanted.coder
    )
    return page_of(excerpts, wanted, lambda rows: _presented(request.member, rows))


def _presented(member: Member, excerpts: list[Excerpt]) -> list[ExcerptOut]:
    ids = [excerpt.pk for excerpt in excerpts]
    codings = codings_on(member=member, excerpts=ids)
    places = places_of(ids)
    return [
        ExcerptOut(
            id=excerpt.pk,
            document=excerpt.document_id,
            case=place.case,
            revision=place.revision,
            start=place.start,
            end=place.end,
            quote=place.quote,
            codings=[
                ExcerptCodingOut(
                    id=coding.id,
                    code=coding.code,
                    code_path=coding.code_path,
                    coder=coding.coder,
                    direction=DIRECTION_NAMES[coding.direction],
                    weight=coding.weight,
                )
                for coding in codings[excerpt.pk]
            ],
        )
        for excerpt in excerpts
        if (place := places.get(excerpt.pk)) is not None
    ]
