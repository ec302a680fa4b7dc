"""Partners: registering them, agreements, succession, bank accounts, plans and sub-projects."""
