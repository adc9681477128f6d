"""The pages of guide, template and questions: who may do what, at how many queries."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from coding.domain.imports.plans import load_plan
from interviews.domain.analysis_frames import add_questions
from interviews.domain.case_templates import add_sections
from interviews.domain.kits import add_items, kit_state, state_of
from interviews.formats.outlines import read_outline
from interviews.models import (
    AnalysisQuestion,
    CaseTemplate,
    Kit,
    KitItem,
    TemplatePoint,
    TemplateSection,
)
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.enums import Language
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]
PAGES = ("kit", "template", "questions")


def address(cast: Cast, name: str, **kwargs: UUID) -> str:
    return reverse(name, kwargs={"slug": cast.study.slug, **kwargs})


@pytest.fixture
def plan(cast: Cast) -> Cast:
    add_items(member=cast.lead, lines=read_outline("Om jer\n\tHvem?\n\tHvor?\nOpgaven"))
    add_sections(member=cast.lead, lines=read_outline("Stedet (1 side)\n\tfolk\n\tpenge"))
    add_questions(member=cast.lead, lines=read_outline("Anledning\nForankring"))
    return cast


@pytest.mark.parametrize("part", PAGES)
def test_an_empty_page_says_what_it_is_for_and_gives_the_next_step(
    cast: Cast, sign_in: SignIn, part: str
) -> None:
    lead = sign_in(cast.lead).get(address(cast, part)).content.decode()
    reader = sign_in(cast.reader).get(address(cast, part)).content.decode()

    assert address(cast, f"{part}_paste") in lead
    assert address(cast, f"{part}_paste") not in reader


@pytest.mark.parametrize("part", PAGES)
def test_only_a_lead_gets_the_tools(plan: Cast, sign_in: SignIn, part: str) -> None:
    url = address(plan, part)

    assert 'name="way"' in sign_in(plan.lead).get(url, {"edit": "1"}).content.decode()
    for member in (plan.coder, plan.reader):
        assert 'name="way"' not in sign_in(member).get(url, {"edit": "1"}).content.decode()
    assert sign_in(plan.stranger).get(url).status_code == 404


@pytest.mark.parametrize(("part", "queries"), [("kit", 7), ("template", 6), ("questions", 5)])
def test_queries_do_not_grow_with_the_plan(
    plan: Cast,
    sign_in: SignIn,
    django_assert_num_queries: Callable[[int], object],
    part: str,
    queries: int,
) -> None:
    client = sign_in(plan.lead)
    for _round in range(2):
        with django_assert_num_queries(queries):  # type: ignore[attr-defined]
            assert client.get(address(plan, part), {"edit": "1"}).status_code == 200
        add_items(member=plan.lead, lines=read_outline("Mere\n\tog mere\n\t\tigen"))
        add_sections(member=plan.lead, lines=read_outline("Mere\n\tog mere\nIgen\n\tigen"))
        add_questions(member=plan.lead, lines=read_outline("Mere\nIgen"))


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("kit", "Hvad ville I opnå ved at tage social kapital op?"),
        ("template", "medarbejdere og ledelse"),
        ("questions", "Forståelsesrammer, der bruges"),
    ],
)
def test_the_reference_plan_reads_whole(
    cast: Cast, sign_in: SignIn, part: str, expected: str
) -> None:
    load_plan(study=cast.study, actor=None, language=Language.DANISH)

    assert expected in sign_in(cast.reader).get(address(cast, part)).content.decode()


@pytest.mark.parametrize(
    ("part", "model", "count"),
    [("kit", KitItem, 3), ("template", TemplateSection, 2), ("questions", AnalysisQuestion, 2)],
)
def test_an_outline_is_shown_before_it_is_added(
    cast: Cast,
    sign_in: SignIn,
    part: str,
    model: type[KitItem | TemplateSection | AnalysisQuestion],
    count: int,
) -> None:
    client = sign_in(cast.lead)
    url = address(cast, f"{part}_paste")
    text = "1. Første <b>\n1.1 Under\n2. Anden"
    preview = client.post(url, {"outline": text})

    assert "Første &lt;b&gt;" in preview.content.decode()
    assert model._default_manager.count() == 0

    saved = client.post(url, {"outline": text, "save": "1"})
    assert saved.status_code == 302
    assert model._default_manager.count() == count


@pytest.mark.parametrize("text", ["", "  \n\n", "1.\n2.", "x" * 2_001, "a\n" * 2_001])
def test_an_outline_that_cannot_be_used_stays_in_the_form(
    cast: Cast, sign_in: SignIn, text: str
) -> None:
    response = sign_in(cast.lead).post(address(cast, "kit_paste"), {"outline": text, "save": "1"})

    assert response.status_code == 200
    assert "is-wrong" in response.content.decode()
    assert not KitItem.objects.exists()


def test_a_pasted_title_that_is_too_long_is_said_beside_the_field(
    cast: Cast, sign_in: SignIn
) -> None:
    data = {"outline": "Kort\n" + "x" * 400, "save": "1"}
    response = sign_in(cast.lead).post(address(cast, "questions_paste"), data)

    assert response.status_code == 200
    assert not AnalysisQuestion.objects.exists()


def test_an_item_moves_and_the_page_opens_where_it_is(plan: Cast, sign_in: SignIn) -> None:
    item = KitItem.objects.get(text="Hvor?")
    url = address(plan, "kit_item_move", item=item.pk)
    response = sign_in(plan.lead).post(url, {"way": "up"})

    assert response.headers["Location"].endswith(f"?edit=1#row-{item.pk}")
    item.refresh_from_db()
    assert item.number == "1.1"
    assert sign_in(plan.lead).post(url, {"way": "sideways"}).status_code == 400
    assert sign_in(plan.coder).post(url, {"way": "up"}).status_code == 403


def test_an_item_is_removed_and_brought_back(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    item = KitItem.objects.get(text="Om jer")
    client.post(address(plan, "kit_item_remove", item=item.pk))
    page = client.get(address(plan, "kit"), {"edit": "1"}).content.decode()

    assert address(plan, "kit_item_restore", item=item.pk) in page
    assert client.post(address(plan, "kit_item_remove", item=item.pk)).status_code == 404

    client.post(address(plan, "kit_item_restore", item=item.pk))
    assert KitItem.objects.filter(removed_at=None).count() == 4


def test_an_item_is_edited_in_its_form(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    item = KitItem.objects.get(text="Hvem?")
    question = AnalysisQuestion.objects.get(title="Anledning")
    url = address(plan, "kit_item", item=item.pk)
    seen = client.get(url).context["form"]["seen"].value()
    sent = {"seen": seen, "text": "Hvem er I?", "questions": [question.pk], "recurrence": "x"}

    assert client.post(url, sent).status_code == 302
    item.refresh_from_db()
    assert (item.text, item.recurrence) == ("Hvem er I?", "x")
    assert list(item.analysis_questions.all()) == [question]

    stale = client.post(url, sent | {"text": "Noget helt andet"})
    assert stale.status_code == 409
    assert "Noget helt andet" in stale.content.decode()
    item.refresh_from_db()
    assert item.text == "Hvem er I?"


def test_answer_categories_are_edited_as_an_outline(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    url = address(plan, "kit_edit")
    seen = client.get(url).context["form"]["seen"].value()
    data = {"seen": seen, "title": "Guide", "categories": "Gevinst\n- Målbar\n- Tro"}

    assert client.post(url, data).status_code == 302
    kit = Kit.objects.get()
    assert [each["label"] for each in kit.answer_categories] == ["Gevinst"]
    assert seal(kit_state(kit)) == client.get(url).context["form"]["seen"].value()

    stale = client.post(url, data | {"title": "Anden"})
    assert stale.status_code == 409
    assert "Anden" in stale.content.decode()


def test_entries_are_added_in_place(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    section = TemplateSection.objects.get()
    item = KitItem.objects.get(text="Opgaven")
    client.post(address(plan, "kit_item_add", item=item.pk), {"outline": "Hvad gør I?"})
    client.post(address(plan, "kit_add"), {"outline": "Til sidst"})
    client.post(address(plan, "section_add"), {"outline": "Fremtiden"})
    client.post(address(plan, "point_add", section=section.pk), {"outline": "tid\nrum"})
    client.post(address(plan, "question_add"), {"outline": "Måling"})
    client.post(address(plan, "question_add"), {"outline": " "})

    assert KitItem.objects.get(text="Hvad gør I?").parent == item
    assert KitItem.objects.get(text="Til sidst").number == "3"
    assert TemplateSection.objects.count() == 2
    assert section.points.count() == 4
    assert AnalysisQuestion.objects.count() == 3


def test_a_budget_is_written_as_a_fraction(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    section = TemplateSection.objects.get()
    url = address(plan, "section", section=section.pk)
    seen = client.get(url).context["form"]["seen"].value()
    data = {"seen": seen, "title": "Stedet", "required_sources": ["written"]}

    refused = client.post(url, data | {"page_budget": "en halv"})
    assert refused.status_code == 200
    assert "en halv" in refused.content.decode()

    assert client.post(url, data | {"page_budget": "1½"}).status_code == 302
    section.refresh_from_db()
    assert (float(section.page_budget or 0), section.required_sources) == (1.5, ["written"])
    assert "1½" in client.get(url).content.decode()
    assert client.post(url, data | {"page_budget": "2"}).status_code == 409


def test_points_and_questions_have_forms_of_their_own(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    point = TemplatePoint.objects.get(text="folk")
    question = AnalysisQuestion.objects.get(title="Forankring")
    for url, data in (
        (address(plan, "point", point=point.pk), {"text": "folk og ledelse"}),
        (address(plan, "question", question=question.pk), {"title": "Rod", "text": "Hvor?"}),
        (address(plan, "template_edit"), {"title": "Skabelon", "total_pages": "5"}),
    ):
        seen = client.get(url).context["form"]["seen"].value()
        assert client.post(url, data | {"seen": seen}).status_code == 302
    point.refresh_from_db()
    question.refresh_from_db()

    assert point.text == "folk og ledelse"
    assert (question.title, question.text) == ("Rod", "Hvor?")
    assert "Skabelon" in client.get(address(plan, "template")).content.decode()


@pytest.mark.parametrize(
    ("noun", "restore"), [("section", "section"), ("point", "point"), ("question", "question")]
)
def test_everything_removed_can_be_brought_back(
    plan: Cast, sign_in: SignIn, noun: str, restore: str
) -> None:
    models: dict[str, Any] = {
        "section": TemplateSection,
        "point": TemplatePoint,
        "question": AnalysisQuestion,
    }
    model = models[noun]
    row = model._default_manager.order_by("order")[0]
    client = sign_in(plan.lead)
    part = "questions" if noun == "question" else "template"
    client.post(address(plan, f"{noun}_move", **{noun: row.pk}), {"way": "down"})
    client.post(address(plan, f"{noun}_remove", **{noun: row.pk}))
    url = address(plan, f"{noun}_restore", **{noun: row.pk})

    assert url in client.get(address(plan, part), {"edit": "1"}).content.decode()
    assert client.post(url).status_code == 302
    assert model._default_manager.filter(removed_at=None).count() == model._default_manager.count()


def test_nothing_of_another_study_is_reached(plan: Cast, sign_in: SignIn) -> None:
    other = make_cast("other", "other-")
    item = KitItem.objects.get(text="Hvem?")
    client = sign_in(other.lead)

    assert client.get(address(other, "kit_item", item=item.pk)).status_code == 404
    moved = client.post(address(other, "kit_item_move", item=item.pk), {"way": "up"})
    assert moved.status_code == 404
    assert state_of(item)["text"] == "Hvem?"


def test_every_form_leads_back_to_its_outline(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    section, point = TemplateSection.objects.all()[0], TemplatePoint.objects.all()[0]
    for part, form in (
        ("kit", address(plan, "kit_edit")),
        ("kit", address(plan, "kit_item", item=KitItem.objects.all()[0].pk)),
        ("template", address(plan, "template_edit")),
        ("template", address(plan, "section", section=section.pk)),
        ("template", address(plan, "point", point=point.pk)),
        ("questions", address(plan, "question", question=AnalysisQuestion.objects.all()[0].pk)),
        ("questions", address(plan, "questions_paste")),
    ):
        assert f'href="{address(plan, part)}?edit=1' in client.get(form).content.decode()


def test_the_field_stays_open_for_the_next_entry(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    added = client.post(address(plan, "kit_add"), {"outline": "Til sidst", "field": "top"})

    assert added.headers["Location"].endswith("?edit=1&add=top")
    page = client.get(added.headers["Location"]).content.decode()
    assert page.count("required autofocus") == 1


def test_what_was_removed_comes_back_at_a_press(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    point = TemplatePoint.objects.get(text="folk")
    removed = client.post(address(plan, "point_remove", point=point.pk)).headers["Location"]

    notice = client.get(removed)
    assert notice.context["removed"] == {"label": "folk"}
    client.post(notice.context["undo_url"])
    assert "undo_url" not in client.get(removed).context
    for wrong in ("point.x", "point.", "item", f"question.{point.pk}"):
        page = client.get(address(plan, "template"), {"edit": "1", "removed": wrong})
        assert page.status_code == 200
        assert "undo_url" not in page.context


def test_sections_add_up_to_the_pages_in_all(plan: Cast, sign_in: SignIn) -> None:
    client = sign_in(plan.lead)
    add_sections(member=plan.lead, lines=read_outline("Greb (1½ side)\nTil sidst"))
    assert client.get(address(plan, "template")).context["outline"].total == Decimal("2.5")

    template = CaseTemplate.objects.get()
    template.total_pages = Decimal(5)
    template.save()
    assert client.get(address(plan, "template")).context["outline"].total == 5
