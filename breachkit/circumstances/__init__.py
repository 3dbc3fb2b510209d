"""What the data cannot say: dates, cause, recipients, encryption, turnover, as validated YAML.

Nothing is guessed: a field that is not given is `None`, and the stations that need it say so.
"""

from breachkit.circumstances.circumstances import Circumstances
from breachkit.circumstances.loading import load, shipped
from breachkit.circumstances.template import template
from breachkit.circumstances.vocabulary import choices, fields

__all__ = ["Circumstances", "choices", "fields", "load", "shipped", "template"]
