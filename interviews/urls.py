"""Pages of interviews; mounted under a study's address."""

from django.urls import URLPattern, URLResolver, include, path

from interviews.views import (
    analysis_frames,
    case_templates,
    cases,
    documents,
    intakes,
    key_figures,
    kits,
    measurements,
    participants,
    recordings,
    registry,
    selection,
    sources,
    visits,
)

PERSON = "people/<uuid:participant>/"
VISIT = "visits/<uuid:visit>/"
INTERVIEW = "interviews/<uuid:interview>/"

CASE = [
    path("", cases.CaseView.as_view(), name="case"),
    path("visits/", cases.CaseVisitsView.as_view(), name="case_visits"),
    path("material/", cases.CaseMaterialView.as_view(), name="case_material"),
    path("guide/", kits.CaseGuideView.as_view(), name="case_guide"),
    path("guide/print/", kits.CaseGuidePrintView.as_view(), name="case_guide_print"),
    path("guide/word/", kits.CaseGuideWordView.as_view(), name="case_guide_word"),
    path("guide/<uuid:item>/", kits.CaseGuideItemView.as_view(), name="case_guide_item"),
    path("measurements/", measurements.CaseMeasurementsView.as_view(), name="case_measurements"),
    path("project/", cases.CaseProjectView.as_view(), name="case_project"),
    path("contacts/", selection.CaseContactsView.as_view(), name="case_contacts"),
    path("contacts/new/", selection.CaseContactNewView.as_view(), name="case_contact_new"),
    path("edit/", cases.CaseEditView.as_view(), name="case_edit"),
    path("remove/", cases.CaseRemoveView.as_view(), name="case_remove"),
    path("restore/", cases.CaseRestoreView.as_view(), name="case_restore"),
    path("people/new/", participants.ParticipantNewView.as_view(), name="participant_new"),
    path(PERSON, participants.ParticipantView.as_view(), name="participant"),
    path(f"{PERSON}edit/", participants.ParticipantEditView.as_view(), name="participant_edit"),
    path(
        f"{PERSON}remove/", participants.ParticipantRemoveView.as_view(), name="participant_remove"
    ),
    path(
        f"{PERSON}restore/",
        participants.ParticipantRestoreView.as_view(),
        name="participant_restore",
    ),
    path(f"{PERSON}name/", participants.ParticipantNameView.as_view(), name="participant_name"),
    path(
        f"{PERSON}name/keep/",
        participants.ParticipantKeepNameView.as_view(),
        name="participant_name_keep",
    ),
    path(
        f"{PERSON}name/erase/",
        participants.ParticipantForgetNameView.as_view(),
        name="participant_name_erase",
    ),
    path("visits/new/", visits.VisitNewView.as_view(), name="visit_new"),
    path(VISIT, visits.VisitEditView.as_view(), name="visit_edit"),
    path(f"{VISIT}remove/", visits.VisitRemoveView.as_view(), name="visit_remove"),
    path(f"{VISIT}restore/", visits.VisitRestoreView.as_view(), name="visit_restore"),
    path(f"{VISIT}interviews/new/", visits.InterviewNewView.as_view(), name="interview_new"),
    path(INTERVIEW, visits.InterviewEditView.as_view(), name="interview_edit"),
    path(
        f"{INTERVIEW}recording/",
        recordings.InterviewRecordingView.as_view(),
        name="interview_recording",
    ),
    path(f"{INTERVIEW}remove/", visits.InterviewRemoveView.as_view(), name="interview_remove"),
    path(f"{INTERVIEW}restore/", visits.InterviewRestoreView.as_view(), name="interview_restore"),
]

