"""Choosing on its pages: the matrix, its cells, versions, candidates and the log."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from interviews.domain.cases import choose
from interviews.domain.selection.marks import Judgement, judge
from interviews.enums import CandidateState, Reading, SelectionState
from interviews.models import (
    Candidate,
    Case,
    Contact,
    CriterionMark,
    SelectionCriterion,
    SelectionVersion,
)
from tests.factories.field import make_case
from tests.factories.selection import make_candidate, make_criterion
from tests.factories.studies import Cast
from workbench.models import Member

SignIn = Callable[[Member], Client]


def address(cast: Cast, name: str, **keys: object) -> str:
    return reverse(name, kwargs={"slug": cast.study.slug, **keys})


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def mark_page(cast: Cast, candidate: Candidate, criterion: SelectionCriterion) -> str:
    return address(cast, "mark", candidate=candidate.pk, mark=criterion.key)


def test_an_empty_study_says_what_criteria_are_for(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.reader).get(address(cast, "selection")).content.decode()
    assert "Ingen kriterier endnu" in page
    assert "Skriv det første kriterium" not in page


def test_the_matrix_is_a_table_with_heads_both_ways(cast: Cast, sign_in: SignIn) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    judgement = Judgement(Reading.PARTLY, evidence="Nattevagt på tilkald")
    judge(member=cast.coder, candidate=candidate, key=criterion.key, judgement=judgement)
    page = sign_in(cast.coder).get(address(cast, "selection")).content.decode()
    assert '<th scope="row">Døgndækning' in page
    assert "Delvist opfyldt" in page
    assert "Nattevagt på tilkald" in page
    assert mark_page(cast, candidate, criterion) in page


def test_a_reader_is_led_to_what_the_mark_stands_on(cast: Cast, sign_in: SignIn) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    judgement = Judgement(Reading.MET, evidence="Vagtplanen")
    judge(member=cast.coder, candidate=candidate, key=criterion.key, judgement=judgement)
    client = sign_in(cast.reader)
    page = client.get(address(cast, "selection")).content.decode()
    here = address(cast, "candidate", candidate=candidate.pk)
    assert f"{here}#{criterion.key}" in page
    assert mark_page(cast, candidate, criterion) not in page
    told = client.get(here).content.decode()
    assert "Vagtplanen" in told
    assert str(cast.coder.user) in told


def test_a_cell_is_written_with_a_plain_form(cast: Cast, sign_in: SignIn) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    client, page = sign_in(cast.coder), mark_page(cast, candidate, criterion)
    seen = seen_in(client.get(page).content.decode())
    fields = {"reading": "met", "certainty": "uncertain", "evidence": "Set", "seen": seen}
    answer = client.post(page, fields)
    assert answer.status_code == 302
    mark = CriterionMark.objects.get()
    assert (mark.reading, mark.certainty, mark.evidence) == ("met", "uncertain", "Set")


def test_two_who_write_one_cell_both_see_both(cast: Cast, sign_in: SignIn) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    client, page = sign_in(cast.coder), mark_page(cast, candidate, criterion)
    seen = seen_in(client.get(page).content.decode())
    judgement = Judgement(Reading.NOT_MET, evidence="Ringet op")
    judge(member=cast.lead, candidate=candidate, key=criterion.key, judgement=judgement)
    fields = {"reading": "met", "certainty": "certain", "evidence": "Læst", "seen": seen}
    answer = client.post(page, fields)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Ringet op" in told
    assert "Læst" in told
    assert client.post(page, {**fields, "seen": seen_in(told)}).status_code == 302
    assert CriterionMark.objects.get().evidence == "Læst"


@pytest.mark.parametrize("reading", ["", "often", "MET"])
def test_a_reading_that_is_none_is_refused(cast: Cast, sign_in: SignIn, reading: str) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    fields = {"reading": reading, "certainty": "certain"}
    answer = sign_in(cast.coder).post(mark_page(cast, candidate, criterion), fields)
    assert answer.status_code == 200
    assert not CriterionMark.objects.exists()


def test_a_list_is_written_decided_and_followed_by_a_new_one(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.lead)
    fields = {"name": "Spredning", "aspects": "By\n\n Land ", "scope": "together"}
    client.post(address(cast, "criterion_new"), fields)
    assert SelectionCriterion.objects.get().aspects == ["By", "Land"]
    decision = {"number": 1, "on": "2026-03-02", "by": "Styregruppen"}
    client.post(address(cast, "selection_decide"), decision)
    assert SelectionVersion.objects.get().state == SelectionState.DECIDED
    assert "Redigér kriterierne" not in client.get(address(cast, "selection")).content.decode()
    client.post(address(cast, "selection_propose"), {"after": 1, "reason": "For snæver"})
    assert SelectionVersion.objects.count() == 2
    again = client.post(address(cast, "selection_propose"), {"after": 1, "reason": "For snæver"})
    assert again.status_code == 409
    page = client.get(address(cast, "selection"), {"version": "1"}).content.decode()
    assert "Styregruppen" in page


@pytest.mark.parametrize("version", ["0", "99", "x", "²", "9" * 30])
def test_a_version_that_is_not_there_shows_the_last(
    cast: Cast, sign_in: SignIn, version: str
) -> None:
    make_criterion(cast.lead)
    answer = sign_in(cast.reader).get(address(cast, "selection"), {"version": version})
    assert answer.status_code == 200
    assert "Døgndækning" in answer.content.decode()


def test_a_frozen_criterion_says_so_and_keeps_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    criterion, client = make_criterion(cast.lead), sign_in(cast.lead)
    client.post(address(cast, "selection_decide"), {"number": 1, "on": "2026-03-02"})
    page = address(cast, "criterion", criterion=criterion.pk)
    answer = client.post(page, {"name": "Andet", "scope": "each"})
    assert answer.status_code == 409
    assert "Denne version ligger fast" in answer.content.decode()
    assert 'value="Andet"' in answer.content.decode()


def test_a_candidate_is_made_chosen_and_found_among_the_cases(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    rows = {
        "attributes-TOTAL_FORMS": "1",
        "attributes-INITIAL_FORMS": "0",
        "attributes-0-name": "Sted",
        "attributes-0-kind": "text",
        "attributes-0-value": "Ribe",
    }
    client.post(address(cast, "candidate_new"), {"name": "Plejehjemmet", **rows})
    candidate = Candidate.objects.get()
    client.post(address(cast, "candidate_choose", candidate=candidate.pk))
    case = Case.objects.get()
    assert (case.name, case.attributes) == ("Plejehjemmet", {"Sted": "Ribe"})
    edit = client.get(address(cast, "candidate_edit", candidate=candidate.pk))
    assert urlsplit(edit["Location"]).path == address(cast, "case_edit", key=case.key)


def test_who_is_not_chosen_stands_last_with_the_reason(cast: Cast, sign_in: SignIn) -> None:
    make_criterion(cast.lead)
    first, second = make_candidate(cast.coder, "Første"), make_candidate(cast.coder, "Anden")
    client = sign_in(cast.coder)
    down = address(cast, "candidate_turn_down", candidate=first.pk)
    client.post(down, {"reason": "Ingen døgnvagt"})
    first.refresh_from_db()
    assert first.state == CandidateState.NOT_CHOSEN
    page = client.get(address(cast, "selection")).content.decode()
    assert page.index(str(second.pk)) < page.index(str(first.pk))
    told = client.get(address(cast, "candidate", candidate=first.pk)).content.decode()
    assert "Ingen døgnvagt" in told


def test_a_removed_candidate_can_be_undone_at_once(cast: Cast, sign_in: SignIn) -> None:
    candidate, client = make_candidate(cast.coder), sign_in(cast.coder)
    removing = address(cast, "candidate_remove", candidate=candidate.pk)
    page = client.post(removing, follow=True).content.decode()
    back = address(cast, "candidate_restore", candidate=candidate.pk)
    assert back in page
    client.post(back)
    candidate.refresh_from_db()
    assert candidate.removed_at is None


def test_contact_is_logged_on_the_page_of_a_case(cast: Cast, sign_in: SignIn) -> None:
    case, client = make_case(cast.lead), sign_in(cast.coder)
    fields = {"date": "2026-02-03", "way": "by_phone", "who": "HR", "agreed": "Et brev"}
    client.post(address(cast, "case_contact_new", key=case.key), fields)
    tab = address(cast, "case_contacts", key=case.key)
    page = client.get(tab).content.decode()
    assert "Et brev" in page
    contact = Contact.objects.get()
    assert (contact.candidate.case, contact.logged_by) == (case, cast.coder.user)
    keys = {"candidate": contact.candidate_id, "contact": contact.pk}
    gone = client.post(address(cast, "contact_remove", **keys), follow=True)
    assert gone.request["PATH_INFO"] == tab
    assert address(cast, "contact_restore", **keys) in gone.content.decode()


def test_the_log_goes_along_when_a_candidate_is_chosen(cast: Cast, sign_in: SignIn) -> None:
    candidate, client = make_candidate(cast.coder), sign_in(cast.coder)
    fields = {"date_text": "i foråret", "way": "by_mail", "agreed": "De vil gerne"}
    client.post(address(cast, "contact_new", candidate=candidate.pk), fields)
    case = choose(member=cast.coder, candidate=candidate)
    assert (
        "De vil gerne" in client.get(address(cast, "case_contacts", key=case.key)).content.decode()
    )


def test_a_contact_without_a_time_is_asked_for_it(cast: Cast, sign_in: SignIn) -> None:
    page = address(cast, "contact_new", candidate=make_candidate(cast.coder).pk)
    answer = sign_in(cast.coder).post(page, {"way": "by_mail", "agreed": "Ja"})
    assert answer.status_code == 200
    assert "Angiv en dato" in answer.content.decode()


def test_cases_of_the_study_are_taken_in(cast: Cast, sign_in: SignIn) -> None:
    make_case(cast.lead)
    client = sign_in(cast.coder)
    assert (
        address(cast, "candidates_take_in")
        in client.get(address(cast, "selection")).content.decode()
    )
    page = client.post(address(cast, "candidates_take_in"), follow=True).content.decode()
    assert "1 case er nu blandt kandidaterne." in page
    assert Candidate.objects.get().state == CandidateState.CHOSEN
