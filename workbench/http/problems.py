"""Problem documents (RFC 9457): how the API says that something was refused."""

from typing import Any

from django.http import JsonResponse

from workbench.errors import WorkbenchError


def problem(error: WorkbenchError) -> JsonResponse:
    body: dict[str, Any] = {
        "type": f"urn:workbench:{error.code}",
        "title": str(error.message),
        "status": error.status,
        "code": error.code,
        **error.details,
    }
    return JsonResponse(body, status=error.status, content_type="application/problem+json")
