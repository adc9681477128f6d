"""The one door for pages: a view declares who may pass, or the system check refuses it."""

from enum import StrEnum
from typing import Any, ClassVar

from django.contrib.auth.mixins import AccessMixin
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from workbench.access.permissions import Permission, permits
from workbench.errors import Forbidden, Missing, SignedOut
from workbench.models import Member, Study, User


class Audience(StrEnum):
    """Who may see a page that belongs to no study."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"


# Included URL configurations, each with the reason why its own access rules suffice.
DECLARED_INCLUDES: dict[str, str] = {
    "workbench.sign_in_urls": "sign-in, sign-out and passwords; each view holds its own rule",
    "django.contrib.admin": "read-only, superusers",
    "ninja": "each operation declares its own permission",
}


def member_of(user: Any, slug: str) -> Member:
    """The user's membership of the study; the same 404 whether it is foreign or not there."""
    try:
        found = Member.objects.select_related("study", "user").with_place()
        return found.get(study__slug=slug, user=user)
    except Member.DoesNotExist:
        raise Missing from None


def require(member: Member, permission: Permission) -> None:
    if not permits(member, permission):
        raise Forbidden


class OpenView(View):
    """A page that needs no sign-in; it shows nothing of any study."""

    audience: ClassVar[Audience] = Audience.ANYONE


def _own_page(request: HttpRequest) -> str:
    """The page of ours that the request comes from."""
    page = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if own else "/"


class SignedInView(AccessMixin, View):
    """A page that belongs to no study."""

    audience: ClassVar[Audience] = Audience.SIGNED_IN
    request: HttpRequest

    @property
    def user(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)

    def handle_no_permission(self) -> HttpResponseRedirect:
        """To the sign-in; what a form sends would be lost on the way."""
        if self.request.method == "POST":
            raise SignedOut(back=_own_page(self.request))
        return super().handle_no_permission()


class StudyView(SignedInView):
    """A page inside a study: `permission` to see it, `write_permission` for unsafe methods."""

    permission: ClassVar[Permission]
    write_permission: ClassVar[Permission | None] = None
    member: Member
    study: Study

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.member = member_of(request.user, kwargs["slug"])
        self.study = self.member.study
        require(self.member, self.needed(request.method or "GET"))
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def needed(cls, method: str) -> Permission:
        safe = method in {"GET", "HEAD", "OPTIONS"}
        return cls.permission if safe or cls.write_permission is None else cls.write_permission

    def may(self, permission: Permission) -> bool:
        return permits(self.member, permission)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Template context: the frame needs the study and the member."""
        parent = getattr(super(), "get_context_data", None)
        context = parent(**kwargs) if parent else kwargs
        return {"study": self.study, "member": self.member, **context}
