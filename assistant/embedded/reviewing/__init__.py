"""Guided risk reviews without a language model: what a message means for one, and what is said back."""
