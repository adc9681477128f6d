"""The demo study: invented workplaces, loaded through the verbs that people's work goes through."""

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from coding.domain.codebook import add_code
from coding.domain.evidence import set_code_rules
from coding.domain.imports.demo_material import attach_material
from coding.domain.imports.demo_writing import take_codings_away, write_cells, write_draft
from coding.domain.imports.fixtures import DEMO, FixtureProblem, Record, demo_id, folder, read_json
from coding.domain.imports.plans import load_plan
from coding.domain.imports.reference import attribute_labels, named_attributes
from coding.enums import CodeOrigin
from coding.models import Code, EvidenceRule, QuestionRule
from interviews.domain.analysis_frames import add_questions
from interviews.domain.cases import add_case
from interviews.domain.intakes.storage import FOLDER, place_of
from interviews.domain.kits import change_item
from interviews.domain.participants import Person, add_participant
from interviews.domain.visits import InterviewFacts, VisitFacts, add_interview, add_visit
from interviews.enums import Consent, InterviewForm, ParticipantRole
from interviews.formats.outlines import OutlineLine
from interviews.models import AnalysisQuestion, Case, Interview, KitItem, Participant
from workbench.domain.studies import add_member, start_study
from workbench.enums import Language, Role
from workbench.errors import WorkbenchError
from workbench.keystore import names
from workbench.models import Member, Study, User

ADMIN = "admin"


@dataclass(frozen=True)
class LoadedDemo:
    """The study; whether this run made it; the usernames whose password this run set."""

    study: Study
    created: bool
    new_users: tuple[str, ...]


@dataclass(frozen=True)
class Team:
    lead: Member
    coder: Member
    by_name: dict[str, Member]


def load_demo_study(*, password: str) -> LoadedDemo:
    """Makes the demo study with its people, once; another run changes nothing.

    `password` is given to the users this run makes. Raises FixtureProblem naming file and line.
    """
    about: Record = read_json(folder(DEMO, "study.json"))
    study_id = uuid4()
    try:
        with transaction.atomic():
            if study := Study.objects.filter(slug=about["slug"]).first():
                return LoadedDemo(study, False, ())
            users, new = _people(about, password)
            team = _team(about, users, study_id)
            study = team.lead.study
            language = Language(study.language)
            load_plan(study=study, actor=team.lead.user, language=language, codes=about["codes"])
            _own_questions(team.lead, about)
            _emergent_codes(team.lead, about)
            _own_rules(team.lead, about)
            for key in about["cases"]:
                _load_case(team, about, folder(DEMO, key))
    except BaseException:
        _clear_away(study_id)
        raise
    return LoadedDemo(study, True, new)


def _clear_away(study_id: UUID) -> None:
    """Files and names do not go when the transaction does."""
    shutil.rmtree(place_of(f"{FOLDER}/{study_id}"), ignore_errors=True)
    for participant in names.kept_ids(study_id):
        names.erase(participant=participant, study=study_id)


def _people(about: Record, password: str) -> tuple[dict[str, User], tuple[str, ...]]:
    """The users by name; those that are there already keep their password."""
    wanted = {each["username"]: each["name"] for each in about["members"]} | {ADMIN: "Admin"}
    users = {user.username: user for user in User.objects.filter(username__in=wanted)}
    new = tuple(name for name in wanted if name not in users)
    for name in new:
        users[name] = User.objects.create_user(
            username=name,
            email=f"{name}@example.org",
            password=password,
            name=wanted[name],
            is_superuser=name == ADMIN,
            is_staff=name == ADMIN,
        )
    return users, new


def _team(about: Record, users: dict[str, User], study_id: UUID) -> Team:
    first, *others = sorted(about["members"], key=lambda each: bool(each["role"] != Role.LEAD))
    lead_user = users[first["username"]]
    study = start_study(
        owner=lead_user,
        title=about["title"],
        description=about["description"],
        language=about["language"],
        slug=about["slug"],
        id=study_id,
        notice=about["notice"],
    )
    lead = Member.objects.select_related("study", "user").get(study=study, user=lead_user)
    members = {first["username"]: lead}
    for each in others:
        members[each["username"]] = add_member(
            study=study,
            actor=lead_user,
            user=users[each["username"]],
            role=Role(each["role"]),
        )
    return Team(lead=lead, coder=members["coder"], by_name=members)


