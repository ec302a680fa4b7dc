"""The pages that partners work with beside their claims, and help for everybody."""

from skola_finance_admin.pages.agreement import Agreement
from skola_finance_admin.pages.help import Help
from skola_finance_admin.pages.payments import Payments
from skola_finance_admin.pages.plans import Plans
from skola_finance_admin.pages.sub_projects import SubProjects
from skola_finance_admin.web.page import Page

PARTNER_PAGES: tuple[type[Page], ...] = (Plans, Payments, Agreement, SubProjects, Help)
