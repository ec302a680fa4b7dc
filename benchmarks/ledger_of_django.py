"""The journal entries of django-ledger: balanced, verified and posted, committed durably.

`python -m benchmarks.ledger_of_django ENTRIES POSTINGS` posts entries of so many postings one after
the other, into an SQLite file under the pragmas that our own database is opened with.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.approvals import told

PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"
BEGINS = datetime(2026, 1, 15, 8, tzinfo=UTC)
AMOUNT = Decimal("13.20")


def configure(folder: Path) -> None:
    """Make Django ready on a new file, with what django-ledger needs and nothing more."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "ledger.db"),
                "OPTIONS": {"init_command": PRAGMAS, "transaction_mode": "IMMEDIATE"},
            }
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django_ledger",
        ],
        SECRET_KEY=str(folder),
        USE_TZ=True,
        DJANGO_LEDGER_USE_DEPRECATED_BEHAVIOR=False,
    )
    django.setup()
    call_command("migrate", verbosity=0)


def books() -> tuple[Any, list[Any]]:
    """Give a ledger of an entity, and two accounts to post to."""
    from django.contrib.auth import get_user_model
    from django_ledger.models import EntityModel

    user = get_user_model().objects.create_user("owner")
    entity = EntityModel.create_entity(
        name="Programme", use_accrual_method=True, admin=user, fy_start_month=1
    )
    entity.create_chart_of_accounts(coa_name="Accounts", assign_as_default=True, commit=True)
    entity.populate_default_coa(activate_accounts=True)
    accounts = entity.get_default_coa_accounts()
    ledger = entity.create_ledger(name="Claims", posted=True)
    chosen = [accounts.filter(role=role).first() for role in ("lia_cl_other", "ex_regular")]
    if None in chosen:
        raise AssertionError(chosen)
    return ledger, chosen


def run(entries: int, postings: int, folder: Path) -> None:
    """Measure so many entries."""
    configure(folder)
    ledger, (credited, debited) = books()
    seconds = []
    for number in range(entries + 1):
        sides = ((debited, "debit"), (credited, "credit"))
        lines = [
            {"account": account, "amount": AMOUNT, "tx_type": side, "description": f"SK-{number}"}
            for _ in range(postings // 2)
            for account, side in sides
        ]
        begin = time.perf_counter()
        entry, _ = ledger.commit_txs(
            je_timestamp=BEGINS + timedelta(seconds=number),
            je_txs=lines,
            je_posted=True,
            je_desc=f"SK-{number}",
        )
        seconds.append(time.perf_counter() - begin)
        if not entry.is_posted():
            raise AssertionError(entry)
    print(json.dumps(told("entry", seconds[1:])))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        run(int(sys.argv[1]), int(sys.argv[2]), Path(name))
