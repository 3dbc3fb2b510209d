# %% [markdown] tags=["fr"]
"""
# 8. Pour les chercheurs

*Lecture : 10 à 20 minutes, figures, tableaux et exercices compris ; le texte seul, 5 minutes. Exécution : moins de 30 secondes.*

Vous avez un classifieur, une attaque, une méthode d’anonymisation, et vous voulez savoir ce qu’ils valent sur un fichier de santé français. Les vrais fichiers sont inaccessibles, ou vous ne devriez pas les avoir. Les faux n’ont pas de vérité. Ici, la vérité est **livrée avec** le fichier : chaque personne, chaque fait, chaque dégât.
"""

# %% [markdown] tags=["en"]
"""
# 8. For researchers

*Reading: 10 to 20 minutes with figures, tables and exercises; the text alone, 5 minutes. Running: under 30 seconds.*

You have a classifier, an attack, a way to anonymise, and want to know what they are worth on a French health file. Real files are out of reach, or you should not have them. Fake ones have no truth. Here the truth **comes with** the file: every person, every fact, every damage.
"""

# %% tags=["parameters"]
SIZE = 20_000
SEED = 2021

# %% tags=["setup"]
import polars as pl

import breachkit as bk
from breachkit.teaching import exercise, sheet

pl.Config(tbl_rows=20, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, float_precision=3)
leak = bk.synthesize("leak-2021", patients=SIZE, seed=SEED)

# %% [markdown] tags=["fr"]
"""
## Profils

Un profil est un fichier YAML dont **chaque taux** porte sa source et sa note (A compté, B officiel, C hypothèse). Copiez-en un, changez ce que vous voulez, donnez son chemin à `synthesize`.
"""

# %% [markdown] tags=["en"]
"""
## Profiles

A profile is a YAML file in which **every rate** carries its source and grade (A counted, B official, C assumption). Copy one, change what you like, give its path to `synthesize`.
"""

# %%
from breachkit import synth

synth.profiles()

# %% [markdown] tags=["fr"]
"""
## Graines et tranches

Chaque valeur est une fonction pure de (graine, profil, colonne, ligne). On peut donc fabriquer la tranche 100–110 d’un fichier **sans** les cent premières lignes, sur une autre machine, dans un autre ordre : ce sont les mêmes lignes. Une expérience se cite en trois mots : profil, taille, graine (et la version de breachkit).
"""

# %% [markdown] tags=["en"]
"""
## Seeds and slices

Every value is a pure function of (seed, profile, column, row). So one can make the slice 100–110 of a file **without** its first hundred rows, on another machine, in another order: they are the same rows. An experiment is cited in three words: profile, size, seed (and the version of breachkit).
"""

# %%
part = bk.synthesize("leak-2021", patients=SIZE, seed=SEED, start=100, stop=110)
whole = leak.tables["patients"].slice(100, 10).collect()
whole.equals(part.tables["patients"].collect())

# %% [markdown] tags=["fr"]
"""
## Les quatre tables de vérité
"""

# %% [markdown] tags=["en"]
"""
## The four tables of truth
"""

# %%
tables = {name: getattr(leak.truth, name) for name in ("people", "households", "facts", "damage")}
rows = {name: frame.select(pl.len()).collect().item() for name, frame in tables.items()}
columns = {name: ", ".join(frame.collect_schema().names()) for name, frame in tables.items()}
sheet(pl.DataFrame({"table": list(rows), "rows": list(rows.values()), "columns": list(columns.values())}))

# %% [markdown] tags=["fr"]
"""
`facts.start` et `facts.end` sont comptés en points de code dans la cellule : on peut évaluer au mot près. `facts.half` sépare les phrases **dev**, qui ont servi à écrire le lexique, des phrases **holdout**, que personne n’a regardées en l’écrivant. Ne publiez que des chiffres holdout.

## Mesurer un classifieur

Le vôtre est, disons, une liste de mots : cinq lignes. La règle du jeu : trouver, dans les commentaires, les lignes qui parlent du **diabète**, toutes façons d’en parler confondues.
"""

