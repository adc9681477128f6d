"""Material: documents with their frozen text, turns, speakers; and intakes on their way in."""

from django.conf import settings
from django.db import models

from interviews.enums import AnswerKind, DocumentKind, IntakeState, Manner
from interviews.models.cases import Case
from interviews.models.kits import KitItem
from interviews.models.participants import Participant
from interviews.models.visits import Interview
from workbench.models import Noun, Study, one_of


class Document(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="documents")
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    interview = models.ForeignKey(
        Interview, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField(max_length=20, default=DocumentKind.TRANSCRIPT)
    title = models.CharField(max_length=200)
    date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2)
    current_revision = models.ForeignKey(
        "DocumentRevision", models.PROTECT, null=True, related_name="+"
    )
    # The original as it came: path under MEDIA_ROOT; empty for text written in place.
    original = models.CharField(max_length=200, blank=True)
    # How its name ended, which says how to read it. The name itself may be a person's.
    original_ending = models.CharField(max_length=20, blank=True)
    original_sha256 = models.CharField(max_length=64, blank=True)
    original_size = models.PositiveBigIntegerField(default=0)
    encoding = models.CharField(max_length=30, blank=True)
    # Finished coding, says the person who codes it.
    coded_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case__order", "date", "title"]
        constraints = [
            one_of("kind", DocumentKind, "document_kind_known"),
            models.UniqueConstraint(
                fields=["study", "original_sha256"],
                condition=models.Q(removed_at__isnull=True) & ~models.Q(original_sha256=""),
                name="original_attached_once",
            ),
        ]
        indexes = [models.Index(fields=["study", "case"], name="documents_of_case")]

    def __str__(self) -> str:
        return self.title


class DocumentRevision(Noun):
    """Immutable plain text: NFC, LF, no control characters. Offsets are code points."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    length = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Sentence offsets, flat: start, end, start, end ... They follow the document's language.
    sentences = models.JSONField(default=list)
    # Who corrected the one before; nobody for the first.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Digest of the request that made it: the same one again is answered, another refused.
    request_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"


class Speaker(Noun):
    """A name in the transcript, and whom it stands for."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="speakers")
    label = models.CharField(max_length=100)
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="speakers"
    )
    is_interviewer = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "label"], name="speaker_label_once")
        ]

    def __str__(self) -> str:
        return self.label


class Turn(Noun):
    """What one person says before another speaks: [start, end) of its revision's text."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="turns")
    revision = models.ForeignKey(DocumentRevision, models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="turns")
    start_ms = models.PositiveBigIntegerField(null=True)
    end_ms = models.PositiveBigIntegerField(null=True)
    # Notes only; None where the document is a transcript or a written source.
    manner = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="turn_number_once"),
            models.CheckConstraint(
                condition=models.Q(start__lte=models.F("end")), name="turn_span_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(manner__in=["", *[m.value for m in Manner]]),
                name="turn_manner_known",
            ),
        ]
        indexes = [models.Index(fields=["revision", "start"], name="turns_by_place")]

    def __str__(self) -> str:
        return f"{self.number}"


class AnswerMark(Noun):
    """This turn answers that kit question, or was asked it and said nothing."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="answer_marks")
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="answer_marks")
    item = models.ForeignKey(KitItem, models.PROTECT, related_name="answer_marks")
    kind = models.CharField(max_length=15, default=AnswerKind.ANSWERED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["turn", "item"], name="answer_mark_once"),
            one_of("kind", AnswerKind, "answer_kind_known"),
        ]

    def __str__(self) -> str:
        return self.kind


class Intake(Noun):
    """A parsed, not yet saved upload: it becomes a document or is thrown away."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="intakes")
    # Files that were chosen together share one mapping table.
    batch = models.UUIDField(db_index=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=IntakeState.READING)
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    # Empty: found out; else the person's choice.
    encoding = models.CharField(max_length=30, blank=True)
    problem = models.CharField(max_length=60, blank=True)
    problem_details = models.JSONField(default=dict)
    # What was found, but for the turns: notices, encoding and samples, edits, words, speakers.
    parsed = models.JSONField(default=dict)
    # As `corrections.pack` writes them: a whole interview, so lists leave it out.
    turns = models.JSONField(default=list)
    # What the person says it is: case, date, kind, form, title, speakers.
    mapping = models.JSONField(default=dict)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="intakes")

    class Meta:
        ordering = ["created_at", "name"]
        constraints = [one_of("state", IntakeState, "intake_state_known")]

    def __str__(self) -> str:
        return self.name
