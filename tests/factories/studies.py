"""A study and its fixed cast."""

from dataclasses import dataclass

from workbench.domain.studies import add_member, start_study
from workbench.enums import Role
from workbench.models import Member, Study, User

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Cast:
    study: Study
    lead: Member
    coder: Member
    second_coder: Member
    reader: Member
    stranger: User


def make_user(username: str, **fields: object) -> User:
    return User.objects.create_user(
        username=username,
        email=f"{username}@example.org",
        password=PASSWORD,
        name=username.replace("-", " ").title(),
        **fields,
    )


def make_cast(slug: str = "study", prefix: str = "") -> Cast:
    """Lead, coder, second coder and reader of one study; the stranger is in none."""
    lead_user = make_user(f"{prefix}lead")
    study = start_study(owner=lead_user, title="A study", slug=slug, language="da")

    def join(username: str, role: Role) -> Member:
        user = make_user(prefix + username)
        return add_member(study=study, actor=lead_user, user=user, role=role)

    lead = Member.objects.select_related("study", "user").get(study=study, user=lead_user)
    return Cast(
        study=study,
        lead=lead,
        coder=join("coder", Role.CODER),
        second_coder=join("second-coder", Role.CODER),
        reader=join("reader", Role.READER),
        stranger=make_user(f"{prefix}stranger"),
    )
