"""Pages of the agency's money: orders, advances, corrections, irregularities, recoveries."""

from skola_finance_admin.pages.money.orders import Orders
from skola_finance_admin.web.page import Page

MONEY_PAGES: tuple[type[Page], ...] = (Orders,)

__all__ = ["MONEY_PAGES"]
