"""Keeps reviews on SQLite or PostgreSQL: what was acknowledged is on disk, and nothing is overwritten unseen."""

from tools.risk.store.base import NOBODY, Actor
from tools.risk.store.errors import ConflictError, ReviewNotFoundError, StoreError
from tools.risk.store.reviews import Reviews
from tools.risk.store.summary import Summary

__all__ = ["NOBODY", "Actor", "ConflictError", "ReviewNotFoundError", "Reviews", "StoreError", "Summary"]
