"""Measurements and key figures in the tray: one form cites them, without any script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from coding.models import CaseDraft, Coding, SectionText
from interviews.models import Case, TemplatePoint
from tests.coding.views.case_drafts.description import address
from tests.factories.measurements import make_instrument, make_key_figure, make_measurement
from tests.factories.studies import Cast

SignIn = Callable[[Any], Client]


@pytest.mark.parametrize("mode", ["measurement", "key_figure"])
def test_a_figure_of_the_tray_is_cited_at_the_end(
    cast: Cast,
    case: Case,
    draft: CaseDraft,
    coding: Coding,
    point: TemplatePoint,
    sign_in: SignIn,
    mode: str,
) -> None:
    client = sign_in(cast.coder)
    figure = (
        make_measurement(cast.coder, make_instrument(cast.coder), case)
        if mode == "measurement"
        else make_key_figure(cast.coder, case, caveat="skøn")
    )
    text = SectionText.objects.get()
    wanted = f"{mode}:{figure.pk}"
    assert f'value="{wanted}"' in client.get(address()).content.decode()
    client.post(
        address("draft_section", section=point.section.key),
        {"text": text.text, "base_version": text.version, "cite": wanted},
    )
    page = client.get(address()).content.decode()
    assert {"measurement": "(november 2011; intern måling)", "key_figure": "(2013; skøn)"}[
        mode
    ] + "<sup" in page
    assert f"#{'figure' if mode == 'key_figure' else mode}-{figure.pk}" in page
    assert f'value="{wanted}"' not in sign_in(cast.reader).get(address()).content.decode()


@pytest.mark.parametrize("wanted", ["measurement:", "measurement:x", "figure:1"])
def test_what_cannot_be_cited_is_told(
    cast: Cast, draft: CaseDraft, coding: Coding, point: TemplatePoint, sign_in: SignIn, wanted: str
) -> None:
    answer = sign_in(cast.coder).post(
        address("draft_section", section=point.section.key),
        {"text": "Ny.", "base_version": 1, "cite": wanted},
    )
    assert answer.status_code == 422