KIT_ITEM = "items/<uuid:item>/"
KIT = [
    path("", kits.KitView.as_view(), name="kit"),
    path("paste/", kits.KitPasteView.as_view(), name="kit_paste"),
    path("add/", kits.KitAddView.as_view(), name="kit_add"),
    path("edit/", kits.KitChangeView.as_view(), name="kit_edit"),
    path("versions/", kits.KitVersionsView.as_view(), name="kit_versions"),
    path("versions/<int:number>/", kits.KitVersionView.as_view(), name="kit_version"),
    path("coverage/", kits.KitCoverageView.as_view(), name="kit_coverage"),
    path(KIT_ITEM, kits.KitItemView.as_view(), name="kit_item"),
    path(f"{KIT_ITEM}answers/", kits.KitAnswersView.as_view(), name="kit_answers"),
    path(f"{KIT_ITEM}add/", kits.KitItemAddView.as_view(), name="kit_item_add"),
    path(f"{KIT_ITEM}move/", kits.KitItemMoveView.as_view(), name="kit_item_move"),
    path(f"{KIT_ITEM}remove/", kits.KitItemRemoveView.as_view(), name="kit_item_remove"),
    path(f"{KIT_ITEM}restore/", kits.KitItemRestoreView.as_view(), name="kit_item_restore"),
]

SECTION = "sections/<uuid:section>/"
POINT = "points/<uuid:point>/"
TEMPLATE = [
    path("", case_templates.TemplatePageView.as_view(), name="template"),
    path("paste/", case_templates.TemplatePasteView.as_view(), name="template_paste"),
    path("add/", case_templates.SectionAddView.as_view(), name="section_add"),
    path("edit/", case_templates.TemplateChangeView.as_view(), name="template_edit"),
    path(SECTION, case_templates.SectionView.as_view(), name="section"),
    path(f"{SECTION}add/", case_templates.PointAddView.as_view(), name="point_add"),
    path(f"{SECTION}move/", case_templates.SectionMoveView.as_view(), name="section_move"),
    path(f"{SECTION}remove/", case_templates.SectionRemoveView.as_view(), name="section_remove"),
    path(f"{SECTION}restore/", case_templates.SectionRestoreView.as_view(), name="section_restore"),
    path(POINT, case_templates.PointView.as_view(), name="point"),
    path(f"{POINT}move/", case_templates.PointMoveView.as_view(), name="point_move"),
    path(f"{POINT}remove/", case_templates.PointRemoveView.as_view(), name="point_remove"),
    path(f"{POINT}restore/", case_templates.PointRestoreView.as_view(), name="point_restore"),
]

QUESTION = "<uuid:question>/"
QUESTIONS = [
    path("", analysis_frames.QuestionsView.as_view(), name="questions"),
    path("paste/", analysis_frames.QuestionsPasteView.as_view(), name="questions_paste"),
    path("add/", analysis_frames.QuestionAddView.as_view(), name="question_add"),
    path(QUESTION, analysis_frames.QuestionView.as_view(), name="question"),
    path(f"{QUESTION}move/", analysis_frames.QuestionMoveView.as_view(), name="question_move"),
    path(
        f"{QUESTION}remove/", analysis_frames.QuestionRemoveView.as_view(), name="question_remove"
    ),
    path(
        f"{QUESTION}restore/",
        analysis_frames.QuestionRestoreView.as_view(),
        name="question_restore",
    ),
]

CRITERION = "<uuid:criterion>/"
CRITERIA = [
    path("new/", selection.CriterionNewView.as_view(), name="criterion_new"),
    path(CRITERION, selection.CriterionEditView.as_view(), name="criterion"),
    path(f"{CRITERION}move/", selection.CriterionMoveView.as_view(), name="criterion_move"),
    path(f"{CRITERION}remove/", selection.CriterionRemoveView.as_view(), name="criterion_remove"),
    path(
        f"{CRITERION}restore/", selection.CriterionRestoreView.as_view(), name="criterion_restore"
    ),
]
CONTACT = "contacts/<uuid:contact>/"
CANDIDATE = [
    path("", selection.CandidateView.as_view(), name="candidate"),
    path("edit/", selection.CandidateEditView.as_view(), name="candidate_edit"),
    path("choose/", selection.CandidateChooseView.as_view(), name="candidate_choose"),
    path("turn-down/", selection.CandidateTurnDownView.as_view(), name="candidate_turn_down"),
    path("again/", selection.CandidateAgainView.as_view(), name="candidate_again"),
    path("remove/", selection.CandidateRemoveView.as_view(), name="candidate_remove"),
    path("restore/", selection.CandidateRestoreView.as_view(), name="candidate_restore"),
    path("marks/<slug:mark>/", selection.MarkView.as_view(), name="mark"),
    path("contacts/new/", selection.ContactNewView.as_view(), name="contact_new"),
    path(CONTACT, selection.ContactEditView.as_view(), name="contact"),
    path(f"{CONTACT}remove/", selection.ContactRemoveView.as_view(), name="contact_remove"),
    path(f"{CONTACT}restore/", selection.ContactRestoreView.as_view(), name="contact_restore"),
]
SELECTION: list[URLPattern | URLResolver] = [
    path("", selection.SelectionView.as_view(), name="selection"),
    path("propose/", selection.ProposeView.as_view(), name="selection_propose"),
    path("decide/", selection.DecideView.as_view(), name="selection_decide"),
    path("take-in/", selection.TakeInView.as_view(), name="candidates_take_in"),
    path("criteria/", include(CRITERIA)),
    path("candidates/new/", selection.CandidateNewView.as_view(), name="candidate_new"),
    path("candidates/<uuid:candidate>/", include(CANDIDATE)),
]

