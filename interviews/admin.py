"""Field work in the admin: ids, keys and dates; no names, pseudonyms, notes or texts."""

from django.contrib import admin

from interviews.models import Case, Document, Interview, Participant, Visit


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin[Case]):
    list_display = fields = ("study", "key", "order", "removed_at")
    list_select_related = ("study",)


@admin.register(Participant)
class ParticipantAdmin(admin.ModelAdmin[Participant]):
    list_display = fields = ("study", "id", "role", "consent", "removed_at")
    list_select_related = ("study",)


@admin.register(Visit)
class VisitAdmin(admin.ModelAdmin[Visit]):
    list_display = fields = ("study", "id", "date", "removed_at")
    list_select_related = ("study",)


@admin.register(Interview)
class InterviewAdmin(admin.ModelAdmin[Interview]):
    list_display = fields = ("study", "number", "form", "minutes", "removed_at")
    list_select_related = ("study",)


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin[Document]):
    list_display = fields = ("study", "id", "kind", "date", "original_size", "removed_at")
    list_select_related = ("study",)
