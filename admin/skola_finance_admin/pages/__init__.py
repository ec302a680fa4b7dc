"""The pages, each group in a module of its own; the first one is the home page."""

from skola_finance_admin.pages.account import Account
from skola_finance_admin.pages.approval import Approvals
from skola_finance_admin.pages.claims import CLAIM_PAGES
from skola_finance_admin.pages.home import Home
from skola_finance_admin.pages.journal import JournalPages
from skola_finance_admin.pages.money import MONEY_PAGES
from skola_finance_admin.pages.of_partners import PARTNER_PAGES
from skola_finance_admin.pages.of_programme import PROGRAMME_PAGES
from skola_finance_admin.pages.queue import Queue
from skola_finance_admin.pages.registers import ListExports
from skola_finance_admin.pages.review import Review
from skola_finance_admin.pages.review_acts import ReviewActs
from skola_finance_admin.pages.review_cases import Objections, SpotChecks
from skola_finance_admin.pages.rulebook import RulebookPages
from skola_finance_admin.pages.simulation import SimulationPages
from skola_finance_admin.pages.users import Users
from skola_finance_admin.web.page import Page

PAGES: tuple[type[Page], ...] = (
    Home,
    *PARTNER_PAGES,
    *CLAIM_PAGES,
    *PROGRAMME_PAGES,
    Queue,
    *MONEY_PAGES,
    RulebookPages,
    Users,
    Account,
    Approvals,
    JournalPages,
    SimulationPages,
    Review,
    ReviewActs,
    ListExports,
    Objections,
    SpotChecks,
)

__all__ = ["PAGES"]
