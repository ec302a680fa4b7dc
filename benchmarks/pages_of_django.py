"""Django's admin over the same rows: `python -m benchmarks.pages_of_django FOLDER CLAIM`.

Its own tables go into the same file; claims, partners and lines are read where they are. It is
asked through its own test client, which calls it without any server in between.
"""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any

from benchmarks.clicks import DEEP, timed

LIST, LINES = 50, 200
"""Rows of a page, as many as ours has."""
STATES = ("submitted", "in_review", "paid", "approved")


def configure(folder: Path) -> None:
    """Make Django ready on the file."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    urls = types.ModuleType("measured_urls")
    sys.modules["measured_urls"] = urls
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "measured.db"),
                "OPTIONS": {"init_command": "PRAGMA journal_mode = WAL"},
            }
        },
        INSTALLED_APPS=[
            *("django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes"),
            *("django.contrib.sessions", "django.contrib.messages"),
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ROOT_URLCONF="measured_urls",
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=str(folder),
        STATIC_URL="/static/",
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    _register(urls)


def _register(urls: Any) -> None:
    """Show claims and lines with the columns, filters and order that our own pages have."""
    from django.contrib import admin
    from django.db import models
    from django.urls import path

    class Partner(models.Model):
        reg_no = models.CharField(primary_key=True, max_length=20)
        name = models.TextField()

        class Meta:
            app_label, managed, db_table = "auth", False, "partner"

        def __str__(self) -> str:
            return str(self.name)

    class Claim(models.Model):  # noqa: DJ008 - shown by its columns
        key = models.TextField()
        partner = models.ForeignKey(Partner, models.DO_NOTHING, db_column="partner_reg_no")
        claim_no = models.TextField()
        kind = models.TextField()
        period_from = models.DateField()
        period_to = models.DateField()
        state = models.TextField()
        filed_at = models.DateTimeField()
        claimed_cents = models.BigIntegerField()
        eligible_cents = models.BigIntegerField()
        approved_cents = models.BigIntegerField()

        class Meta:
            app_label, managed, db_table = "auth", False, "claim"

    class Line(models.Model):  # noqa: DJ008 - the same
        line_no = models.BigIntegerField(primary_key=True)
        claim_id = models.BigIntegerField()
        version = models.IntegerField()
        activity = models.TextField()
        activity_on = models.DateField()
        learner_ref = models.TextField()
        claimed_cents = models.BigIntegerField()
        eligible_cents = models.BigIntegerField()
        codes = models.TextField()

        class Meta:
            app_label, managed, db_table = "auth", False, "claim_line"

    class Claims(admin.ModelAdmin):
        list_display = (
            *("key", "partner", "claim_no", "period_from", "period_to", "state"),
            *("claimed_cents", "eligible_cents", "approved_cents", "filed_at"),
        )
        list_filter = ("state",)
        search_fields = ("key", "claim_no", "partner__name")
        list_select_related = ("partner",)
        ordering = ("-id",)
        list_per_page = LIST

    class Lines(admin.ModelAdmin):
        list_display = (
            *("line_no", "activity", "activity_on", "learner_ref"),
            *("claimed_cents", "eligible_cents", "codes"),
        )
        ordering = ("line_no",)
        list_per_page = LINES

        def lookup_allowed(self, *_: object) -> bool:
            return True

    admin.site.register(Claim, Claims)
    admin.site.register(Line, Lines)
    urls.urlpatterns = [path("admin/", admin.site.urls)]


def measure(folder: Path, claim: str) -> None:
    """Measure over a filled SQLite store."""
    configure(folder)
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("owner"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, version FROM claim WHERE key = %s", [claim])
        number, version = cursor.fetchone()
    base = "/admin/auth/claim/"

    def open_page(address: str) -> int:
        answer = client.get(address)
        if answer.status_code != 200 or b"result_list" not in answer.content:
            raise AssertionError(answer.content[:2000])
        return len(answer.content)

    lines = f"/admin/auth/line/?claim_id={number}&version={version}"
    found = {
        "list": timed(lambda _: open_page(base)),
        "filter": timed(lambda n: open_page(f"{base}?state={STATES[n % 4]}")),
        "sort": timed(lambda _: open_page(f"{base}?o=-7")),
        "deep page": timed(lambda _: open_page(f"{base}?p={DEEP // LIST}")),
        "search": timed(lambda n: open_page(f"{base}?q=B9{n + 10}")),
        "claim page": timed(lambda _: open_page(lines)),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    measure(Path(sys.argv[1]), sys.argv[2])
