"""Exercises whose answer key is computed from the generator's truth, for any seed."""

from breachkit.teaching.answers import exercises
from breachkit.teaching.exercise import Exercise, Feedback, exercise

__all__ = ["Exercise", "Feedback", "exercise", "exercises"]
