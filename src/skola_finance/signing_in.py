"""Who somebody is, a part of the facade: signing in, the second factor, passwords and tokens.

These change what is kept of a person's session, factor or password, mostly before anybody is known
who could give an order; they stand in the log of access, and not in the journal.
"""

from __future__ import annotations

from skola_finance.usecases.access.factors import (
    asks_for_a_code,
    confirm_second_factor,
    new_second_factor,
)
from skola_finance.usecases.access.own_password import (
    add_user_with_password,
    change_password,
    set_users_password,
)
from skola_finance.usecases.access.sessions import (
    end_other_sessions,
    end_session,
    finish_enrolling,
    finish_sign_in,
    look_at_session,
    sign_in,
    sign_out,
    signed_in,
    stay_signed_in,
)
from skola_finance.usecases.access.tokens import actor_of_token, make_token
from skola_finance.usecases.demo.accounts import demo_code, demo_offer, new_demo_factor
from skola_finance.usecases.users import check_password
from skola_finance.usecases.views.access import DemoOffer

__all__ = [
    "DemoOffer",
    "actor_of_token",
    "add_user_with_password",
    "asks_for_a_code",
    "change_password",
    "check_password",
    "confirm_second_factor",
    "demo_code",
    "demo_offer",
    "end_other_sessions",
    "end_session",
    "finish_enrolling",
    "finish_sign_in",
    "look_at_session",
    "make_token",
    "new_demo_factor",
    "new_second_factor",
    "set_users_password",
    "sign_in",
    "sign_out",
    "signed_in",
    "stay_signed_in",
]
