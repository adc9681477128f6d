"""The admin site: every model on it can be looked at by superusers, and changed by nobody."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workbench.errors import Missing


class ReadOnly:
    """Before any `ModelAdmin` in a class's bases, takes its ways of changing away."""

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_superuser(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_superuser(request)


# What other packages register and nobody needs to look at: arguments and tracebacks of tasks,
# permissions that this product does not use.
UNWANTED = frozenset({"django_tasks_database.dbtaskresult", "auth.group"})


class ReadOnlySite(AdminSite):
    """Whoever registers a model, it becomes read-only."""

    site_title = site_header = "Interview Coding Workbench"
    index_title = _("What is stored, to look at")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else None
        wanted = [
            model
            for model in (models if models is not None else [model_or_iterable])
            if model._meta.label_lower not in UNWANTED
        ]
        base = admin_class or ModelAdmin
        read_only = type(f"ReadOnly{base.__name__}", (ReadOnly, base), {})
        super().register(wanted, read_only, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return _is_superuser(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """One door here too: the account's own page also ends the person's tokens."""
        return redirect("account_change_password")

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Sign-in has one door; who is signed in and no superuser finds nothing here."""
        if request.user.is_authenticated and not _is_superuser(request):
            raise Missing
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect(f"{reverse('account_login')}?next={reverse('admin:index')}")


def _is_superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_superuser)
