"""Closed sets of the ground."""

from enum import StrEnum


class Role(StrEnum):
    LEAD = "lead"
    CODER = "coder"
    READER = "reader"


class Language(StrEnum):
    DANISH = "da"
    ENGLISH = "en"


class PageUnit(StrEnum):
    STANDARD = "standard"  # 2,400 keystrokes with spaces
    LAID_OUT = "laid_out"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
