"""The guide as one case asks it, beside the guide as it stands."""

from functools import cached_property
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from interviews.domain.kits import ITEMS, adapt_item, adaptation_of, adaptation_state
from interviews.domain.queries.adaptations import adapted_guide, asked_at
from interviews.domain.queries.kits import is_published, versions_of
from interviews.formats.guide_docx import GuideLine, write_guide_docx
from interviews.forms.kits import AdaptationForm
from interviews.models import Kit, KitItem
from interviews.views.cases import CaseTabView, InCase
from workbench.access.permissions import Permission
from workbench.views.changing import ChangingView, Difference


class CaseGuideView(CaseTabView):
    template_name = "interviews/case_guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(guide=adapted_guide(self.case), on_guide=True, **kwargs)


class CaseGuidePrintView(InCase, TemplateView):
    """The guide to bring along, as a page for paper."""

    permission = Permission.STUDY_READ
    template_name = "interviews/case_guide_print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            lines=asked_at(self.case),
            # What is on the paper is the guide as it stands: it has a number only once published.
            version=versions_of(self.member).first() if is_published(self.member) else None,
            **kwargs,
        )


class CaseGuideWordView(InCase):
    """The same as a Word document."""

    permission = Permission.STUDY_READ

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        lines = [GuideLine(each.number, each.text, each.depth) for each in asked_at(self.case)]
        kit = Kit.objects.filter(study=self.study).first()
        with override(self.study.language):
            content = write_guide_docx(
                title=(kit.title if kit else "") or _("Interview guide"),
                subtitle=self.case.name,
                lines=lines,
                locale="en-GB" if self.study.language == "en" else "da-DK",
                created=timezone.now(),
            )
        return FileResponse(
            BytesIO(content), as_attachment=True, filename=f"guide-{self.case.key}.docx"
        )


class CaseGuideItemView(InCase, ChangingView):
    """How the case asks one item."""

    permission = Permission.FIELD_WRITE
    form_class = AdaptationForm
    template_name = "interviews/case_guide_item.html"

    @cached_property
    def item(self) -> KitItem:
        return ITEMS.find(member=self.member, pk=self.kwargs["item"])

    def state(self) -> dict[str, Any]:
        return adaptation_state(adaptation_of(self.case, self.item))

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        return initial | {"added": "\n".join(initial["added"])}

    def save(self, form: AdaptationForm) -> str:
        adapt_item(
            member=self.member,
            case=self.case,
            item_id=self.item.pk,
            seen=form.mark,
            off=form.cleaned_data["off"],
            text=form.cleaned_data["text"],
            added=form.cleaned_data["added"],
        )
        return f"{self.tab('case_guide')}#row-{self.item.pk}"

    def differences(self, form: AdaptationForm, theirs: dict[str, Any]) -> list[Difference]:
        yours = form.cleaned_data | {"added": "\n".join(form.cleaned_data["added"])}
        form.cleaned_data = yours
        return super().differences(form, theirs | {"added": "\n".join(theirs["added"])})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"item": self.item}))
