"""`serve`: the pages and the HTTP API, on this machine."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from skola_finance.cli.options import Lang
from skola_finance.problems import Language, Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from types import ModuleType


class NotInstalled(SkolaError, ImportError):
    """WEB-483: the extra [admin] is not there."""


def serve(
    host: Annotated[str, typer.Option("--host", envvar="SKOLA_HOST")] = "127.0.0.1",
    port: Annotated[str, typer.Option("--port", envvar="SKOLA_PORT")] = "8000",
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Procesi (PostgreSQL) · Processes.")
    ] = 1,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Sagatavo un rāda demonstrāciju · Sets up the demo.")
    ] = False,
    lang: Lang = Language.LV,
) -> None:
    """Rāda lapas un API pārlūkam · Serves the pages and the API."""
    serving = _serving()
    # Each worker reads the environment for itself.
    os.environ |= {"SKOLA_HOST": host, "SKOLA_PORT": port} | ({"SKOLA_DEMO": "1"} if demo else {})
    config = import_module("skola_finance_admin.config").config_of()
    serving.listening(config).close()
    if demo:
        _set_up_demo(lang)
    serving.serve(config, workers=workers, announce=_announce_demo if demo else _announce)


def _serving() -> ModuleType:
    try:
        return import_module("skola_finance_admin.serving")
    except ModuleNotFoundError as error:
        raise NotInstalled(
            Problem(
                code="WEB-483",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"Lapām vajadzīgā pakotne „{error.name}” nav uzstādīta.",
                    en=f"The package “{error.name}”, which the pages need, is not installed.",
                ),
                hint=Text(
                    lv='Uzstādiet: pip install "skola-finance[admin]".',
                    en='Install it: pip install "skola-finance[admin]".',
                ),
                subject=str(error.name),
            )
        ) from error


def _set_up_demo(language: Language) -> None:
    from skola_finance.cli.progress import shown_progress
    from skola_finance.storage import schema
    from skola_finance.usecases.demo.programme import is_loaded, load_demo
    from skola_finance.usecases.opening_store import open_store

    store = open_store(is_checked=False)
    schema.migrate(store.database)
    if is_loaded(store):
        return
    typer.echo(
        "Ielādē demonstrācijas datus, tas ilgst aptuveni minūti … · "
        "Loading the demo data, which takes about a minute …"
    )
    with shown_progress(language) as tell:
        load_demo(store, progress=tell)


def _announce(address: str) -> None:
    typer.echo(f"skola-finance: {address}/admin/")
    typer.echo("Apturēt · Stop: Ctrl+C")


def _announce_demo(address: str) -> None:
    from skola_finance.usecases.demo.accounts import DEMO_PASSWORD, demo_logins
    from skola_finance.usecases.demo.people import FIRST, SLUGS
    from skola_finance.workflow import Role

    shown = [one for one in demo_logins() if "." not in one or one.endswith(f".{FIRST}")]
    widest = max(map(len, shown))
    typer.echo(f"\n  {address}/admin/\n")
    typer.echo(f"  Parole visiem · Password of all: {DEMO_PASSWORD}\n")
    for login in shown:
        label = Role(login.partition(".")[0]).label
        typer.echo(f"  {login:<{widest}}  {label.lv} · {label.en}")
    others = ", ".join(slug for slug in SLUGS if slug != FIRST)
    typer.echo(f"\n  „{FIRST}” vietā der arī · Instead of “{FIRST}” also: {others}.")
    typer.echo(
        "  Otrā faktora kodu lapa ieraksta pati · The page fills in the code of the second factor."
    )
    typer.echo("  Apturēt · Stop: Ctrl+C\n")
