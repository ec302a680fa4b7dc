"""`user add`, `passwd`, `lock`, `unlock`, `reset` and `list`: accounts of people."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from skola_finance.cli.options import AsJson, Lang, print_json
from skola_finance.problems import Language
from skola_finance.workflow.roles import Role

app = typer.Typer(help="Lietotāju konti · Accounts of people.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(metavar="LIETOTĀJS", help="Lietotājvārds · Login.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Parole no standarta ievades · From stdin.")
]


@app.command("add")
def add(
    login: Login,
    role: Annotated[Role, typer.Option("--role", help="Loma · Role.")],
    partner: Annotated[
        str | None, typer.Option("--partner", help="Partnera reģ. nr. · Partner's reg. no.")
    ] = None,
    *,
    password_stdin: FromInput = False,
    lang: Lang = Language.LV,
) -> None:
    """Pievieno lietotāju · Adds an account; the first one is an administrator."""
    from skola_finance.cli.orders import order_as, order_now
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.passwords import hash_password
    from skola_finance.usecases.users import SYSTEM_ACTOR, add_user

    store = open_store()
    with store.reading() as repositories:
        is_first = not repositories.records.users()
    order = order_as(SYSTEM_ACTOR) if is_first else order_now(Role.ADMINISTRATOR)
    hashed = hash_password(
        login=login,
        password=_password(lang, from_input=password_stdin),
        command_id=order.command_id,
        key=store.key,
    )
    add_user(store, order, login=login, role=role.value, password_hash=hashed, partner=partner)
    _say(lang, f"Lietotājs pievienots: {login}", f"User added: {login}")


@app.command("passwd")
def passwd(login: Login, *, password_stdin: FromInput = False, lang: Lang = Language.LV) -> None:
    """Nomaina paroli · Sets another password."""
    from skola_finance.cli.orders import order_now
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.passwords import hash_password
    from skola_finance.usecases.users import set_password

    store, order = open_store(), order_now(Role.ADMINISTRATOR)
    hashed = hash_password(
        login=login,
        password=_password(lang, from_input=password_stdin),
        command_id=order.command_id,
        key=store.key,
    )
    set_password(store, order, login=login, password_hash=hashed)
    _say(lang, f"Parole nomainīta: {login}", f"Password set: {login}")


@app.command("lock")
def lock(login: Login, *, lang: Lang = Language.LV) -> None:
    """Bloķē lietotāju · Lets nobody sign in to an account any more."""
    from skola_finance.cli.orders import order_now
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.users import lock_user

    lock_user(open_store(), order_now(Role.ADMINISTRATOR), login=login)
    _say(lang, f"Lietotājs bloķēts: {login}", f"User locked: {login}")


@app.command("unlock")
def unlock(login: Login, *, lang: Lang = Language.LV) -> None:
    """Atbloķē lietotāju · Lets an account be used again."""
    from skola_finance.cli.orders import order_now
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.users import unlock_user

    unlock_user(open_store(), order_now(Role.ADMINISTRATOR), login=login)
    _say(lang, f"Lietotājs atbloķēts: {login}", f"User unlocked: {login}")


@app.command("reset")
def reset(login: Login, *, lang: Lang = Language.LV) -> None:
    """Atiestata otro faktoru · Takes away a second factor that was lost."""
    from skola_finance.cli.orders import order_now
    from skola_finance.usecases.access.factors import reset_second_factor
    from skola_finance.usecases.opening_store import open_store

    reset_second_factor(open_store(), order_now(Role.ADMINISTRATOR), login=login)
    _say(lang, f"Otrais faktors atiestatīts: {login}", f"Second factor reset: {login}")


@app.command("list")
def show(*, as_json: AsJson = False, lang: Lang = Language.LV) -> None:
    """Rāda lietotājus · Lists the accounts."""
    from skola_finance.cli.orders import order_now
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.users import users_of

    accounts = users_of(open_store(), order_now(Role.ADMINISTRATOR))
    if as_json:
        print_json(
            [
                {
                    "login": one.login,
                    "role": one.role.value,
                    "partner_reg_no": one.partner_reg_no,
                    "active": one.is_active,
                }
                for one in accounts
            ]
        )
        return
    for one in accounts:
        parts = (one.login, one.role.label.in_(lang), one.partner_reg_no or "")
        mark = "" if one.is_active else (" (bloķēts)", " (locked)")[lang is Language.EN]
        typer.echo(" · ".join(part for part in parts if part) + mark)
    if not accounts:
        _say(lang, "Nav neviena lietotāja.", "There is no user yet.")


def _password(language: Language, *, from_input: bool) -> str:
    """Ask for a password without showing it, or read one line."""
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    words = ("Parole", "Password")[language is Language.EN]
    password: str = typer.prompt(words, hide_input=True, confirmation_prompt=True)
    return password


def _say(language: Language, lv: str, en: str) -> None:
    typer.echo(lv if language is Language.LV else en)
