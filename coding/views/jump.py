"""Where the command palette goes: `?q=` answers with a list of {label, kind, url}."""

from collections.abc import Iterator

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coding.domain.queries.jump import Place, PlaceKind, best, places_of
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.ui.navigation import GROUPS

KINDS = {
    PlaceKind.PAGE: _("Page"),
    PlaceKind.CASE: _("Case"),
    PlaceKind.DOCUMENT: _("Material"),
    PlaceKind.CODE: _("Code"),
}
LONGEST = 100


class JumpView(StudyView):
    permission = Permission.STUDY_READ

    def get(self, request: HttpRequest, slug: str) -> JsonResponse:
        wanted = request.GET.get("q", "")[:LONGEST]
        found = best([*self.pages(), *places_of(self.member)], wanted)
        return JsonResponse([self.told(place) for place in found], safe=False)

    def pages(self) -> Iterator[Place]:
        yield Place(PlaceKind.PAGE, "study_overview", str(_("Overview")))
        for group in GROUPS:
            for page in group.pages:
                if self.may(page.permission):
                    within = str(group.label or "")
                    yield Place(PlaceKind.PAGE, page.url_name, str(page.label), within)

    def told(self, place: Place) -> dict[str, str]:
        kind = str(KINDS[place.kind])
        return {
            "label": place.label,
            "kind": f"{kind} · {place.within}" if place.within else kind,
            "url": self.address(place),
        }

    def address(self, place: Place) -> str:
        slug = self.study.slug
        if place.kind == PlaceKind.PAGE:
            return reverse(str(place.id), kwargs={"slug": slug})
        if place.kind == PlaceKind.CASE:
            return reverse("case", kwargs={"slug": slug, "key": place.id})
        if place.kind == PlaceKind.DOCUMENT:
            return reverse("document", kwargs={"slug": slug, "document": place.id})
        return reverse("code", kwargs={"slug": slug, "code": place.id})
