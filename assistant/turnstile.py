"""Lets a few through at a time, in the order in which they came."""

from tools.turnstile import Turnstile

__all__ = ["Turnstile"]