# %% [markdown] tags=["en"]
"""
`facts.start` and `facts.end` are counted in code points inside the cell: one can evaluate to the word. `facts.half` parts **dev** phrases, which served to write the lexicon, from **holdout** phrases, which nobody looked at while writing it. Publish holdout figures only.

## Measuring a classifier

Yours is, say, a list of words: five lines. The rule of the game: find, in the comments, the rows that speak of **diabetes**, in whatever way.
"""

# %%
both = pl.concat_str("COMMENTAIRE_P", "COMMENTAIRE_D", separator=" ", ignore_nulls=True).str.to_lowercase()


def keywords(words):
    """Rows whose comments hold one of the words."""
    found = leak.tables["patients"].filter(both.str.contains(words))
    return set(found.select("_row").collect()["_row"])


mine = keywords("diab|insuline")

# %%
records = bk.label(leak, bk.classify(leak))
in_text = records.findings.filter(category="diabetes", source="text")
ours = set(in_text.select("record_id").collect()["record_id"])

comments = leak.truth.facts.filter(pl.col("column").str.starts_with("COMMENTAIRE"), category="diabetes")
truth = set(comments.select("row").collect()["row"])
unseen = set(comments.filter(half="holdout").select("row").collect()["row"])

# %%
from scipy.stats import binomtest

from breachkit.locale import integer, language, percent


def share(hits, total):
    """A share with its 95 % Wilson interval, and n."""
    span = binomtest(hits, max(total, 1)).proportion_ci(method="wilson")
    point, low, high = (percent(x, language()) for x in (hits / max(total, 1), span.low, span.high))
    return f"{point} ({low} – {high}), n = {integer(total, language())}"


candidates = {"keywords": mine, "breachkit": ours}
figures = pl.DataFrame(
    [
        {
            "classifier": name,
            "recall_all": share(len(found & truth), len(truth)),
            "recall_holdout": share(len(found & unseen), len(unseen)),
            "precision": share(len(found & truth), len(found)),
        }
        for name, found in candidates.items()
    ]
)
sheet(figures)

# %% [markdown] tags=["fr"]
"""
Les mots manquent ce que les soignants abrègent (« DNID », « DT2 ») ou ne disent que par un médicament ; essayez `"cancer|tumeur"` sur la catégorie `cancer`, où l’on écrit plutôt « k sein » ou « sous Glivec ».

Lisez d’abord **n**. Les commentaires sont rares, comme dans le vrai fichier : à 20 000 patients, l’intervalle sépare ces deux classifieurs-là, pas deux bons classifieurs. C’est un résultat, pas un défaut : montez `SIZE` jusqu’à ce que l’intervalle réponde à votre question.

Et le statut ? Trouver le mot ne suffit pas. Croisons le statut vrai et le statut trouvé, pour toutes les catégories :
"""

# %% [markdown] tags=["en"]
"""
Words miss what carers abbreviate (“DNID”, “DT2”) or tell only by a medicine; try `"cancer|tumeur"` on the category `cancer`, where one rather writes “k sein” (breast) or “sous Glivec” (a cancer drug).

Read **n** first. Comments are sparse, as in the real file: at 20,000 patients the interval parts these two classifiers, not two good ones. That is a result, not a defect: raise `SIZE` until the interval answers your question.

And the status? Finding the word is not enough. Let us cross the true status with the one found, for all categories:
"""

# %%
true = leak.truth.facts.filter(pl.col("half").is_not_null()).select("row", "category", "status")
seen = records.findings.filter(source="text").select("record_id", "category", found="status").unique()
joined = true.join(
    seen, left_on=["row", "category"], right_on=["record_id", "category"], how="left"
).collect()
joined = joined.with_columns(pl.col("found").fill_null("(missed)"))
crossed = joined.pivot("found", index="status", values="row", aggregate_function="len")
sheet(crossed.fill_null(0).sort("status"))

# %% [markdown] tags=["fr"]
"""
## Mesurer une attaque

Un attaquant tient un registre (sexe, date de naissance, code postal) des personnes du fichier et le confronte à un double **abîmé**. Il ne parie que si une seule fiche correspond. Combien de paris, combien de gagnés ?
"""

