"""The codebook's pages: to read for all, to change for a project lead."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coding.domain.codebook import define_code, remove_code
from coding.domain.evidence import set_code_rules
from coding.models import Code, EvidenceRule, QuestionRule
from interviews.models import (
    AnalysisQuestion,
    CaseTemplate,
    Document,
    TemplatePoint,
    TemplateSection,
)
from tests.factories.codings import make_code, make_coding
from tests.factories.studies import Cast, make_cast
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]


def at(cast: Cast, name: str, code: Code | None = None) -> str:
    keys: dict[str, Any] = {"slug": cast.study.slug}
    return reverse(name, kwargs=keys | ({"code": code.pk} if code else {}))


def at_version(cast: Cast, number: int) -> str:
    return reverse("codebook_version", kwargs={"slug": cast.study.slug, "number": number})


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_codebook_says_what_it_is_for(cast: Cast, sign_in: SignIn) -> None:
    lead, reader = sign_in(cast.lead), sign_in(cast.reader)
    assert at(cast, "codebook_paste") in read(lead, at(cast, "codebook"))
    assert at(cast, "codebook_paste") not in read(reader, at(cast, "codebook"))


def test_a_code_is_read_with_its_rule_and_its_uses(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    top = make_code(cast.lead)
    child = make_code(cast.lead, "Aftenholdet", top)
    define_code(member=cast.lead, code=child, use_when="Når <b>aftenen</b> er udenfor")
    make_coding(cast.coder, document, "om aftenen", child)
    make_coding(cast.second_coder, document, "om aftenen", child)
    page = read(sign_in(cast.reader), at(cast, "code", child))
    assert "Når &lt;b&gt;aftenen&lt;/b&gt; er udenfor" in page
    assert "<dd>2</dd>" in page
    assert 'aria-current="page"' in page
    assert at(cast, "code_edit", child) not in page
    above = read(sign_in(cast.reader), at(cast, "code", top))
    assert "<dd>0</dd>" in above
    assert "<dd>2</dd>" in above


def test_the_page_takes_the_same_queries_for_one_and_for_three_codes(
    cast: Cast,
    document: Document,
    sign_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    client = sign_in(cast.reader)
    first = make_code(cast.lead)
    make_coding(cast.coder, document, "om aftenen", first)
    with django_assert_num_queries(10):
        read(client, at(cast, "codebook"))
    second = make_code(cast.lead, "Aftenholdet", first)
    make_coding(cast.coder, document, "i starten", second)
    make_code(cast.lead, "Forankring")
    with django_assert_num_queries(10):
        read(client, at(cast, "codebook"))


def test_a_lead_writes_a_definition_and_says_why(cast: Cast, sign_in: SignIn) -> None:
    code = make_code(cast.lead)
    client = sign_in(cast.lead)
    form = client.get(at(cast, "code_edit", code)).context["form"]
    given = {**form.initial, "name": "Barrierer", "brief": "Det der bremser", "shortcut": "4"}
    answer = client.post(at(cast, "code_edit", code), {**given, "reason": "klarere ord"})
    assert answer.status_code == 302
    code.refresh_from_db()
    assert (code.name, code.brief, code.shortcut) == ("Barrierer", "Det der bremser", "4")
    assert "klarere ord" in read(client, at(cast, "codebook_versions"))


def test_two_leads_who_define_one_code_see_both_versions(cast: Cast, sign_in: SignIn) -> None:
    code = make_code(cast.lead)
    client = sign_in(cast.lead)
    mine = client.get(at(cast, "code_edit", code)).context["form"].initial
    define_code(member=cast.lead, code=code, brief="Den andens ord")
    answer = client.post(at(cast, "code_edit", code), {**mine, "brief": "Mine ord"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Den andens ord" in page
    assert "Mine ord" in page
    code.refresh_from_db()
    assert code.brief == "Den andens ord"


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [("name", "", 200), ("name", "Optaget", 409), ("colour", "99", 200), ("shortcut", "x", 200)],
)
def test_what_cannot_be_saved_stays_in_the_form(
    cast: Cast, sign_in: SignIn, field: str, value: str, status: int
) -> None:
    make_code(cast.lead, "Optaget")
    code = make_code(cast.lead)
    client = sign_in(cast.lead)
    mine = client.get(at(cast, "code_edit", code)).context["form"].initial
    answer = client.post(at(cast, "code_edit", code), {**mine, "brief": "Beholdt", field: value})
    assert answer.status_code == status
    assert "Beholdt" in answer.content.decode()
    code.refresh_from_db()
    assert code.name == "Hæmmere"


def test_a_coder_adds_a_code_and_changes_none(cast: Cast, sign_in: SignIn) -> None:
    top = make_code(cast.lead)
    client = sign_in(cast.coder)
    answer = client.post(
        at(cast, "code_new"), {"name": "Aftenholdet", "parent": str(top.pk), "colour": "3"}
    )
    made = Code.objects.get(name="Aftenholdet")
    assert answer.headers["Location"] == at(cast, "code", made)
    assert (made.parent, made.colour) == (top, 3)
    for name in ("code_edit", "code_move", "code_place", "code_merge", "code_remove"):
        assert client.post(at(cast, name, top), {}).status_code == 403
    for name in ("code_rules", "code_restore"):
        assert client.post(at(cast, name, top), {}).status_code == 403
    assert client.get(at(cast, "codebook_paste")).status_code == 403


def test_codes_are_moved_by_buttons(cast: Cast, sign_in: SignIn) -> None:
    make_code(cast.lead, "A")
    second = make_code(cast.lead, "B")
    client = sign_in(cast.lead)
    client.post(at(cast, "code_move", second), {"way": "up"})
    live = Code.objects.filter(study=cast.study).order_by("order")
    assert [code.name for code in live] == ["B", "A"]
    assert client.post(at(cast, "code_move", second), {"way": "sideways"}).status_code == 400


def test_placing_merging_and_removing_ask_why(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    one, two, three = (make_code(cast.lead, name) for name in "ABC")
    make_coding(cast.coder, document, "om aftenen", two)
    client = sign_in(cast.lead)

    def change(name: str, code: Code, **given: str) -> int:
        client.get(at(cast, name, code))
        return client.post(at(cast, name, code), given).status_code

    assert change("code_place", two, parent=str(one.pk)) == 200
    assert change("code_place", two, parent=str(one.pk), reason="hører til") == 302
    assert change("code_remove", two, reason="ryd op") == 409
    assert change("code_merge", two, target=str(three.pk)) == 200
    assert change("code_merge", two, target=str(one.pk), reason="det samme") == 302
    assert change("code_remove", three, reason="ryd op") == 302
    page = read(client, at(cast, "codebook"))
    assert page.count(at(cast, "code_restore", three)) == 1
    assert at(cast, "code_restore", two) not in page
    assert client.post(at(cast, "code_restore", three)).status_code == 302
    assert client.get(at(cast, "code", two)).status_code == 410


def test_a_code_is_not_offered_a_place_under_itself(cast: Cast, sign_in: SignIn) -> None:
    top = make_code(cast.lead, "A")
    below = make_code(cast.lead, "B", top)
    form = sign_in(cast.lead).get(at(cast, "code_place", top)).context["form"]
    assert str(below.pk) not in dict(form.fields["parent"].choices)
    answer = sign_in(cast.lead).post(
        at(cast, "code_place", top), {"parent": str(below.pk), "reason": "nej"}
    )
    assert answer.status_code == 200


def test_an_outline_is_looked_at_and_then_pasted(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.lead)
    make_code(cast.lead, "Tid")
    text = "Kodebog 2024\n\tFremmere: hjælper\n\t\tKoordination\n\tTid"
    paste = at(cast, "codebook_paste")
    looked = client.post(paste, {"outline": text})
    shown = [
        (each.code.name, each.code.depth, each.is_there) for _n, each in looked.context["preview"]
    ]
    assert shown == [("Fremmere", 0, False), ("Koordination", 1, False), ("Tid", 0, True)]
    assert Code.objects.count() == 1
    form = looked.context["form"]
    assert [form.initial[name] for name in ("titled", "with_texts", "looked")] == [True] * 3
    told = {"outline": text, "looked": "True", "with_texts": "on", "save": "1"}
    kept_as_code = client.post(paste, {**told, "save": ""} | {"titled": "on", "with_texts": ""})
    assert kept_as_code.status_code == 302
    assert list(Code.objects.values_list("path", flat=True)) == [
        "Tid",
        "Fremmere: hjælper",
        "Fremmere: hjælper / Koordination",
    ]
    refused = client.post(paste, {"outline": "Ny\n" + "x" * 200, "save": "1"})
    assert refused.status_code == 200
    assert "x" * 200 in refused.content.decode()
    assert Code.objects.count() == 3


def test_a_version_is_opened_and_compared_with_an_earlier_one(cast: Cast, sign_in: SignIn) -> None:
    code = make_code(cast.lead)
    define_code(member=cast.lead, code=code, brief="Det der holder igen.")
    make_code(cast.lead, "Fremmere")
    client = sign_in(cast.reader)
    assert at_version(cast, 3) in read(client, at(cast, "codebook_versions"))
    latest = read(client, at_version(cast, 3))
    assert "<ins>Fremmere</ins>" in latest
    assert "<ins>Det der holder igen.</ins>" not in latest
    assert "<ins>Det der holder igen.</ins>" in read(client, f"{at_version(cast, 3)}?since=1")
    assert "<ins>Fremmere</ins>" in read(client, f"{at_version(cast, 3)}?since=x")
    assert "<ins>" not in read(client, at_version(cast, 1))
    assert client.get(at_version(cast, 4)).status_code == 404


def test_the_codebook_says_which_codes_lead_nowhere_and_lack_a_definition(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    rules = reverse("evidence_rules", kwargs={"slug": cast.study.slug})
    top = make_code(cast.lead)
    child = make_code(cast.lead, "Aftenholdet", top)
    make_coding(cast.coder, document, "om aftenen", child)
    page = read(sign_in(cast.lead), at(cast, "codebook"))
    assert "2 koder fører ingen steder hen endnu" in page
    assert "2 koder har ingen definition endnu" in page
    assert "1 med underkoder" in page
    assert rules in page
    assert rules not in read(sign_in(cast.reader), at(cast, "codebook"))
    question = AnalysisQuestion.objects.create(study=cast.study, key="q", title="Hvad hjælper?")
    set_code_rules(member=cast.lead, code=top, points=[], questions=[question.pk])
    assert "fører ingen steder hen" not in read(sign_in(cast.lead), at(cast, "codebook"))
    assert "<li>Hvad hjælper?</li>" in read(sign_in(cast.reader), at(cast, "code", child))


def test_rules_are_ticked_on_the_codes_page(cast: Cast, sign_in: SignIn) -> None:
    template = CaseTemplate.objects.create(study=cast.study)
    section = TemplateSection.objects.create(template=template, key="s", title="Sådan gør I")
    point = TemplatePoint.objects.create(section=section, key="p", text="Det der hjælper")
    question = AnalysisQuestion.objects.create(study=cast.study, key="q", title="Hvad hjælper?")
    code = make_code(cast.lead)
    client = sign_in(cast.lead)
    given = {"points": [str(point.pk)], "questions": [str(question.pk)]}
    assert client.post(at(cast, "code_rules", code), given).status_code == 302
    assert EvidenceRule.objects.get().point == point
    assert QuestionRule.objects.get().question == question
    assert "Det der hjælper" in read(sign_in(cast.reader), at(cast, "code", code))
    stale = {"points": [str(question.pk)]}
    assert client.post(at(cast, "code_rules", code), stale).status_code == 400
    assert EvidenceRule.objects.count() == 1


def test_others_do_not_learn_that_the_code_exists(cast: Cast, sign_in: SignIn) -> None:
    code = make_code(cast.lead)
    other = make_cast("other", prefix="other-")
    assert sign_in(cast.stranger).get(at(cast, "code", code)).status_code == 404
    elsewhere = reverse("code_edit", kwargs={"slug": "other", "code": code.pk})
    assert sign_in(other.lead).get(elsewhere).status_code == 404
    assert sign_in(other.lead).post(elsewhere, {"name": "x"}).status_code == 404


def test_a_removed_code_is_gone(cast: Cast, sign_in: SignIn) -> None:
    code = make_code(cast.lead)
    remove_code(member=cast.lead, code=code, reason="ryd op")
    assert sign_in(cast.lead).get(at(cast, "code", code)).status_code == 410
