"""Expenditure claims: the list, the page of one, and everything done from it."""

from skola_finance_admin.pages.claims.editing import ClaimEditPage
from skola_finance_admin.pages.claims.evidence import ClaimEvidencePage
from skola_finance_admin.pages.claims.lines import ClaimLinesPage
from skola_finance_admin.pages.claims.listing import ClaimsListPage
from skola_finance_admin.pages.claims.story import (
    ClaimDecisionPage,
    ClaimHistoryPage,
    ClaimQuestionsPage,
)
from skola_finance_admin.pages.claims.submit import ClaimSubmitPage
from skola_finance_admin.pages.claims.workbook import ClaimUploadPage, ClaimWorkbookPage
from skola_finance_admin.web.page import Page

CLAIM_PAGES: tuple[type[Page], ...] = (
    ClaimsListPage,
    ClaimLinesPage,
    ClaimWorkbookPage,
    ClaimUploadPage,
    ClaimSubmitPage,
    ClaimEditPage,
    ClaimEvidencePage,
    ClaimQuestionsPage,
    ClaimHistoryPage,
    ClaimDecisionPage,
)

__all__ = ["CLAIM_PAGES"]
