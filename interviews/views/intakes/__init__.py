"""Files on their way in: what they are, what was found, what is put right, then attached.

The page is one form. Every button posts all of it to a view of its own: what was said so far
is kept first, then the button's act is done, so that nothing typed is lost on the way.
"""

from interviews.views.intakes.batch import IntakeAttachView, IntakeDiscardView, IntakeSameView
from interviews.views.intakes.files import (
    FileAgainView,
    FileDiscardView,
    FileEncodeView,
    FileOpenView,
)
from interviews.views.intakes.page import IntakeView
from interviews.views.intakes.turns import (
    SpeakerRenameView,
    SpeakerWordsView,
    TurnAnswerView,
    TurnJoinView,
    TurnMannerView,
    TurnOpenView,
    TurnSaidView,
    TurnSplitView,
    TurnUnanswerView,
)

__all__ = [
    "FileAgainView",
    "FileDiscardView",
    "FileEncodeView",
    "FileOpenView",
    "IntakeAttachView",
    "IntakeDiscardView",
    "IntakeSameView",
    "IntakeView",
    "SpeakerRenameView",
    "SpeakerWordsView",
    "TurnAnswerView",
    "TurnJoinView",
    "TurnMannerView",
    "TurnOpenView",
    "TurnSaidView",
    "TurnSplitView",
    "TurnUnanswerView",
]
