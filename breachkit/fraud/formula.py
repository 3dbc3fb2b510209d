"""What a fraud needs, as a formula: ``name & dob & (address | nir)``.

The grammar has names, ``&``, ``|`` and parentheses. There is no negation: more data leaked can only make
a fraud easier.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from breachkit.errors import BreachkitError

Truth = npt.NDArray[np.bool_]
_TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|[&|()])")


@dataclasses.dataclass(frozen=True)
class Formula:
    """A leaf (``name``), or parts joined by ``&`` or ``|``."""

    join: str
    name: str = ""
    parts: tuple[Formula, ...] = ()

    def names(self) -> frozenset[str]:
        """Names that the formula looks at."""
        if self.join == "name":
            return frozenset({self.name})
        return frozenset().union(*(part.names() for part in self.parts))

    def evaluate(self, truth: Mapping[str, Truth]) -> Truth:
        """Give the formula's truth, element by element, from the truth of its names."""
        if self.join == "name":
            return truth[self.name]
        values = [part.evaluate(truth) for part in self.parts]
        joined = (np.logical_and if self.join == "&" else np.logical_or).reduce(values)
        return np.asarray(joined, dtype=bool)

    def expand(self, aliases: Mapping[str, Formula]) -> Formula:
        """Replace each alias by what it stands for."""
        if self.join == "name":
            return aliases.get(self.name, self)
        return dataclasses.replace(self, parts=tuple(part.expand(aliases) for part in self.parts))


def parse(text: object, where: str = "formula") -> Formula:
    """Read a formula; ``where`` names file, row and field in the error.

    Raises
    ------
    BreachkitError
        If the text does not follow the grammar.

    Examples
    --------
    >>> sorted(parse("name & (address | nir)").names())
    ['address', 'name', 'nir']
    >>> parse("name & & nir")
    Traceback (most recent call last):
    ...
    breachkit.errors.BreachkitError: formula: '&' is not expected at place 3 of the formula. Use ...
    """
    if not isinstance(text, str) or len(text) > 2000:
        raise BreachkitError(f"{where}: a formula is text of at most 2,000 characters.", hint=_HINT)
    tokens: list[str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise BreachkitError(f"{where}: character {at + 1} cannot stand in a formula.", hint=_HINT)
        tokens.append(match.group(1))
        at = match.end()
    if tokens.count("(") > 50:
        raise BreachkitError(f"{where}: more than 50 parentheses.", hint=_HINT)
    reader = _Reader(tokens, where)
    formula = reader.either()
    if reader.at < len(tokens):
        raise reader.unexpected()
    return formula


_HINT = "Use names, &, | and parentheses, for example: name & birth_date & (address | nir)."


class _Reader:
    def __init__(self, tokens: list[str], where: str) -> None:
        self.tokens, self.where, self.at = tokens, where, 0

    def unexpected(self) -> BreachkitError:
        """Name the token that does not fit and its place."""
        if self.at >= len(self.tokens):
            return BreachkitError(f"{self.where}: the formula ends too early.", hint=_HINT)
        token = self.tokens[self.at]
        place = f"at place {self.at + 1} of the formula"
        return BreachkitError(f"{self.where}: {token!r} is not expected {place}.", hint=_HINT)

    def take(self, token: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at] == token
        self.at += found
        return found

    def either(self) -> Formula:
        parts = [self.both()]
        while self.take("|"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Formula("|", parts=tuple(parts))

    def both(self) -> Formula:
        parts = [self.one()]
        while self.take("&"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else Formula("&", parts=tuple(parts))

    def one(self) -> Formula:
        """Read a name or a parenthesis."""
        if self.take("("):
            inner = self.either()
            if not self.take(")"):
                raise self.unexpected()
            return inner
        if self.at >= len(self.tokens) or self.tokens[self.at] in "&|()":
            raise self.unexpected()
        self.at += 1
        return Formula("name", self.tokens[self.at - 1])
