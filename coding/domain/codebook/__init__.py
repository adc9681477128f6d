"""Verbs of the codebook: add, define, move, merge, remove codes."""

from coding.domain.codebook.codes import (
    BRIEF_LENGTH,
    DEFINITION_FIELDS,
    SHORTCUTS,
    add_code,
    define_code,
    next_colour,
    remove_code,
    restore_code,
    state_of,
)
from coding.domain.codebook.moves import merge_codes, move_code, place_code
from coding.domain.codebook.outlines import Pasted, add_outline, look_at_outline
from coding.domain.codebook.tree import (
    NAME_LENGTH,
    any_code,
    clean_name,
    code_of,
    keep_version,
    name_key,
    next_version,
    reorder,
)

__all__ = [
    "BRIEF_LENGTH",
    "DEFINITION_FIELDS",
    "NAME_LENGTH",
    "SHORTCUTS",
    "Pasted",
    "add_code",
    "add_outline",
    "any_code",
    "clean_name",
    "code_of",
    "define_code",
    "keep_version",
    "look_at_outline",
    "merge_codes",
    "move_code",
    "name_key",
    "next_colour",
    "next_version",
    "place_code",
    "remove_code",
    "reorder",
    "restore_code",
    "state_of",
]
