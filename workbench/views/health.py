"""Is the process alive; can it reach its databases."""

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

from workbench.access.views import OpenView


class AliveView(OpenView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok", content_type="text/plain")


class ReadyView(OpenView):
    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            for alias in connections:
                with connections[alias].cursor() as cursor:
                    cursor.execute("SELECT 1")
        except DatabaseError:
            return HttpResponse("database", status=503, content_type="text/plain")
        return HttpResponse("ok", content_type="text/plain")
