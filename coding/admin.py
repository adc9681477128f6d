"""Analysis in the admin: codes and states; no quotes, memos or drafts."""

from django.contrib import admin

from coding.models import CaseDraft, Code, CodebookVersion


@admin.register(Code)
class CodeAdmin(admin.ModelAdmin[Code]):
    list_display = fields = ("study", "key", "origin", "removed_at")
    list_select_related = ("study",)


@admin.register(CodebookVersion)
class CodebookVersionAdmin(admin.ModelAdmin[CodebookVersion]):
    list_display = fields = ("study", "number", "made_by", "created_at")
    list_select_related = ("study", "made_by")


@admin.register(CaseDraft)
class CaseDraftAdmin(admin.ModelAdmin[CaseDraft]):
    list_display = fields = ("study", "id", "state", "version", "updated_at")
    list_select_related = ("study",)
