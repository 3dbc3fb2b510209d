"""The columns of the wide table, one recipe each: what a row range shows, made only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.synth import credentials
from breachkit.synth.appellations import TITLES
from breachkit.synth.houses import CHILD, TWIN
from breachkit.synth.lists import (
    BLOCK,
    FIRST_DAY,
    blood_groups,
    counters,
    days,
    houses,
    invented,
    phones,
    short_list,
    streets,
    taken,
)
from breachkit.synth.naming import first_names, surnames
from breachkit.synth.plan import EPOCH, Plan
from breachkit.synth.register import Register, laboratory_list, place_list
from breachkit.synth.staff import entities, zones
from breachkit.synth.words import Flags, Ints, below, chance

Recipe = Callable[[Register], pl.Expr | pl.Series]
DAY0 = (FIRST_DAY - EPOCH).days
LAST = "ETAT_DOSSIER"


def where(at: Ints, flags: Flags) -> Ints:
    """A position, or -1 (null) where the flag is false."""
    return np.where(flags, at, -1)


def _number(r: Register) -> pl.Series:
    return pl.Series(r.lab * 10_000_000 + np.arange(r.start, r.stop) + 100_000_001).cast(pl.String)


def _spouse(r: Register) -> pl.Expr:
    named = (r.people.spouse_name >= 0) & chance(r.extra[0], r.rates["spouse_name"])
    return taken(surnames(), where(r.people.spouse_name, named))


def _twin(r: Register) -> pl.Expr:
    second = (r.people.role == TWIN).astype(np.int64)
    return taken(short_list("1", "2"), where(second, r.people.twin))


def _quality(r: Register) -> pl.Expr:
    child = (r.people.role == CHILD) | r.people.twin
    return taken(short_list("ASSURE", "ENFANT"), child.astype(np.int64))


def _nir(r: Register) -> pl.Series:
    missing = np.flatnonzero(~chance(r.extra[3], r.rates["nir"]))
    return r.nir.clone().scatter(missing, None) if len(missing) else r.nir


def _address(r: Register) -> pl.Expr:
    street, draw = streets()
    house = taken(houses(), where(1 + below(r.home[0], 110), r.addressed))
    return house + taken(street, draw.draw(r.home[1], r.home[2]))


def _address_line(r: Register) -> pl.Expr:
    lines, draw = invented("address_line")
    written = chance(r.home[5], r.rates["address_line"])
    return taken(lines, where(draw.draw(r.home[3], r.home[4]), written))


def _landline(r: Register) -> pl.Expr:
    number = zones(r.plan)[r.people.place] * BLOCK + below(r.home[6], BLOCK)
    return taken(phones(), where(number, chance(r.home[7], r.rates["landline"])))


def _mobile(r: Register) -> pl.Expr:
    number = 5 * BLOCK + below(r.phone[0], BLOCK)
    return taken(phones(), where(number, chance(r.phone[1], r.rates["mobile"])))


def _occupation(r: Register) -> pl.Expr:
    jobs, draw = invented("occupation")
    employed = chance(r.extra[7], r.rates["occupation"]) & (r.people.age >= 16)
    return taken(jobs, where(draw.draw(r.phone[2], r.phone[3]), employed))


def _blood_group(r: Register) -> pl.Expr:
    groups, draw = blood_groups()
    return taken(groups, where(draw.draw(r.care[6], r.care[7]), r.typed))


def _operator(r: Register) -> pl.Expr:
    operators, draw = invented("operator")
    return taken(operators, draw.draw(r.phone[6], r.phone[7]))


def _state(r: Register) -> pl.Expr:
    state = below(r.file[5], 40) // 38 * (1 + below(r.file[4], 2))
    return taken(short_list("A", "C", "S"), state)


def _prescriber(name: str) -> Recipe:
    return lambda r: taken(
        entities(r.plan, "prescriber")[name], where(r.doctor, chance(r.care[2], r.rates["prescriber"]))
    )


def _sampler(name: str) -> Recipe:
    return lambda r: taken(
        entities(r.plan, "sampler")[name],
        where(below(r.care[3], r.plan.profile.samplers), chance(r.care[4], r.rates["sampler"])),
    )


def _insurer(name: str) -> Recipe:
    def recipe(r: Register) -> pl.Expr:
        share = r.rates["insurer"] * (1 if name in ("ID", "NOM") else r.rates["insurer_address"])
        at = invented("insurer")[1].draw(r.phone[4], r.phone[5])
        return taken(entities(r.plan, "insurer")[name], where(at, chance(r.care[5], share)))

    return recipe


def _place(column: str, rate: str = "") -> Recipe:
    return lambda r: taken(
        place_list(r.plan, column),
        where(r.people.place, r.addressed)
        if not rate
        else where(r.people.birth_place, chance(r.extra[2], r.rates[rate])),
    )


def _padding(spare: int) -> Recipe:
    return lambda r: taken(
        short_list("X"), np.where(chance(r.file[spare % 8], 0.001), 0, -1).astype(np.int64)
    )


STAFF = ("NOM", "PRENOM", "ADRESSE", "CODE_POSTAL", "VILLE", "TEL")
RECIPES: dict[str, Recipe] = {
    "NUM_DOSSIER": _number,
    "CODE_LABO": lambda r: taken(laboratory_list(r.plan, "code"), r.lab),
    "NOM_LABO": lambda r: taken(laboratory_list(r.plan, "name"), r.lab),
    "TITRE": lambda r: taken(short_list(*TITLES[1:]), r.people.title - 1),
    "SEXE": lambda r: taken(short_list("M", "F"), r.people.woman.astype(np.int64)),
    "NOM_USUEL": lambda r: taken(surnames(), r.people.usual_name),
    "NOM_NAISSANCE": lambda r: taken(surnames(), r.people.birth_name),
    "NOM_CONJOINT": _spouse,
    "PRENOM": lambda r: taken(first_names(), r.people.first_name),
    "PRENOM_2": lambda r: taken(
        first_names(), where(r.people.second_name, chance(r.extra[1], r.rates["second_name"]))
    ),
    "DATE_NAISSANCE": lambda r: taken(days(), r.people.birth_day - DAY0),
    "COMMUNE_NAISSANCE": _place("name", "birth_place"),
    "RANG_GEMELLAIRE": _twin,
    "NIR": _nir,
    "QUALITE_BENEF": _quality,
    "ADRESSE": _address,
    "COMPLEMENT_ADRESSE": _address_line,
    "CODE_POSTAL": _place("postcode"),
    "VILLE": _place("name"),
    "PAYS": lambda r: taken(short_list("FRANCE"), np.where(chance(r.extra[5], 0.9), 0, -1)),
    "TEL_FIXE": _landline,
    "TEL_MOBILE": _mobile,
    "EMAIL": lambda r: credentials.emails(r.plan, r.people, r.credentials),
    "IDENTIFIANT_SR": lambda r: credentials.logins(r.plan, r.people, r.credentials),
    "MOT_DE_PASSE": lambda r: credentials.passwords(r.plan, r.people, r.credentials),
    "DATE_CREATION": lambda r: taken(days(), r.dates[1] - DAY0),
    "DATE_DERNIERE_VISITE": lambda r: taken(days(), r.dates[0] - DAY0),
    "NB_VISITES": lambda r: taken(counters(64), 1 + below(r.file[6], 12) * below(r.file[7], 5) // 4),
    "GROUPE_SANGUIN": _blood_group,
    "PROFESSION": _occupation,
    **{f"MEDECIN_{name}": _prescriber(name) for name in (*STAFF, "CODE", "RPPS", "SPECIALITE", "EMAIL")},
    **{f"PRELEVEUR_{name}": _sampler(name) for name in (*STAFF, "CODE")},
    "ID_TIERS_PAYANT": _insurer("ID"),
    **{f"TIERS_PAYANT_{name}": _insurer(name) for name in ("NOM", "ADRESSE", "CODE_POSTAL", "VILLE", "TEL")},
    "COMMENTAIRE_P": lambda r: r.comments["P"].text,
    "COMMENTAIRE_D": lambda r: r.comments["D"].text,
    "UTILISATEUR_SAISIE": _operator,
    LAST: _state,
}


def frame(r: Register, columns: tuple[str, ...]) -> pl.DataFrame:
    """These columns of the register, all made in one go."""
    made = recipes(r.plan)
    cells = [made[name](r) for name in columns]
    return pl.select(
        (pl.lit(cell) if isinstance(cell, pl.Series) else cell).alias(name)
        for name, cell in zip(columns, cells, strict=True)
    )


def recipes(plan: Plan) -> dict[str, Recipe]:
    """Every column of a profile's wide table, in order."""
    padding = {f"ZONE_{spare + 1:03d}": _padding(spare) for spare in range(plan.profile.padding)}
    return {name: recipe for name, recipe in RECIPES.items() if name != LAST} | padding | {LAST: _state}


def chosen(plan: Plan, columns: Iterable[str] | None) -> tuple[str, ...]:
    """The columns asked for, in the table's order; all of them for None.

    Raises
    ------
    BreachkitError
        If one is unknown, or none is asked for.
    """
    known = recipes(plan)
    if columns is None:
        return tuple(known)
    asked = {columns} if isinstance(columns, str) else set(columns)
    for name in asked:
        if name not in known:
            raise BreachkitError.unknown("column", name, known)
    if not asked:
        raise BreachkitError("columns is empty.", hint="Name at least one column, or leave it out.")
    return tuple(name for name in known if name in asked)
