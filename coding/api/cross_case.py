"""Across cases in the API: the grid, and its cells written by the version that was seen."""

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Router, Schema

from coding.api.schemas import In, Text
from coding.domain.cross_case import write_cell
from coding.domain.queries.cross_case import CellView, cell_view, question_grid, question_of
from interviews.domain.cases import case_of
from interviews.domain.queries.kits import Asked
from interviews.enums import AskedState
from workbench.access.permissions import Permission
from workbench.http.matching import version_seen
from workbench.http.permitted import MemberRequest, permitted

router = Router(tags=["across cases"])
CELL = "/studies/{slug:slug}/across/{slug:question}/{slug:key}"


class AskedOut(Schema):
    """Whether the question was put, in how many of the case's interviews.

    `unfed`: no question of the guide leads to it; `unmarked`: `unmarked` of the interviews have
    no marked answers, so nobody can tell yet.
    """

    state: AskedState
    asked: int
    of: int
    unmarked: int


class GridCellOut(Schema):
    """`text` is empty, written or check; `excerpts` counts the evidence behind the cell."""

    question: str
    title: str
    case: str
    asked: AskedOut
    text: str
    excerpts: int


class GridOut(Schema):
    items: list[GridCellOut]


class CellSourceOut(Schema):
    """`[@number]` in the text."""

    number: int
    excerpt: UUID
    quote: str
    attribution: str
    document: UUID
    needs_checking: list[str]


class CellOut(Schema):
    question: str
    case: str
    text: str
    version: int
    state: str
    asked: AskedOut
    excerpts: Annotated[list[UUID], Field(description="The evidence behind it, in its order")]
    sources: list[CellSourceOut]


class CellIn(In):
    text: Text


@router.get("/studies/{slug:slug}/across", response=GridOut, summary="Questions across cases")
@permitted(Permission.STUDY_READ)
def get_across(request: MemberRequest, slug: str) -> GridOut:
    return GridOut(
        items=[
            GridCellOut(
                question=row.key,
                title=row.title,
                case=cell.case.key,
                asked=_asked(cell.asked),
                text=cell.text,
                excerpts=cell.passages,
            )
            for row in question_grid(request.member).rows
            for cell in row.cells
            if cell.asked is not None
        ]
    )


@router.get(CELL, response=CellOut, summary="One question in one case")
@permitted(Permission.STUDY_READ)
def get_cell(
    request: MemberRequest, response: HttpResponse, slug: str, question: str, key: str
) -> CellOut:
    return _answer(request, response, question, key)


@router.put(CELL, response=CellOut, summary="Write it")
@permitted(Permission.ACROSS_WRITE)
def put_cell(
    request: MemberRequest,
    response: HttpResponse,
    slug: str,
    question: str,
    key: str,
    wanted: CellIn,
) -> CellOut:
    """Needs `If-Match` with the cell's version, 0 for one that nobody wrote; 428 without.

    409 `version_behind` carries both texts as `mine` and `theirs`, 413 `too_long`, 400
    `unknown_citation` names the numbers.
    """
    write_cell(
        member=request.member,
        question=question_of(member=request.member, key=question),
        case=case_of(member=request.member, key=key),
        text=wanted.text,
        base_version=version_seen(request),
    )
    return _answer(request, response, question, key)


def _answer(request: MemberRequest, response: HttpResponse, question: str, key: str) -> CellOut:
    view = cell_view(
        request.member,
        question_of(member=request.member, key=question),
        case_of(member=request.member, key=key),
    )
    response.headers["ETag"] = f'"{view.version}"'
    return _cell_out(view)


def _cell_out(view: CellView) -> CellOut:
    return CellOut(
        question=view.question.key,
        case=view.case.key,
        text=view.text,
        version=view.version,
        state=view.state,
        asked=_asked(view.asked),
        excerpts=[passage.excerpt for passage in view.evidence],
        sources=[
            CellSourceOut(
                number=source.number,
                excerpt=source.excerpt,
                quote=source.quote,
                attribution=source.attribution,
                document=source.document,
                needs_checking=list(source.reasons),
            )
            for source in view.sources
        ],
    )


def _asked(asked: Asked) -> AskedOut:
    return AskedOut(state=asked.state, asked=asked.asked, of=asked.of, unmarked=asked.unmarked)
