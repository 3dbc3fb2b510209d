"""Exercises whose key is computed from the truth, for any seed; small tables in the reader's language."""

from breachkit.teaching.answers import exercises
from breachkit.teaching.bar import bar
from breachkit.teaching.exercise import Exercise, Feedback, exercise
from breachkit.teaching.sheet import Sheet, sheet

__all__ = ["Exercise", "Feedback", "Sheet", "bar", "exercise", "exercises", "sheet"]
