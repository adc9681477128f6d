from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.db.models import QuerySet


class InterviewsConfig(AppConfig):
    name = "interviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only now.
        from interviews.domain.intakes.clearing import clear_intakes, clear_originals  # noqa: PLC0415
        from interviews.domain.recordings import clear_recordings  # noqa: PLC0415
        from interviews.models import (  # noqa: PLC0415
            BiasStatement,
            Document,
            Interview,
            Recording,
            Source,
        )
        from workbench.history.nouns import NAMED_TODAY  # noqa: PLC0415
        from workbench.jobs.clearing import also_clear  # noqa: PLC0415

        NAMED_TODAY["document"] = lambda ids: _titles(Document.objects.filter(pk__in=ids))
        NAMED_TODAY["interview"] = lambda ids: _titles(Interview.objects.filter(pk__in=ids))
        NAMED_TODAY["source"] = lambda ids: dict(
            Source.objects.filter(pk__in=ids).values_list("pk", "name")
        )
        NAMED_TODAY["bias_statement"] = lambda ids: dict(
            BiasStatement.objects.filter(pk__in=ids).values_list("pk", "text")
        )
        NAMED_TODAY["recording"] = lambda ids: dict(
            Recording.objects.filter(pk__in=ids).values_list("pk", "interview__title")
        )
        for clearing in (clear_intakes, clear_originals, clear_recordings):
            also_clear(clearing)


def _titles(rows: QuerySet[Any]) -> dict[UUID, str]:
    return dict(rows.values_list("pk", "title"))
