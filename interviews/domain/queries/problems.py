"""What went wrong with a file, and what to know before saving it, in plain words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interviews.formats.records import NoticeCode
from workbench.files.problems import ProblemCode

Params = Mapping[str, Any]


class IntakeProblem(StrEnum):
    """Reasons beside those of reading: the study has the file, or it is gone."""

    ATTACHED_TWICE = "attached_twice"  # title
    SAME_FILE = "same_file"  # name
    LOST = "lost"
    BUNDLE = "bundle"  # reason
    TABLE_WITHOUT_FILES = "table_without_files"
    TABLE_FAULTS = "table_faults"


class TableFault(StrEnum):
    """What a row of a mapping table says in vain, with its `row` and `value`."""

    NO_FILE = "no_file"
    FILE_TWICE = "file_twice"
    UNKNOWN_FILE = "unknown_file"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_INTERVIEW = "unknown_interview"
    WRONG_DATE = "wrong_date"
    WRONG_SPEAKERS = "wrong_speakers"


_FAULTS: Final[dict[str, Promise]] = {
    TableFault.NO_FILE: gettext_lazy("Row %(row)s: the file is missing."),
    TableFault.FILE_TWICE: gettext_lazy("Row %(row)s: “%(value)s” stands in an earlier row."),
    TableFault.UNKNOWN_FILE: gettext_lazy(
        "Row %(row)s: no file called “%(value)s” came with the table."
    ),
    TableFault.UNKNOWN_WORD: gettext_lazy("Row %(row)s: “%(value)s” is no choice here."),
    TableFault.UNKNOWN_INTERVIEW: gettext_lazy(
        "Row %(row)s: the case has no interview “%(value)s”."
    ),
    TableFault.WRONG_DATE: gettext_lazy(
        "Row %(row)s: “%(value)s” is no date. Write it as 2024-05-14."
    ),
    TableFault.WRONG_SPEAKERS: gettext_lazy(
        "Row %(row)s: “%(value)s” cannot be read. Write label = pseudonym, with semicolons between."
    ),
}


_SENTENCES: Final[dict[str, Promise]] = {
    ProblemCode.EMPTY: gettext_lazy("There is no text in it."),
    ProblemCode.ONLY_PICTURES: gettext_lazy(
        "There is no text in it, only pictures of pages. Have a program recognise the text and "
        "attach what that gives."
    ),
    ProblemCode.TOO_MANY: gettext_lazy("It has too many parts to be read."),
    ProblemCode.PASSWORD_PROTECTED: gettext_lazy(
        "It is protected by a password. Save it without one and attach it again."
    ),
    ProblemCode.BROKEN: gettext_lazy(
        "It is damaged and cannot be read. Open it where it was written, save it again as DOCX "
        "and attach that."
    ),
    ProblemCode.ARCHIVE_BOMB: gettext_lazy(
        "It unpacks to far more than a document holds, so it was not read."
    ),
    ProblemCode.UNSAFE_ARCHIVE: gettext_lazy(
        "It is packed in a way that no word processor packs, so it was not read. Save it again "
        "as DOCX."
    ),
    ProblemCode.UNSAFE_MARKUP: gettext_lazy(
        "It holds instructions that a document has no use for, so it was not read. Save it again "
        "as DOCX."
    ),
    ProblemCode.NOT_TEXT: gettext_lazy("It is not text, whatever its name says."),
    ProblemCode.UNKNOWN_ENCODING: gettext_lazy("That encoding is not known here."),
    ProblemCode.UNDECODABLE: gettext_lazy(
        "It does not fit that encoding. Choose another, or save the file as UTF-8."
    ),
    ProblemCode.TOO_SLOW: gettext_lazy(
        "Reading it took too long, so it was stopped. Split the file and attach the parts."
    ),
    ProblemCode.TOO_LARGE_IN_MEMORY: gettext_lazy(
        "It takes too much room to read. Split the file and attach the parts."
    ),
    IntakeProblem.TABLE_WITHOUT_FILES: gettext_lazy(
        "The table needs a column called “file”, with the name of each file."
    ),
    IntakeProblem.TABLE_FAULTS: gettext_lazy(
        "Not all of the table could be used. What it does not say, you can say here."
    ),
    IntakeProblem.BUNDLE: gettext_lazy(
        "The archive is damaged, or packed so that it cannot be opened safely. Pack the files "
        "again, at most 500 of them, or attach them without an archive."
    ),
    IntakeProblem.LOST: gettext_lazy("The file is no longer here. Attach it again."),
}

_KINDS: Final[dict[str, Promise]] = {
    "docx": gettext_lazy("a Word document"),
    "odt": gettext_lazy("an OpenDocument text"),
    "html": gettext_lazy("a web page"),
    "whisper": gettext_lazy("a Whisper transcript"),
    "otr": gettext_lazy("an oTranscribe transcript"),
    "json": gettext_lazy("JSON of another kind"),
    "txt": gettext_lazy("plain text"),
    "md": gettext_lazy("plain text"),
    "text": gettext_lazy("plain text"),
    "vtt": gettext_lazy("WebVTT subtitles"),
    "srt": gettext_lazy("SubRip subtitles"),
    "zip": gettext_lazy("a ZIP archive"),
    "doc": gettext_lazy("an old Word document (.doc)"),
    "pdf": gettext_lazy("a PDF"),
    "rtf": gettext_lazy("an RTF document"),
    "image": gettext_lazy("a picture"),
    "audio": gettext_lazy("a recording"),
}


READABLE: Final = frozenset({"docx", "odt", "pdf", "rtf", "txt", "md", "text", "vtt", "srt"})


def problem_sentence(code: str, params: Params) -> str:
    """Why a file cannot be used, and what to do; the file's name stands beside it."""
    if code == ProblemCode.TOO_LARGE:
        return _too_large(params)
    if code == ProblemCode.UNSUPPORTED_TYPE:
        return _("Files of this kind cannot be read: %(suffix)s. Save it as DOCX, PDF or TXT.") % {
            "suffix": params.get("suffix") or _("no ending")
        }
    if code == ProblemCode.WRONG_TYPE:
        return _wrong_type(params)
    if code == IntakeProblem.ATTACHED_TWICE:
        return _("This file is attached already, as “%(title)s”.") % {"title": params["title"]}
    if code == IntakeProblem.SAME_FILE:
        return _("It is the same file as “%(name)s”.") % {"name": params["name"]}
    return str(_SENTENCES.get(code, _SENTENCES[ProblemCode.BROKEN]))


