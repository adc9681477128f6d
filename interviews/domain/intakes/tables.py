"""A table that came with the files: what it says of each, in the words of the mapping."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from interviews.domain.queries.labels import (
    DOCUMENT_KINDS,
    INTERVIEW_FORMS,
    PARTICIPANT_ROLES,
    words_of,
)
from interviews.domain.queries.problems import IntakeProblem, TableFault
from interviews.enums import INTERVIEWER, NEW, ParticipantRole
from interviews.formats.guesses import guess_interviewers
from interviews.formats.mapping_tables import (
    MappingRow,
    file_key,
    mapping_rows,
    read_date,
    read_speakers,
)
from interviews.formats.sandbox import read_table_bounded
from interviews.models import Case, Interview, Participant
from workbench.models import Member

# The names that languages have in their own and in the other's words.
_LANGUAGES = {
    "da": ("da", "dansk", "danish"),
    "en": ("en", "engelsk", "english"),
}
_NEW_WORDS = frozenset({"new", "ny", "nyt"})
Fault = tuple[str, dict[str, Any]]


class UnusableTable(Exception):
    """No column says which file a row is about."""

    code = IntakeProblem.TABLE_WITHOUT_FILES


@dataclass
class MappingTable:
    """What is said of the files, by `file_key`; `faults` are what could not be used."""

    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, MappingRow] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def of(self, name: str) -> dict[str, Any]:
        """For a file's name, or for its name without the ending."""
        key = file_key(name)
        return self.said.get(key) or self.said.get(PurePath(key).stem) or {}

    def faults_with(self, names: Iterable[str]) -> list[Fault]:
        """The faults, with those of rows whose file is not among `names`."""
        known = {key for name in names for key in (file_key(name), PurePath(file_key(name)).stem)}
        missing = [
            _fault(TableFault.UNKNOWN_FILE, row, row.file)
            for key, row in self.rows.items()
            if key not in known
        ]
        return sorted([*self.faults, *missing], key=lambda fault: int(fault[1]["row"]))


def read_mapping_table(member: Member, data: bytes, *, name: str) -> MappingTable:
    """Raises FileProblem, and UnusableTable when no column names files."""
    rows = mapping_rows(read_table_bounded(data, name=name))
    if rows is None:
        raise UnusableTable
    return _Reader(member).table(rows)


def _fault(code: TableFault, row: MappingRow, value: str) -> Fault:
    return code, {"row": row.number, "value": value[:200]}


class _Reader:
    def __init__(self, member: Member) -> None:
        self._cases = list(Case.objects.filter(study_id=member.study_id, removed_at__isnull=True))
        talks = Interview.objects.filter(study_id=member.study_id, removed_at__isnull=True)
        self._talks = {
            (case, number): str(pk)
            for pk, case, number in talks.values_list("pk", "visit__case_id", "number")
        }
        people = Participant.objects.filter(study_id=member.study_id, removed_at__isnull=True)
        self._people = {(one.case_id, one.pseudonym.casefold()): str(one.pk) for one in people}
        self._closed = {
            "form": words_of(INTERVIEW_FORMS),
            "kind": words_of(DOCUMENT_KINDS),
            "language": {word: code for code, words in _LANGUAGES.items() for word in words},
        }
        self._roles = words_of(PARTICIPANT_ROLES)
        self._table = MappingTable()

    def table(self, rows: Sequence[MappingRow]) -> MappingTable:
        for row in rows:
            key = file_key(row.file)
            if not key:
                self._refuse(TableFault.NO_FILE, row, "")
            elif key in self._table.rows:
                self._refuse(TableFault.FILE_TWICE, row, row.file)
            else:
                self._table.rows[key] = row
                self._table.said[key] = self._said(row)
        return self._table

    def _refuse(self, code: TableFault, row: MappingRow, value: str) -> None:
        self._table.faults.append(_fault(code, row, value))

    def _said(self, row: MappingRow) -> dict[str, Any]:
        case = self._case(row)
        said: dict[str, Any] = {"title": row.cells.get("title", "")[:200]}
        if case:
            said["case"] = str(case.pk)
        elif name := row.cells.get("case", ""):
            said |= {"case": NEW, "case_name": name[:200]}
        for column, words in self._closed.items():
            if value := row.cells.get(column):
                said[column] = words.get(value.casefold(), "")
                if not said[column]:
                    self._refuse(TableFault.UNKNOWN_WORD, row, value)
        if told := row.cells.get("date"):
            date = read_date(told)
            said["date"] = date.isoformat() if date else ""
            if date is None:
                self._refuse(TableFault.WRONG_DATE, row, told)
        said["interview"] = self._interview(row, case)
        speakers = self._speakers(row, case)
        return {name: value for name, value in said.items() if value} | (
            {"speakers": speakers} if speakers else {}
        )

    def _case(self, row: MappingRow) -> Case | None:
        told = row.cells.get("case", "").casefold()
        return next(
            (case for case in self._cases if told in (case.key, case.name.casefold())), None
        )

    def _interview(self, row: MappingRow, case: Case | None) -> str:
        """A form says that there was an interview; without a number it is a new one."""
        told = row.cells.get("interview", "")
        if told.casefold() in _NEW_WORDS or (not told and row.cells.get("form")):
            return NEW
        number = told.removesuffix(".0").removesuffix(".")
        found = ""
        if case and number.isascii() and number.isdigit():
            found = self._talks.get((case.pk, int(number)), "")
        if told and not found:
            self._refuse(TableFault.UNKNOWN_INTERVIEW, row, told)
        return found

    def _speakers(self, row: MappingRow, case: Case | None) -> dict[str, dict[str, str]]:
        told = read_speakers(row.cells.get("speakers", ""))
        if told is None:
            self._refuse(TableFault.WRONG_SPEAKERS, row, row.cells["speakers"])
            return {}
        return {each.label: self._who(row, case, each.who, each.role) for each in told}

    def _who(self, row: MappingRow, case: Case | None, who: str, role: str) -> dict[str, str]:
        if guess_interviewers([who]):
            return {"who": INTERVIEWER}
        if case and (known := self._people.get((case.pk, who.casefold()))):
            return {"who": known}
        found = self._roles.get(role.casefold(), "") if role else ParticipantRole.EMPLOYEE.value
        if not found:
            self._refuse(TableFault.UNKNOWN_WORD, row, role)
        return {
            "who": NEW,
            "pseudonym": who[:100],
            "role": found or ParticipantRole.OTHER.value,
        }
