"""A commented YAML file to fill in, in French or in English, written from the table of fields."""

from __future__ import annotations

from textwrap import wrap

from breachkit.circumstances.vocabulary import choices, fields, label
from breachkit.locale import Language, language, say

EXAMPLES = {
    "text": "…",
    "date": "2021-02-23",
    "moment": "2021-02-23T16:15+01:00",
    "flag": "true",
    "number": "3",
    "names": "[…]",
}


def template(lang: str | None = None) -> str:
    """Write an empty circumstances file: every field, its meaning, its choices, all commented out.

    Examples
    --------
    >>> from breachkit.circumstances import load
    >>> import yaml
    >>> load(yaml.safe_load(template("fr"))).given()
    {}
    """
    spoken = language(lang)
    lines = [f"# {line}" for line in wrap(say("circumstances", "template_head", spoken), 100)]
    group = ""
    for row in fields().iter_rows(named=True):
        if row["group"] != group:
            group = row["group"]
            lines += ["", f"# ===== {say('circumstances', f'group_{group}', spoken)} ====="]
        lines += ["", *_entry(row, spoken)]
    return "\n".join(lines) + "\n"


def _entry(row: dict[str, str], lang: Language) -> list[str]:
    name, kind = row["field"], row["type"]
    text = " ".join(part for part in (f"{row[lang]}.", row[f"help_{lang}"], f"[{row['source']}]") if part)
    lines = [f"# {line}" for line in wrap(text, 100)]
    words = choices(name)
    if words:
        lines.append(f"# {say('circumstances', 'several_of' if kind == 'list' else 'one_of', lang)}:")
        lines += [f"#   - {word}: {label(name, lang, word)}" for word in words]
    if kind == "money":
        return [*lines, f"# {name}:", "#   entity: 16300000"]
    # Quoted, since YAML 1.1 reads a bare `no` as false.
    example = f'"{words[0]}"' if words else EXAMPLES[kind]
    return [*lines, f"# {name}: {f'[{example}]' if kind == 'list' else example}"]
