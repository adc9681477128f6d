"""Closed sets of analysis."""

from enum import StrEnum


class CodeOrigin(StrEnum):
    A_PRIORI = "a_priori"
    EMERGENT = "emergent"


class CodingSource(StrEnum):
    MANUAL = "manual"
    SEARCH = "search"
    SPEAKER = "speaker"
    SUGGESTION = "suggestion"
    IMPORT = "import"


class Direction(StrEnum):
    """Whether what is said furthers or hinders; the same change can do both."""

    FURTHERS = "furthers"
    HINDERS = "hinders"
    BOTH = "both"


class PlacementState(StrEnum):
    PLACED = "placed"
    UNPLACED = "unplaced"


class MemoKind(StrEnum):
    OBSERVATION = "observation"
    METHOD = "method"
    THEORY = "theory"
    REFLEXIVE = "reflexive"


class DraftState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class CitationMode(StrEnum):
    """How an excerpt is printed; a figure is printed in one way, with its date and its caveat."""

    QUOTE = "quote"
    REFERENCE = "reference"
    MEASUREMENT = "measurement"
    KEY_FIGURE = "key_figure"


class ReviewStepKind(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    REOPEN = "reopen"


class Doubt(StrEnum):
    """Why a citation needs checking."""

    UNCODED = "uncoded"
    WORDS_CHANGED = "words_changed"
    UNPLACED = "unplaced"
    REMOVED = "removed"
    DECLINED = "declined"
    FIGURE_CHANGED = "figure_changed"
    FIGURE_REMOVED = "figure_removed"


class CodeFate(StrEnum):
    """What became of a code from one version of the codebook to another."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


class TextState(StrEnum):
    """How the text of a cross-case cell stands."""

    EMPTY = "empty"
    WRITTEN = "written"
    CHECK = "check"


class SourceState(StrEnum):
    """How a required kind of source stands in a section."""

    CITED = "cited"
    ATTACHED = "attached"
    MISSING = "missing"
