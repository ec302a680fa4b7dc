"""What a finding is called where no rule has its code."""

from __future__ import annotations

from skola_finance.usecases.reports.lines_behind import title_of_code


def test_what_cannot_be_read_is_called_so_and_not_by_its_code() -> None:
    """Proves that a page which shows title and code does not show the code twice."""
    assert title_of_code("WBK-431").lv == "Ieraksts nav nolasāms"
    assert title_of_code("WBK-431").en == "What was typed cannot be read"


def test_a_code_that_nobody_knows_is_its_own_title() -> None:
    """Proves that nothing is invented about a code of another rulebook."""
    assert title_of_code("ELG-999").lv == "ELG-999"
