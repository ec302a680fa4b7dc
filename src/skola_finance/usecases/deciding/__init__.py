"""Deciding: approvals, what they post, and what a raised allocation brings back."""
