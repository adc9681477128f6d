"""The domain's own errors. Doors map them once: to a page, or to a problem document."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class WorkbenchError(Exception):
    """Base: `status` is the HTTP status, `code` is stable, `message` is for the person."""

    status = 400
    code = "invalid"
    message: str | Promise = _("That is not possible.")

    def __init__(
        self, message: str | Promise | None = None, *, code: str | None = None, **details: Any
    ) -> None:
        if message is not None:
            self.message = message
        if code is not None:
            self.code = code
        self.details = details
        super().__init__(str(code or self.code))


class Invalid(WorkbenchError):
    """The input cannot be used; the message says which part and what to do."""


class Missing(WorkbenchError):
    """Not there, or not yours to know of: the same answer for both."""

    status = 404
    code = "not_found"
    message = _("This does not exist, or you have no access to it.")


class AnotherPerson(WorkbenchError):
    """The page belongs to one person, the session by now to another."""

    status = 401
    code = "another_person"
    message = _("Somebody else has signed in since this page was opened. Nothing was saved.")


class SignedOut(WorkbenchError):
    """A form was sent after the session ended; `back` leads to the page it stood on."""

    status = 401
    code = "signed_out"
    message = _("You were signed out. Nothing was saved.")


class Forbidden(WorkbenchError):
    status = 403
    code = "forbidden"
    message = _("Your role in this study does not allow that.")


class NotAPage(WorkbenchError):
    status = 405
    code = "method_not_allowed"
    message = _("This address takes what a form sends, and shows nothing by itself.")


class Conflict(WorkbenchError):
    """Someone changed it since, or it exists already; `details` carries both sides."""

    status = 409
    code = "conflict"
    message = _("Someone else changed this in the meantime.")


class Gone(WorkbenchError):
    status = 410
    code = "gone"
    message = _("This has been removed.")


class TooLarge(WorkbenchError):
    status = 413
    code = "too_large"
    message = _("This is larger than the limit.")


class Unsupported(WorkbenchError):
    status = 415
    code = "wrong_type"
    message = _("This kind of file cannot be read here.")


class PreconditionRequired(WorkbenchError):
    status = 428
    code = "precondition_required"
    message = _("Say which version you are changing.")


class Busy(WorkbenchError):
    status = 503
    code = "busy"
    message = _("The workbench is busy. Nothing was saved; try again in a moment.")


class Unwritable(WorkbenchError):
    status = 507
    code = "cannot_save"
    message = _(
        "The workbench cannot save: its disk is full, or may only be read. Nothing was saved. "
        "Tell the person who runs it."
    )


class Failed(WorkbenchError):
    status = 500
    code = "failed"
    message = _("The fault is ours and has been noted.")
