"""Memos: found again, written, rewritten by their author."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from coding.domain.memos import change_memo, remove_memo, state_of, write_memo
from coding.domain.queries.labels import MEMO_KINDS, MEMO_NOUNS
from coding.domain.queries.memos import (
    MemoQuery,
    MemoRow,
    Thing,
    memo_authors,
    memo_rows,
    narrowed_memos,
    thing_of,
    visible_memos,
)
from coding.enums import MemoKind
from coding.forms.memos import MemoFilterForm, MemoForm
from coding.models import Memo
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Missing
from workbench.views.changing import ChangingView

PER_PAGE = 25


def address_of(thing: Thing, slug: str) -> str:
    """Where a person reads what the memo is on."""
    match thing.noun:
        case "case":
            return reverse("case", kwargs={"slug": slug, "key": thing.place})
        case "code":
            return reverse("code", kwargs={"slug": slug, "code": thing.place})
    query = {"coding": str(thing.id)} if thing.noun == "coding" else None
    return reverse("document", kwargs={"slug": slug, "document": thing.place}, query=query)


class MemosView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "coding/memos_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = MemoFilterForm(request.GET, authors=memo_authors(self.member))
        valid = form.is_valid()
        query = form.query if valid else MemoQuery()
        memos = narrowed_memos(self.member, query) if valid else Memo.objects.none()
        page = Paginator(memos, PER_PAGE).get_page(request.GET.get("page"))
        context = self.get_context_data(
            form=form,
            page=page,
            memos=[self.shown(row) for row in memo_rows(self.member, page.object_list)],
            narrowed=query != MemoQuery(),
            may_write=self.may(Permission.MEMOS_WRITE),
        )
        return self.render_to_response(context, status=200 if valid else 400)

    def shown(self, row: MemoRow) -> dict[str, Any]:
        memo, thing = row.memo, row.thing
        return {
            "memo": memo,
            "kind": MEMO_KINDS[MemoKind(memo.kind)],
            "own": memo.author_id == self.member.user_id,
            "on": MEMO_NOUNS.get(memo.noun, memo.noun),
            "thing": thing,
            "address": address_of(thing, self.study.slug) if thing else "",
        }


class WritingMemo(ChangingView):
    permission = Permission.MEMOS_WRITE
    form_class = MemoForm
    template_name = "coding/memo_form.html"

    def back(self, memo: Memo) -> str:
        return f"{reverse('memos', kwargs={'slug': self.study.slug})}#memo-{memo.pk}"


class MemoNewView(WritingMemo):
    """`?on=<noun>:<id>` names what it is on; without it, the study as a whole."""

    saved_message = gettext_lazy("The memo is kept.")

    def thing(self) -> Thing | None:
        on = self.request.GET.get("on", "")
        if not on:
            return None
        noun, _colon, subject = on.partition(":")
        try:
            found = thing_of(self.member, noun, UUID(subject))
        except ValueError:
            raise Missing from None
        if found is None:
            raise Missing
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(thing=self.thing(), **kwargs)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        thing = self.thing()
        memo = write_memo(
            member=self.member,
            noun=thing.noun if thing else "",
            subject=thing.id if thing else None,
            title=given["title"],
            text=given["text"],
            kind=MemoKind(given["kind"]),
            private=given["private"],
        )
        return self.back(memo)


class MemoEditView(WritingMemo):
    saved_message = gettext_lazy("Saved.")

    def memo(self) -> Memo:
        own = visible_memos(self.member).filter(author=self.member.user)
        memo = own.filter(pk=self.kwargs["memo"]).first()
        if memo is None:
            raise Missing
        return memo

    def state(self) -> dict[str, Any]:
        return state_of(self.memo())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memo = self.memo()
        (row,) = memo_rows(self.member, [memo])
        return super().get_context_data(memo=memo, thing=row.thing, **kwargs)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        memo = change_memo(
            member=self.member,
            memo_id=self.kwargs["memo"],
            title=given["title"],
            text=given["text"],
            kind=MemoKind(given["kind"]),
            private=given["private"],
            seen=form.mark,
        )
        return self.back(memo)


class MemoRemoveView(StudyView):
    permission = Permission.MEMOS_WRITE

    def post(self, request: HttpRequest, slug: str, memo: UUID) -> HttpResponse:
        remove_memo(member=self.member, memo_id=memo)
        messages.success(request, _("The memo is removed."))
        return redirect("memos", slug=slug)
