"""Quizzes from the notes and the metrics, with spaced repetition and progress."""

from assistant.learning.models import Quiz, QuizError, QuizNotFoundError
from assistant.learning.quizzes import Quizzes

__all__ = ["Quiz", "QuizError", "QuizNotFoundError", "Quizzes"]