FILE = "files/<uuid:file>/"
SPEAKER = f"{FILE}speakers/<int:speaker>/"
TURN = f"{FILE}turns/<int:turn>/"
INTAKE = [
    path("", intakes.IntakeView.as_view(), name="intake"),
    path("same/", intakes.IntakeSameView.as_view(), name="intake_same"),
    path("attach/", intakes.IntakeAttachView.as_view(), name="intake_attach"),
    path("discard/", intakes.IntakeDiscardView.as_view(), name="intake_discard"),
    path(f"{FILE}discard/", intakes.FileDiscardView.as_view(), name="file_discard"),
    path(f"{FILE}again/", intakes.FileAgainView.as_view(), name="file_again"),
    path(f"{FILE}encode/", intakes.FileEncodeView.as_view(), name="file_encode"),
    path(f"{FILE}open/", intakes.FileOpenView.as_view(), name="file_open"),
    path(f"{FILE}all/", intakes.FileOpenView.as_view(whole=True), name="file_all"),
    path(f"{SPEAKER}rename/", intakes.SpeakerRenameView.as_view(), name="speaker_rename"),
    path(f"{SPEAKER}words/", intakes.SpeakerWordsView.as_view(), name="speaker_words"),
    path(f"{TURN}open/", intakes.TurnOpenView.as_view(), name="turn_open"),
    path(f"{TURN}join/", intakes.TurnJoinView.as_view(), name="turn_join"),
    path(f"{TURN}split/", intakes.TurnSplitView.as_view(), name="turn_split"),
    path(f"{TURN}said/", intakes.TurnSaidView.as_view(), name="turn_said"),
    path(f"{TURN}manner/", intakes.TurnMannerView.as_view(), name="turn_manner"),
    path(f"{TURN}answer/", intakes.TurnAnswerView.as_view(), name="turn_answer"),
    path(f"{TURN}unanswer/", intakes.TurnUnanswerView.as_view(), name="turn_unanswer"),
]

SOURCE = "sources/<uuid:source>/"
BIAS = "misses/<uuid:bias>/"
PROJECT = "projects/<uuid:project>/"
MAP = [
    path("", registry.MapView.as_view(), name="map"),
    path("new/", registry.ProjectNewView.as_view(), name="project_new"),
    path("export/", registry.MapExportView.as_view(), name="map_export"),
    path("import/", registry.MapImportView.as_view(), name="map_import"),
    path("tallies/", registry.TalliesView.as_view(), name="tallies"),
    path("sources/", sources.SourcesView.as_view(), name="sources"),
    path("sources/new/", sources.SourceNewView.as_view(), name="source_new"),
    path(SOURCE, sources.SourceEditView.as_view(), name="source"),
    path(f"{SOURCE}remove/", sources.SourceRemoveView.as_view(), name="source_remove"),
    path(f"{SOURCE}restore/", sources.SourceRestoreView.as_view(), name="source_restore"),
    path("misses/new/", sources.BiasNewView.as_view(), name="bias_new"),
    path(BIAS, sources.BiasEditView.as_view(), name="bias"),
    path(f"{BIAS}remove/", sources.BiasRemoveView.as_view(), name="bias_remove"),
    path(f"{BIAS}restore/", sources.BiasRestoreView.as_view(), name="bias_restore"),
    path(PROJECT, registry.ProjectView.as_view(), name="project"),
    path(f"{PROJECT}edit/", registry.ProjectEditView.as_view(), name="project_edit"),
    path(f"{PROJECT}level/", registry.ProjectLevelView.as_view(), name="project_level"),
    path(f"{PROJECT}remove/", registry.ProjectRemoveView.as_view(), name="project_remove"),
    path(f"{PROJECT}restore/", registry.ProjectRestoreView.as_view(), name="project_restore"),
]

