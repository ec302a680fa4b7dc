"""Pages of the agency's money: orders, advances, corrections, irregularities, recoveries."""

from skola_finance_admin.pages.money.advances import Advances
from skola_finance_admin.pages.money.corrections import Corrections
from skola_finance_admin.pages.money.final_balance import FinalBalances
from skola_finance_admin.pages.money.irregularities import Irregularities
from skola_finance_admin.pages.money.orders import Orders
from skola_finance_admin.pages.money.recoveries import Recoveries
from skola_finance_admin.web.page import Page

MONEY_PAGES: tuple[type[Page], ...] = (
    Orders,
    Advances,
    Corrections,
    Irregularities,
    Recoveries,
    FinalBalances,
)

__all__ = ["MONEY_PAGES"]