def _too_large(params: Params) -> str:
    limit = int(params.get("limit", 0))
    if params.get("what") == "bytes":
        return _("It is larger than the limit of %(megabytes)s MB.") % {
            "megabytes": max(limit // (1024 * 1024), 1)
        }
    return _("It holds more text than the limit of %(characters)s million characters.") % {
        "characters": max(limit // 1_000_000, 1)
    }


def _wrong_type(params: Params) -> str:
    told = {"expected": _kind(params.get("expected")), "found": _kind(params.get("found"))}
    if params.get("found") in READABLE:
        return (
            _("Its name says %(expected)s, but it is %(found)s. Give it its right ending.") % told
        )
    return _("Its name says %(expected)s, but it is %(found)s. Save it as DOCX or TXT.") % told


def _kind(found: Any) -> str:
    return str(_KINDS.get(str(found), _("something else")))


def notice_sentence(code: str, params: Params) -> str:
    """What a person should know of the reading before saving."""
    if code in _FAULTS:
        return str(_FAULTS[code]) % params
    count = int(params.get("count", 0))
    if code == NoticeCode.TRACKED_CHANGES:
        return _(
            "Tracked changes: %(insertions)s insertions were read, %(deletions)s deletions "
            "left out."
        ) % {"insertions": params["insertions"], "deletions": params["deletions"]}
    if code == NoticeCode.CUE_MALFORMED:
        return _("Line %(line)s: a time code could not be read.") % {"line": params["line"]}
    if code == NoticeCode.MISSING_HEADER:
        return _("The first line does not say WEBVTT; it was read all the same.")
    return _counted(code, count) % {"count": count}


def _counted(code: str, count: int) -> str:
    if code == NoticeCode.CONTROLS_STRIPPED:
        return ngettext(
            "%(count)s unprintable character was taken out.",
            "%(count)s unprintable characters were taken out.",
            count,
        )
    if code == NoticeCode.DIRECTION_MARKS:
        return ngettext(
            "%(count)s mark turns the direction of writing; look at the lines around it.",
            "%(count)s marks turn the direction of writing; look at the lines around them.",
            count,
        )
    if code == NoticeCode.EMPTY_TURNS:
        return ngettext(
            "%(count)s turn has no words and was left out.",
            "%(count)s turns have no words and were left out.",
            count,
        )
    return _counted_in_recording(code, count)


def _counted_in_recording(code: str, count: int) -> str:
    if code == NoticeCode.SPEAKER_IGNORED:
        return ngettext(
            "%(count)s label is too long for a name and was read as words.",
            "%(count)s labels are too long for names and were read as words.",
            count,
        )
    if code == NoticeCode.CUES_MALFORMED:
        return ngettext(
            "%(count)s more time code could not be read.",
            "%(count)s more time codes could not be read.",
            count,
        )
    if code == NoticeCode.TIMES_UNREAD:
        return ngettext(
            "%(count)s time could not be read.", "%(count)s times could not be read.", count
        )
    return _counted_on_pages(code, count)


def _counted_on_pages(code: str, count: int) -> str:
    if code == NoticeCode.PAGE_LINES_LEFT_OUT:
        return ngettext(
            "%(count)s line at the edge of a page was left out: it comes back on other pages.",
            "%(count)s lines at the edges of pages were left out: they come back on other pages.",
            count,
        )
    if code == NoticeCode.PAGES_WITHOUT_TEXT:
        return ngettext(
            "%(count)s page has no text, only pictures.",
            "%(count)s pages have no text, only pictures.",
            count,
        )
    return _counted_in_word_file(code, count)


def _counted_in_word_file(code: str, count: int) -> str:
    if code == NoticeCode.HIDDEN_TEXT:
        return ngettext(
            "%(count)s hidden passage was read as text.",
            "%(count)s hidden passages were read as text.",
            count,
        )
    if code == NoticeCode.COMMENTS_LEFT_OUT:
        return ngettext(
            "%(count)s comment was left out.", "%(count)s comments were left out.", count
        )
    if code == NoticeCode.NOTES_LEFT_OUT:
        return ngettext(
            "%(count)s footnote was left out.", "%(count)s footnotes were left out.", count
        )
    if code == NoticeCode.IMAGES_LEFT_OUT:
        return ngettext(
            "%(count)s picture was left out.", "%(count)s pictures were left out.", count
        )
    return ngettext(
        "%(count)s embedded or linked thing was left out.",
        "%(count)s embedded or linked things were left out.",
        count,
    )