INSTRUMENT = "instruments/<uuid:instrument>/"
MEASUREMENT = "<uuid:measurement>/"
KEY_FIGURE = "figures/<uuid:key_figure>/"
MEASUREMENTS = [
    path("", measurements.MeasurementsView.as_view(), name="measurements"),
    path("new/", measurements.MeasurementNewView.as_view(), name="measurement_new"),
    path(MEASUREMENT, measurements.MeasurementEditView.as_view(), name="measurement_edit"),
    path(
        f"{MEASUREMENT}remove/",
        measurements.MeasurementRemoveView.as_view(),
        name="measurement_remove",
    ),
    path(
        f"{MEASUREMENT}restore/",
        measurements.MeasurementRestoreView.as_view(),
        name="measurement_restore",
    ),
    path("instruments/new/", measurements.InstrumentNewView.as_view(), name="instrument_new"),
    path(INSTRUMENT, measurements.InstrumentEditView.as_view(), name="instrument_edit"),
    path(
        f"{INSTRUMENT}remove/",
        measurements.InstrumentRemoveView.as_view(),
        name="instrument_remove",
    ),
    path(
        f"{INSTRUMENT}restore/",
        measurements.InstrumentRestoreView.as_view(),
        name="instrument_restore",
    ),
    path("figures/new/", key_figures.KeyFigureNewView.as_view(), name="key_figure_new"),
    path(KEY_FIGURE, key_figures.KeyFigureEditView.as_view(), name="key_figure_edit"),
    path(
        f"{KEY_FIGURE}remove/", key_figures.KeyFigureRemoveView.as_view(), name="key_figure_remove"
    ),
    path(
        f"{KEY_FIGURE}restore/",
        key_figures.KeyFigureRestoreView.as_view(),
        name="key_figure_restore",
    ),
]

DOCUMENT = "documents/<uuid:document>/"
RECORDING = "recordings/<uuid:recording>/"

urlpatterns = [
    path("kit/", include(KIT)),
    path("template/", include(TEMPLATE)),
    path("questions/", include(QUESTIONS)),
    path("map/", include(MAP)),
    path("measurements/", include(MEASUREMENTS)),
    path("selection/", include(SELECTION)),
    path("documents/", documents.DocumentsView.as_view(), name="documents"),
    path("documents/write/", documents.DocumentWriteView.as_view(), name="document_write"),
    path("documents/attach/<uuid:batch>/", include(INTAKE)),
    path(f"{DOCUMENT}edit/", documents.DocumentEditView.as_view(), name="document_edit"),
    path(f"{DOCUMENT}answers/", documents.DocumentAnswersView.as_view(), name="document_answers"),
    path(f"{DOCUMENT}remove/", documents.DocumentRemoveView.as_view(), name="document_remove"),
    path(f"{DOCUMENT}restore/", documents.DocumentRestoreView.as_view(), name="document_restore"),
    path(f"{RECORDING}media/", recordings.RecordingMediaView.as_view(), name="recording_media"),
    path(f"{RECORDING}remove/", recordings.RecordingRemoveView.as_view(), name="recording_remove"),
    path(
        f"{RECORDING}restore/", recordings.RecordingRestoreView.as_view(), name="recording_restore"
    ),
    path("cases/", cases.CasesView.as_view(), name="cases"),
    path("cases/new/", cases.CaseNewView.as_view(), name="case_new"),
    path("cases/<slug:key>/", include(CASE)),
]
