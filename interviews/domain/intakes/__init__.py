"""Verbs of intakes: files on their way in, read aside, put right by a person, then attached."""

from interviews.domain.intakes.attaching import Import, attach_intake, import_file, matched_speakers
from interviews.domain.intakes.bundles import BUNDLE_SUFFIX, Incoming
from interviews.domain.intakes.correcting import (
    choose_encoding,
    correct,
    read_again,
    rename_speaker,
    save_mappings,
)
from interviews.domain.intakes.reading import give_up, read_intake
from interviews.domain.intakes.receiving import (
    discard_intakes,
    keep_upload,
    receive,
    refuse_upload,
)
from interviews.domain.intakes.tables import MappingTable, UnusableTable, read_mapping_table
from interviews.domain.intakes.uploads import (
    case_by_key,
    forget_unattached,
    forget_upload,
    import_now,
    import_upload,
    interview_by_number,
    upload_request,
)

__all__ = [
    "BUNDLE_SUFFIX",
    "Import",
    "Incoming",
    "MappingTable",
    "UnusableTable",
    "attach_intake",
    "case_by_key",
    "choose_encoding",
    "correct",
    "discard_intakes",
    "forget_unattached",
    "forget_upload",
    "give_up",
    "import_file",
    "import_now",
    "import_upload",
    "interview_by_number",
    "keep_upload",
    "matched_speakers",
    "read_again",
    "read_intake",
    "read_mapping_table",
    "receive",
    "refuse_upload",
    "rename_speaker",
    "save_mappings",
    "upload_request",
]
