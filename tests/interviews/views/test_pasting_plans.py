"""Pasting a guide, a template or questions: the preview shows what will be made, and it is made."""

from collections.abc import Callable
from decimal import Decimal

from django.test import Client

from interviews.models import (
    AnalysisQuestion,
    CaseTemplate,
    Kit,
    KitItem,
    TemplatePoint,
    TemplateSection,
)
from interviews.views.outlines import Preview
from tests.factories.studies import Cast
from tests.interviews.views.test_plan_pages import address
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]
GUIDE = "Guide til hjemmeplejen\nDet er frivilligt.\n1. Om jer\n1.1 Hvem?\n1.2 Hvor?\n2. Opgaven"
TEMPLATE = "Beskrivelsen (6 sider)\n1. Stedet (½ side)\n- folk\n  - ledere\n2. Greb (2 sider)"


def looked_at(client: Client, url: str, text: str, **chosen: str) -> Preview:
    preview: Preview = client.post(url, {"outline": text, **chosen}).context["preview"]
    return preview


def test_a_title_before_the_first_number_becomes_the_title(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.lead), address(cast, "kit_paste")
    preview = looked_at(client, url, GUIDE)
    assert (preview.title, preview.left_out) == ("Guide til hjemmeplejen", ["Det er frivilligt."])
    assert [entry.number for entry in preview.entries] == ["1", "1.1", "1.2", "2"]

    client.post(url, {"outline": GUIDE, "save": "1"})
    assert Kit.objects.get().title == "Guide til hjemmeplejen"
    assert KitItem.objects.count() == 4

    # The second time there is a title, and numbers go on where the guide ends.
    again = looked_at(client, url, GUIDE)
    assert (again.title, len(again.left_out)) == ("", 2)
    assert again.entries[0].number == "3"


def test_lines_before_the_first_number_can_be_entries(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.lead), address(cast, "kit_paste")
    preview = looked_at(client, url, GUIDE, head="entries")

    assert preview.entries[0].text == "Guide til hjemmeplejen"
    assert (
        'name="head" value="entries"'
        in client.post(url, {"outline": GUIDE, "head": "entries"}).content.decode()
    )
    client.post(url, {"outline": GUIDE, "head": "entries", "save": "1"})
    assert KitItem.objects.count() == 6


def test_a_pasted_template_is_shown_as_it_will_be(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.lead), address(cast, "template_paste")
    preview = looked_at(client, url, TEMPLATE)
    assert [(each.number, each.text, each.depth) for each in preview.entries] == [
        ("1", "Stedet", 0),
        ("", "folk", 1),
        ("", "ledere", 1),
        ("2", "Greb", 0),
    ]
    assert all(each.note for each in preview.entries if each.number)
    assert preview.remark

    client.post(url, {"outline": TEMPLATE, "save": "1"})
    template = CaseTemplate.objects.get()
    assert (template.title, template.total_pages) == ("Beskrivelsen", Decimal(6))
    assert TemplateSection.objects.get(title="Greb").page_budget == 2
    assert TemplatePoint.objects.count() == 2
    assert not looked_at(client, url, "1. Kun\n- to niveauer").remark


def test_pasted_questions_are_counted_as_they_will_be(cast: Cast, sign_in: SignIn) -> None:
    client, url = sign_in(cast.lead), address(cast, "questions_paste")
    text = "Fremmere\n1. Hvad hjælper?\n2. Hvem?\nHæmmere\n1. Hvad er i vejen?"
    preview = looked_at(client, url, text)

    assert [each.number for each in preview.entries] == ["1", "", "", "2", ""]
    assert preview.counted in client.post(url, {"outline": text}).content.decode()
    assert preview.remark
    client.post(url, {"outline": text, "save": "1"})
    assert AnalysisQuestion.objects.count() == 2


def test_a_line_that_cannot_be_added_is_refused_in_the_preview(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.lead).post(
        address(cast, "questions_paste"), {"outline": "Kort\n" + "x" * 400}
    )

    assert "is-wrong" in response.content.decode()
    assert "preview" not in response.context
