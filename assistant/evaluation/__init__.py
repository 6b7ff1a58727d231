"""Scores search, answers and refusals on question sets, and sets the weights on their tuning half."""
