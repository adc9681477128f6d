"""Pages of the ground: studies, members, history, account."""

from django.urls import path

from workbench.views import account, history, invitations, jobs, members, studies, styleguide

urlpatterns = [
    path("account/me/", account.AccountView.as_view(), name="account"),
    path("account/me/tokens/", account.TokensView.as_view(), name="tokens"),
    path(
        "account/me/tokens/<uuid:token>/revoke/",
        account.TokenRevokeView.as_view(),
        name="token_revoke",
    ),
    path("invitation/<str:secret>/", invitations.InvitedView.as_view(), name="invited"),
    path(
        "studies/<slug:slug>/members/invitations/<uuid:invitation>/withdraw/",
        members.InvitationWithdrawView.as_view(),
        name="invitation_withdraw",
    ),
    path("studies/<slug:slug>/members/", members.MembersView.as_view(), name="members"),
    path(
        "studies/<slug:slug>/members/<uuid:member>/role/",
        members.MemberRoleView.as_view(),
        name="member_role",
    ),
    path(
        "studies/<slug:slug>/members/<uuid:member>/remove/",
        members.MemberRemoveView.as_view(),
        name="member_remove",
    ),
    path(
        "studies/<slug:slug>/settings/", studies.StudySettingsView.as_view(), name="study_settings"
    ),
    path("studies/<slug:slug>/history/", history.HistoryView.as_view(), name="history"),
    path(
        "studies/<slug:slug>/history/export/",
        history.HistoryExportView.as_view(),
        name="history_export",
    ),
    path("studies/<slug:slug>/jobs/<uuid:job>/", jobs.JobView.as_view(), name="job"),
    path("studies/<slug:slug>/jobs/<uuid:job>/file/", jobs.JobFileView.as_view(), name="job_file"),
    path("styleguide/", styleguide.StyleguideView.as_view(), name="styleguide"),
]
