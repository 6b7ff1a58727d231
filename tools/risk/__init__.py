"""Guided supply chain risk reviews: checklist, answers, exposure in numbers, stress tests, register and report."""
