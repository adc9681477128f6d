"""Evidence on the page: marks by hand, and the rules that place excerpts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from coding.domain.codebook import code_of
from coding.domain.evidence import (
    hide_excerpt,
    note_excerpt,
    order_excerpt,
    pin_excerpt,
    set_code_rules,
    set_item_rules,
    set_kind_rules,
)
from coding.domain.queries.rules import rule_board
from coding.forms.evidence import Act, EvidenceForm
from coding.models import Excerpt
from coding.views.case_drafts import InDraft
from interviews.enums import DocumentKind
from interviews.models import KitItem, TemplatePoint
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Invalid, Missing


class EvidenceMarkView(InDraft):
    """Pins, hides, orders or notes an excerpt, and goes back to where the person was."""

    permission = Permission.EVIDENCE_ARRANGE

    def post(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        form = EvidenceForm(request.POST)
        if not form.is_valid():
            raise Invalid(_("That cannot be done here."))
        act, point_id, excerpt_id = form.cleaned_data["act"]
        point = _found(TemplatePoint.objects.select_related("section__template"), point_id)
        excerpt = _found(Excerpt.objects.select_related("document"), excerpt_id)
        place = {
            "member": self.member, "case": self.case, "point": point, "excerpt": excerpt,
        }  # fmt: skip
        match act:
            case Act.PIN | Act.UNPIN:
                pin_excerpt(**place, pinned=act == Act.PIN)
            case Act.HIDE | Act.SHOW:
                hide_excerpt(**place, hidden=act == Act.HIDE)
            case Act.UP | Act.DOWN:
                order_excerpt(**place, step=-1 if act == Act.UP else 1)
            case Act.NOTE:
                note_excerpt(**place, note=form.cleaned_data["note"])
        query = {"section": point.section.key}
        if "edit" in request.GET:
            query["edit"] = request.GET["edit"]
        keys = {"slug": slug, "key": key}
        return redirect(reverse("draft", kwargs=keys, query=query, fragment="tray"))


def _found(rows: Any, pk: UUID) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Missing
    return row


class EvidenceRulesView(StudyView, TemplateView):
    """Which codes, guide questions and kinds of material feed which points."""

    permission = Permission.STUDY_READ
    write_permission = Permission.PLAN_MANAGE
    template_name = "coding/evidence_rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            section="template",
            board=rule_board(self.member),
            may_change=self.may(Permission.PLAN_MANAGE),
            opened=self.request.GET.get("open", ""),
            **kwargs,
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        points, questions = _ids(request, "points"), _ids(request, "questions")
        kind, source = request.POST.get("kind", ""), request.POST.get("source", "")
        if kind == "code":
            code = code_of(member=self.member, code_id=_id(source))
            set_code_rules(member=self.member, code=code, points=points, questions=questions)
        elif kind == "item":
            item = KitItem.objects.select_related("kit").filter(pk=_id(source)).first()
            if item is None:
                raise Missing
            set_item_rules(member=self.member, item=item, points=points)
        elif kind == "material" and source in set(DocumentKind):
            set_kind_rules(member=self.member, kind=DocumentKind(source), points=points)
        else:
            raise Missing
        messages.success(request, _("The rules are saved."))
        keys = {"slug": slug}
        return redirect(reverse("evidence_rules", kwargs=keys, fragment=f"rule-{source}"))


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise Missing from None


def _ids(request: HttpRequest, name: str) -> list[UUID]:
    return [_id(each) for each in request.POST.getlist(name)]