# %% [markdown] tags=["en"]
"""
## Measuring an attack

An attacker holds a register (sex, birth date, postcode) of the people in the file and sets it against a **damaged** double. They bet only where a single entry fits. How many bets, how many won?
"""

# %%
hurt = bk.synthesize("leak-2021", patients=SIZE, seed=SEED, damage="heavy")
target = (
    bk.label(hurt, bk.classify(hurt)).frame.select("row", "qi_sex", "qi_birth_date", "qi_postcode").collect()
)
knows = ["sex", "birth_date", "postcode"]
people = hurt.truth.people.select("row", "person_id", *knows).collect()
owner = dict(people.select("row", "person_id").iter_rows())

# %%
register = people.unique("person_id", maintain_order=True)
quasi = ["qi_sex", "qi_birth_date", "qi_postcode"]
alone = pl.len().over(quasi) == 1
bets = register.join(target.filter(alone), left_on=knows, right_on=quasi, suffix="_guess")
won = sum(owner[row] == person for row, person in bets.select("row_guess", "person_id").iter_rows())
sheet(pl.DataFrame({"bets": [share(bets.height, register.height)], "won": [share(won, bets.height)]}))

# %% [markdown] tags=["fr"]
"""
Un pari perdu n’est pas un échec pour la victime : quelqu’un a été pris **pour un autre**. Dites toujours trois nombres : la part attaquée, la part gagnée, et ce qu’aurait gagné le hasard (ici, une chance sur la taille du fichier). Comparer au hasard et à une population témoin est ce que recommande la littérature sur l’évaluation de l’anonymisation (Giomi et al., *Anonymeter*, 2023).

## Ce que ce double ne sait pas faire

- Les liens entre **diagnostics et âge** y sont grossiers : n’y entraînez pas un modèle médical.
- Les fréquences des noms sont **interpolées** entre des points publiés (note C).
- Le nombre de commentaires est une hypothèse.
- Les phrases viennent d’un recueil écrit à la main : leur variété est inférieure à celle du réel. Une qualité mesurée ici est donc une **borne haute**.

Écrivez-le dans vos articles ; nous l’écrivons dans les nôtres.

## Exercices

**1.** Combien de faits ont été écrits avec des phrases *holdout* ?
"""

# %% [markdown] tags=["en"]
"""
A lost bet is no failure for the victim: somebody was taken **for another**. Always give three numbers: the share attacked, the share won, and what chance would have won (here, one in the size of the file). Comparing with chance and with a control population is what the literature on evaluating anonymisation recommends (Giomi et al., *Anonymeter*, 2023).

## What this double cannot do

- The links between **diagnoses and age** are coarse: do not train a medical model on it.
- Frequencies of names are **interpolated** between published points (grade C).
- The number of comments is an assumption.
- The phrases come from a hand-written book: they vary less than real ones. A quality measured here is therefore an **upper bound**.

Write it in your papers; we write it in ours.

## Exercises

**1.** How many facts were written with *holdout* phrases?
"""

# %% tags=["exercise"]
answer_1 = None

# %% tags=["solution"]
answer_1 = leak.truth.facts.filter(half="holdout").collect().height

# %% tags=["check"]
exercise("holdout_facts", leak).check(answer_1)

# %% [markdown] tags=["fr"]
"""
**2.** Dans les deux colonnes de commentaires, quelle part des faits (0 à 1) est **affirmée** ? Le reste est l’erreur que commet une liste de mots qui ignore le contexte.
"""

# %% [markdown] tags=["en"]
"""
**2.** In the two comment columns, which share of the facts (0 to 1) is **asserted**? The rest is the error of a word list that ignores context.
"""

# %% tags=["exercise"]
answer_2 = None

# %% tags=["solution"]
in_comments = leak.truth.facts.filter(pl.col("column").str.starts_with("COMMENTAIRE")).collect()
answer_2 = (in_comments["status"] == "asserted").mean()

# %% tags=["check"]
exercise("asserted_share", leak).check(answer_2)

# %% [markdown] tags=["fr"]
"""
**Retour :** [l’index des carnets](../index.ipynb)
"""

# %% [markdown] tags=["en"]
"""
**Back:** [the index of the notebooks](../index.ipynb)
"""
