"""Migrations: the database from empty to what this release needs, and back."""
