"""The command `skola-finance`: a thin edge over the verbs in `usecases`.

Exit codes: 0 fine, 1 the checked thing has errors, 2 unusable input (one line on standard error
and nothing on standard output). The clock is read here and nowhere below.
"""

from __future__ import annotations

import io
import sys
from typing import NoReturn

import typer

from skola_finance.cli import claims, database, money, rules, serving, users
from skola_finance.cli.options import current_language
from skola_finance.problems import Problem, Severity, SkolaError, Text

UNUSABLE = 2
INTERRUPTED = 130

app = typer.Typer(
    name="skola-finance",
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Izdevumu pārskatu pārbaude un finansējuma aprēķini · Claim checks and funding figures.",
)
# A correction is negative: “-20.00” is an amount, not an option nobody knows.
app.command("split", context_settings={"ignore_unknown_options": True})(money.split)
app.command("allocate")(money.allocate)
app.command("template")(claims.template)
app.command("check")(claims.check)
app.command("simulate")(claims.simulate)
app.command("migrate")(database.migrate)
app.command("demo")(database.demo)
app.command("verify")(database.verify)
app.command("backup")(database.backup)
app.command("restore")(database.restore)
app.command("serve")(serving.serve)
app.add_typer(rules.app, name="rules")
app.add_typer(users.app, name="user")


@app.callback(invoke_without_command=True)
def show_help(context: typer.Context) -> None:
    """Izdevumu pārskatu pārbaude un finansējuma aprēķini · Claim checks and funding figures."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command; every refusal is one line on standard error."""
    _write_whatever_the_terminal_can()
    try:
        status = app(standalone_mode=False)
    except SkolaError as error:
        _refuse(error.problem)
    except typer.TyperException as error:
        _refuse(_not_understood(error))
    except typer.Abort:
        raise SystemExit(INTERRUPTED) from None
    if status:
        raise SystemExit(status)


def _refuse(problem: Problem) -> NoReturn:
    line = " ".join(problem.one_line(current_language()).split())
    sys.stderr.write(f"{line}\n")
    raise SystemExit(UNUSABLE)


def _not_understood(error: typer.TyperException) -> Problem:
    """Say on one line what Typer says about the words of the command."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "skola-finance"
    told = error.format_message()
    return Problem(
        code="WBK-466",
        severity=Severity.ERROR,
        message=Text(lv=f"Komanda nav saprotama: {told}", en=f"The command is not clear: {told}"),
        hint=Text(
            lv=f"Palīdzība: „{command} --help”.",
            en=f"For help: “{command} --help”.",
        ),
    )


def _write_whatever_the_terminal_can() -> None:
    """Put a question mark for a letter that the terminal has not, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