def _own_questions(lead: Member, about: Record) -> None:
    """What this team asks beyond the reference study's questions, and which items feed it."""
    for each in about["questions"]:
        lines = [OutlineLine(each["title"]), OutlineLine(each["text"], 1)]
        (question,) = add_questions(member=lead, lines=lines)
        for item in KitItem.objects.filter(kit__study=lead.study, key__in=each["items"]):
            change_item(
                member=lead,
                item_id=item.pk,
                seen=None,
                text=item.text,
                recurrence=item.recurrence,
                categories=item.categories,
                questions=[*item.analysis_questions.all(), question],
                sections=list(item.template_sections.select_related("template")),
            )


def _emergent_codes(lead: Member, about: Record) -> None:
    for each in about["emergent_codes"]:
        add_code(
            member=lead,
            name=each["name"],
            parent=Code.objects.get(study=lead.study, key=each["parent"]),
            code_id=demo_id("code", each["key"]),
            key=each["key"],
            origin=CodeOrigin.EMERGENT,
            definition={
                "brief": each["brief"],
                "definition": each["full"],
                "use_when": each["use"],
                "not_when": each["not"],
                "example": each["example"],
            },
        )


def _own_rules(lead: Member, about: Record) -> None:
    """Which questions codes feed besides those of the reference study, or of their parents."""
    questions = {each.title: each.pk for each in AnalysisQuestion.objects.filter(study=lead.study)}
    codes = {each.key: each for each in Code.objects.filter(study=lead.study)}
    for key, titles in about["code_questions"].items():
        code = codes[key]
        rules = QuestionRule.objects.filter(study=lead.study)
        inherited = rules.filter(code=code) or rules.filter(code=code.parent)
        set_code_rules(
            member=lead,
            code=code,
            points=EvidenceRule.objects.filter(study=lead.study, code=code).values_list(
                "point_id", flat=True
            ),
            questions={rule.question_id for rule in inherited}
            | {questions[title] for title in titles},
        )


def _load_case(team: Team, about: Record, place: Path) -> None:
    content: Record = read_json(place / "case.json")
    try:
        case = _case(team.lead, about, content)
        people = _participants(team.coder, case, content)
        interviews = _interviews(team, case, content, people)
        material = attach_material(team.by_name, case, content, interviews, place)
        write_draft(team.by_name, case, material, place)
        write_cells(team.coder, case, material, place)
        take_codings_away(team.by_name, material, place)
    except (KeyError, ValueError) as error:
        raise FixtureProblem(place / "case.json", str(error), type(error).__name__) from error
    except WorkbenchError as error:
        raise FixtureProblem(place, error.code, str(error.message)) from error


def _case(lead: Member, about: Record, content: Record) -> Case:
    told = [
        f"{about['labels'][key]}: {content[key]}"
        for key in ("core_task", "heart_of_work", "occasion")
    ]
    labels = attribute_labels(Language(lead.study.language))
    labels["kind"] = (about["labels"]["kind"], {})
    return add_case(
        member=lead,
        name=content["name"],
        key=content["key"],
        description="\n\n".join([content["description"], *told]),
        attributes=named_attributes(content["attributes"], labels),
    )


def _participants(coder: Member, case: Case, content: Record) -> dict[str, Participant]:
    return {
        each["key"]: add_participant(
            member=coder,
            case=case,
            person=Person(
                pseudonym=each["pseudonym"],
                role=ParticipantRole(each["role"]),
                printed_label=each["printed_label"],
                driving=each["driving"],
                consent=Consent(each["consent"]),
            ),
            real_name=each["real_name"],
            participant_id=demo_id("participant", case.key, each["key"]),
        )
        for each in content["participants"]
    }


def _interviews(
    team: Team, case: Case, content: Record, people: dict[str, Participant]
) -> dict[int, Interview]:
    made: dict[int, Interview] = {}
    for each in content["visits"]:
        visit = add_visit(
            member=team.coder,
            case=case,
            facts=VisitFacts(title=each["title"], date=dt.date.fromisoformat(each["date"])),
        )
        for held in each["interviews"]:
            made[held["number"]] = add_interview(
                member=team.coder,
                visit=visit,
                facts=InterviewFacts(
                    title=held["title"],
                    form=InterviewForm(held["form"]),
                    recorded=held["recorded"],
                    minutes=held["minutes"],
                    participants=[people[key] for key in held["participants"]],
                    interviewers=[team.coder.user],
                    people_planned=held["planned"],
                    people_actual=len(held["participants"]),
                    difference=held["difference"],
                ),
                number=held["number"],
            )
    return made
