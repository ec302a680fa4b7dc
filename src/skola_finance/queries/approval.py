"""What an approval would do before it is done, and acts and entries that stand."""

from __future__ import annotations

from skola_finance.usecases.deciding.revival import preview_revival
from skola_finance.usecases.views.acts import Done, Standing
from skola_finance.usecases.views.approval import ActShown, ApprovalPage, OpenWarning, approval_page
from skola_finance.usecases.views.approval_preview import (
    ApprovalPreview,
    EntryToPost,
    LineToPost,
    RoomEffect,
    preview_approval,
)
from skola_finance.usecases.views.approval_unfunded import (
    RevivalPage,
    UnfundedPartner,
    revival_page,
    unfunded_partners,
)
from skola_finance.usecases.views.posted import Deed, PostedEntry
from skola_finance.usecases.views.rehearsal import (
    Effect,
    Movement,
    Rehearsal,
    RehearsedWork,
    rehearse,
)

__all__ = [
    "ActShown",
    "ApprovalPage",
    "ApprovalPreview",
    "Deed",
    "Done",
    "Effect",
    "EntryToPost",
    "LineToPost",
    "Movement",
    "OpenWarning",
    "PostedEntry",
    "Rehearsal",
    "RehearsedWork",
    "RevivalPage",
    "RoomEffect",
    "Standing",
    "UnfundedPartner",
    "approval_page",
    "preview_approval",
    "preview_revival",
    "rehearse",
    "revival_page",
    "unfunded_partners",
]
