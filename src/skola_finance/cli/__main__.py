"""Run the command with `python -m skola_finance.cli`."""

from skola_finance.cli import main

main()
