"""The pages of whoever runs the programme: dashboard, partners, allocations, settings, reports."""

from skola_finance_admin.pages.allocations import Allocations
from skola_finance_admin.pages.partners import Partners
from skola_finance_admin.pages.programme import Programme
from skola_finance_admin.pages.reports import Reports
from skola_finance_admin.pages.settings import Settings
from skola_finance_admin.web.page import Page

PROGRAMME_PAGES: tuple[type[Page], ...] = (Programme, Partners, Allocations, Settings, Reports)

__all__ = ["PROGRAMME_PAGES"]
