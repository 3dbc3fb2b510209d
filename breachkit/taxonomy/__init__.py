"""What personal data is: attributes, sensitive categories, contexts, statuses, subjects, and code tables.

Everything here is a row of a CSV file; see ``docs/adding-a-category.md``.

>>> from breachkit import taxonomy
>>> taxonomy.label("hiv", "fr")
'VIH'
>>> [(c.category, c.status) for c in taxonomy.code_category("nabm", "388")]
[('hiv', 'tested')]
"""

from breachkit.taxonomy.codes import SYSTEMS, CodeCategory, categorise, code_category, code_table
from breachkit.taxonomy.tables import (
    STATUS_LEVEL,
    attribute_ids,
    attributes,
    categories,
    category_ids,
    column_label,
    context_ids,
    contexts,
    label,
    statuses,
    strengths,
    subjects,
)

__all__ = [
    "STATUS_LEVEL",
    "SYSTEMS",
    "CodeCategory",
    "attribute_ids",
    "attributes",
    "categories",
    "categorise",
    "category_ids",
    "code_category",
    "code_table",
    "column_label",
    "context_ids",
    "contexts",
    "label",
    "statuses",
    "strengths",
    "subjects",
]
