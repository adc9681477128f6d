"""Rows of field work."""

from interviews.models.analysis_frames import AnalysisFocus, AnalysisQuestion
from interviews.models.case_templates import CaseTemplate, TemplatePoint, TemplateSection
from interviews.models.cases import Case
from interviews.models.documents import (
    AnswerMark,
    Document,
    DocumentRevision,
    Intake,
    Speaker,
    Turn,
)
from interviews.models.key_figures import KeyFigure
from interviews.models.kits import Kit, KitAdaptation, KitItem, KitVersion
from interviews.models.measurements import Instrument, Measurement
from interviews.models.participants import Participant
from interviews.models.recordings import Recording
from interviews.models.registry import LevelChange, MappedProject, PrintedTally
from interviews.models.selection import (
    Candidate,
    Contact,
    CriterionMark,
    SelectionCriterion,
    SelectionVersion,
)
from interviews.models.sources import BiasStatement, Source
from interviews.models.visits import Interview, Visit

__all__ = [
    "AnalysisFocus",
    "AnalysisQuestion",
    "AnswerMark",
    "BiasStatement",
    "Candidate",
    "Case",
    "CaseTemplate",
    "Contact",
    "CriterionMark",
    "Document",
    "DocumentRevision",
    "Instrument",
    "Intake",
    "Interview",
    "KeyFigure",
    "Kit",
    "KitAdaptation",
    "KitItem",
    "KitVersion",
    "LevelChange",
    "MappedProject",
    "Measurement",
    "Participant",
    "PrintedTally",
    "Recording",
    "SelectionCriterion",
    "SelectionVersion",
    "Source",
    "Speaker",
    "TemplatePoint",
    "TemplateSection",
    "Turn",
    "Visit",
]
