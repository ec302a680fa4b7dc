"""Running a programme: opening it, its settings, and the money for partners."""
