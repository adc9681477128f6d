"""The ground in the admin: looked at by superusers, changed by nobody."""

from django.contrib import admin

from workbench.models import HistoryEntry, Job, Member, Study, Token, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("username", "name", "is_active", "is_superuser", "last_login")
    fields = ("username", "name", "email", "language", "is_active", "is_superuser", "last_login")


@admin.register(Study)
class StudyAdmin(admin.ModelAdmin[Study]):
    list_display = ("slug", "title", "language", "change_number", "created_at")
    fields = ("slug", "title", "language", "retention_date", "change_number", "created_at")


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin[Member]):
    list_display = ("study", "user", "role")
    list_select_related = ("study", "user")


@admin.register(HistoryEntry)
class HistoryAdmin(admin.ModelAdmin[HistoryEntry]):
    list_display = ("study", "number", "at", "actor", "action", "noun", "subject")
    list_select_related = ("study", "actor")
    fields = ("study", "number", "at", "actor", "action", "noun", "subject")


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    list_display = ("study", "owner", "kind", "state", "done", "total", "created_at")
    list_select_related = ("study", "owner")
    fields = ("study", "owner", "kind", "state", "done", "total", "heartbeat_at", "finished_at")


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin[Token]):
    list_display = ("user", "created_at", "last_used_at", "revoked_at")
    list_select_related = ("user",)
    fields = ("user", "created_at", "last_used_at", "revoked_at")
