"""Accounts, rights, sessions and tokens, as an administrator or their owner sees them."""

from __future__ import annotations

from skola_finance.usecases.access.accounts import (
    find_user,
    find_users,
    my_account,
    partner_choices,
    recovery_codes,
)
from skola_finance.usecases.access.sessions import sessions_of
from skola_finance.usecases.access.tokens import scopes_for, tokens_of
from skola_finance.usecases.users import users_of
from skola_finance.usecases.views.access import (
    ListedUser,
    NewSecondFactor,
    Opened,
    OpenSession,
    OwnAccount,
    Scope,
    SignedIn,
    Stage,
    Token,
    TokenHolder,
    UserPage,
)
from skola_finance.usecases.views.rights import Right

__all__ = [
    "ListedUser",
    "NewSecondFactor",
    "OpenSession",
    "Opened",
    "OwnAccount",
    "Right",
    "Scope",
    "SignedIn",
    "Stage",
    "Token",
    "TokenHolder",
    "UserPage",
    "find_user",
    "find_users",
    "my_account",
    "partner_choices",
    "recovery_codes",
    "scopes_for",
    "sessions_of",
    "tokens_of",
    "users_of",
]
