"""What a free text, a label or an act in words reveals, and how it speaks of it.

>>> from breachkit.classify.text import classify_text
>>> classify_text(["charge virale indétectable"]).select("category", "status").rows()
[('hiv', 'asserted')]
"""

from breachkit.classify.text.findings import classify_text, find
from breachkit.classify.text.opinion import second_opinion
from breachkit.classify.text.spans import qualify

__all__ = ["classify_text", "find", "qualify", "second_opinion"]
