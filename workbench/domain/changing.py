"""changing(): the one transaction of a verb."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from workbench.models import Member, Study


@contextmanager
def changing(whose: Member | Study) -> Iterator[None]:
    """A transaction in which nobody else changes the study: what a verb finds stays so.

    Its first statement locks the study's row, so that whoever waited sees what the one before
    did. On SQLite beginning the transaction does that. Verbs may call verbs.
    """
    study_id = whose.pk if isinstance(whose, Study) else whose.study_id
    with transaction.atomic():
        if connection.features.has_select_for_update:
            # NO KEY: rows that only name the study may be written meanwhile.
            study = Study.objects.select_for_update(no_key=True).filter(pk=study_id)
            study.values_list("pk").get()
        yield
