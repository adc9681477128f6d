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
from coding.domain.queries.evidence import evidence_of_case
from coding.domain.queries.rules import rule_board
from coding.forms.evidence import Act, EvidenceForm
from coding.models import Excerpt
from coding.views.case_drafts import InDraft
from interviews.enums import DocumentKind
from interviews.models import KitItem, TemplatePoint
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Conflict, Invalid, Missing
from workbench.views.changing import Difference


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
        try:
            self._do(act, place, form)
        except Conflict as refused:
            return self._note_again(point, excerpt.pk, form.cleaned_data["note"], refused)
        query = {"section": point.section.key}
        if "edit" in request.GET:
            query["edit"] = request.GET["edit"]
        keys = {"slug": slug, "key": key}
        return redirect(reverse("draft", kwargs=keys, query=query, fragment="tray"))

    def _do(self, act: Act, place: dict[str, Any], form: EvidenceForm) -> None:
        match act:
            case Act.PIN | Act.UNPIN:
                pin_excerpt(**place, pinned=act == Act.PIN)
            case Act.HIDE | Act.SHOW:
                hide_excerpt(**place, hidden=act == Act.HIDE)
            case Act.UP | Act.DOWN:
                order_excerpt(**place, step=-1 if act == Act.UP else 1)
            case Act.NOTE:
                note_excerpt(**place, note=form.cleaned_data["note"], seen=form.mark)

    def _note_again(
        self, point: TemplatePoint, excerpt: UUID, note: str, refused: Conflict
    ) -> HttpResponse:
        """The writer's note in its form again, beside the one that is stored."""
        theirs = refused.details["theirs"]["note"]
        return self.page(
            status=refused.status,
            tray=evidence_of_case(self.member, self.case).section(point.section.key),
            noting=(point.pk, excerpt),
            note_given=note,
            differences=[Difference(_("Note"), theirs or "–", note or "–")],
        )


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
        source = request.POST.get("source", "")
        keys = {"slug": slug}
        try:
            self._set(request.POST.get("kind", ""), source)
        except Conflict as refused:
            messages.warning(request, refused.message)
            again = reverse("evidence_rules", kwargs=keys, query={"open": source})
            return redirect(f"{again}#rule-{source}")
        messages.success(request, _("The rules are saved."))
        return redirect(reverse("evidence_rules", kwargs=keys, fragment=f"rule-{source}"))

    def _set(self, kind: str, source: str) -> None:
        given: dict[str, Any] = {
            "member": self.member,
            "points": _ids(self.request, "points"),
            "seen": self.request.POST.get("seen") or None,
        }
        if kind == "code":
            code = code_of(member=self.member, code_id=_id(source))
            set_code_rules(**given, code=code, questions=_ids(self.request, "questions"))
        elif kind == "item":
            item = _found(KitItem.objects.select_related("kit"), _id(source))
            set_item_rules(**given, item=item)
        elif kind == "material" and source in set(DocumentKind):
            set_kind_rules(**given, kind=DocumentKind(source))
        else:
            raise Missing


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise Missing from None


def _ids(request: HttpRequest, name: str) -> list[UUID]:
    return [_id(each) for each in request.POST.getlist(name)]
