# %% [markdown] tags=["fr"]
"""
# 3. Qui peut être retrouvé

*Lecture : 10 à 20 minutes, figures, tableaux et exercices compris ; le texte seul, 5 minutes. Exécution : moins de 30 secondes.*

« Nous avons retiré les noms, le fichier est anonyme. » C’est la phrase la plus coûteuse de la protection des données. Ce carnet mesure ce qu’elle vaut : combien de gens restent reconnaissables, **par qui**, et ce qui change quand on retire une colonne.

Première règle : **compter des personnes, pas des lignes**. `consolidate` réunit les lignes d’une même personne, avec la règle qui l’a décidé et la confiance qu’elle mérite.
"""

# %% [markdown] tags=["en"]
"""
# 3. Who can be found

*Reading: 10 to 20 minutes with figures, tables and exercises; the text alone, 5 minutes. Running: under 30 seconds.*

“We removed the names, so the file is anonymous.” It is the most expensive sentence of data protection. This notebook measures what it is worth: how many people stay recognisable, **by whom**, and what changes when a column goes.

First rule: **count people, not rows**. `consolidate` brings together the rows of one person, with the rule that decided it and the confidence it deserves.
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

# %%
records = bk.label(leak, bk.classify(leak))
people = bk.consolidate(records)
people

# %% [markdown] tags=["fr"]
"""
Lisez les notes du bas : des gens partagent un numéro de sécurité sociale sans être réunis. Ce sont surtout des enfants inscrits sous le numéro d’un parent. L’outil préfère laisser deux fiches séparées, et le dire, plutôt que de fondre deux vies en une.

## L’idée : des sosies

Prenez quelques renseignements qu’un tiers peut connaître sans le fichier : le sexe, la date de naissance, le code postal. On les appelle des **quasi-identifiants**. Toutes les personnes qui ont les mêmes forment une classe ; ses membres sont des **sosies**. Le plus petit effectif de classe est le **k** de la k-anonymité. Qui n’a pas de sosie est **unique** : le connaître suffit pour lire sa ligne.
"""

# %% [markdown] tags=["en"]
"""
Read the notes at the bottom: people share a social security number without being merged. They are mostly children listed under a parent's number. The tool would rather leave two files apart, and say so, than melt two lives into one.

## The idea: look-alikes

Take a few things that a third party can know without the file: sex, birth date, postcode. They are called **quasi-identifiers**. All people with the same ones form a class; its members are **look-alikes**. The smallest class size is the **k** of k-anonymity. Whoever has no look-alike is **unique**: knowing them is enough to read their row.
"""

# %%
from breachkit.exposure import measure

frame = people.frame.with_columns(birth_year=pl.col("qi_birth_date").dt.year())
full = measure(frame, ["qi_sex", "qi_birth_date", "qi_postcode"], person="person_id")
full

# %%
year_only = measure(frame, ["qi_sex", "birth_year", "qi_postcode"], person="person_id")
department = measure(frame, ["qi_sex", "birth_year", "qi_department"], person="person_id")
steps = {
    "birth date + postcode": full,
    "birth year + postcode": year_only,
    "birth year + department": department,
}
sheet(pl.DataFrame([{"known": name, "k": one.k, "unique": one.uniqueness} for name, one in steps.items()]))

# %% [markdown] tags=["fr"]
"""
Chaque ligne du tableau **généralise** davantage : on dit moins. C’est le levier de qui publie des données. Mais ici personne n’a publié : on a volé. La question n’est donc pas « que fallait-il flouter ? », elle est « qui, dehors, sait déjà assez de choses ? ».

Attention à la taille : dans un fichier de 20 000 personnes, on est plus seul que dans un fichier de 491 840. Et l’on peut être seul dans le fichier sans l’être dans la commune. C’est la différence entre le risque du **procureur** (il sait que la personne est dans le fichier) et celui du **journaliste** (il ne le sait pas).

## Ce que change le retrait d’une colonne
"""

# %% [markdown] tags=["en"]
"""
Each row of the table **generalises** further: less is said. It is the lever of those who publish data. But here nobody published: somebody stole. So the question is not “what should have been blurred?”, it is “who, out there, already knows enough?”.

Mind the size: in a file of 20,000 people one is more alone than in one of 491,840. And one can be alone in the file without being alone in the town. That is the difference between the **prosecutor** risk (who knows that the person is in the file) and the **journalist** risk (who does not).

## What removing a column changes
"""

# %%
exposure = bk.expose(people)
exposure.plot("removal")

# %% [markdown] tags=["fr"]
"""
La figure part de quatre renseignements (sexe, date de naissance, code postal, prénom) et les retire l’un après l’autre, le plus utile d’abord. Entre parenthèses, ce qui reste quand on ne retire que celui-là. Une seule colonne compte à elle seule : **la date de naissance**, et l’ôter laisse encore seuls la plupart des gens. Les autres se suppléent : sans le code postal, le prénom fait le travail. C’est pourquoi l’anonymisation « colonne par colonne » échoue si souvent : il faut en retirer deux pour que le nombre s’effondre.

## Des adversaires, pas « le risque »

Le risque n’existe pas en soi ; il existe **pour quelqu’un**. Un voisin sait le prénom et l’âge à peu près. Un employeur a la fiche de paie. Un fraudeur tient d’anciennes fuites. Chacun est une ligne de table, avec ce qu’il sait et d’où vient cette hypothèse :
"""

# %% [markdown] tags=["en"]
"""
The figure starts from four things (sex, birth date, postcode, first name) and removes them one after the other, the most useful first. In brackets, what is left when that one alone goes. Only one column counts by itself: **the birth date**, and taking it away still leaves most people alone. The others stand in for each other: without the postcode the first name does the work. That is why anonymising “column by column” fails so often: two must go before the number collapses.

## Adversaries, not “the risk”

Risk does not exist in itself; it exists **for somebody**. A neighbour knows the first name and the age roughly. An employer has the payslip. A fraudster holds earlier leaks. Each is a row of a table, with what it knows and where that assumption comes from:
"""

# %%
exposure

# %%
exposure.plot("look_alikes")

# %% [markdown] tags=["fr"]
"""
Une courbe déjà haute à gauche est un adversaire redoutable. Une personne est dite **retrouvable** quand au plus deux fiches lui correspondent : deviner tombe alors juste une fois sur deux au moins.

Reste à savoir ce que l’adversaire **apprend**. Retrouver quelqu’un dont le fichier ne dit que l’adresse est une gêne ; retrouver quelqu’un dont il dit la séropositivité est un malheur :
"""

# %% [markdown] tags=["en"]
"""
A curve already high on the left is a fearsome adversary. A person is called **findable** when at most two entries fit: a guess is then right at least one time in two.

It remains to know what the adversary **learns**. Finding someone of whom the file says only the address is a nuisance; finding someone of whom it says that they live with HIV is a misfortune:
"""

# %%
exposure.plot("matrix")

# %% [markdown] tags=["fr"]
"""
Et si le voleur avait retiré les noms, numéros, adresses et téléphones ? Comparez, pour chaque adversaire, le nombre de personnes retrouvables avec les noms (`direct` vrai) et sans (`direct` faux) :
"""

# %% [markdown] tags=["en"]
"""
And if the thief had removed names, numbers, addresses and telephones? Compare, for each adversary, the number of people findable with the names (`direct` true) and without (`direct` false):
"""

# %%
anyone = exposure.matrix.filter(category="anyone").select("adversary", "direct", "findable")
names = {"true": "with names", "false": "without"}
sheet(anyone.pivot("direct", index="adversary", values="findable").rename(names))

# %% [markdown] tags=["fr"]
"""
Le zéro du fraudeur et du bailleur n’est pas une absolution : privés de noms et de téléphones, ils ne peuvent plus comparer grand-chose *par ce chemin-là*. Pour la plupart des autres, retirer les noms ne change presque rien ; le voisin et l’assureur y perdent une partie des gens. Les trois critères du groupe de l’article 29 (avis 05/2014), individualisation, corrélation, inférence, disent la même chose au bas de la carte ci-dessus.

## Exercices

La clé est calculée sur la **vérité** (`leak.truth.people`), où rien n’est mal lu.

**1.** Quelle part des personnes (0 à 1) est seule par sexe, date de naissance et code postal ?
"""

# %% [markdown] tags=["en"]
"""
The zero of the fraudster and the landlord is no absolution: without names and telephones they have little left to compare *by this road*. For most of the others, removing names changes next to nothing; the neighbour and the insurer lose part of the people. The three criteria of the article 29 working party (opinion 05/2014), singling out, linking, inferring, say the same at the foot of the card above.

## Exercises

The key is computed on the **truth** (`leak.truth.people`), where nothing is misread.

**1.** Which share of the people (0 to 1) is alone by sex, birth date and postcode?
"""

# %% tags=["exercise"]
answer_1 = None

# %% tags=["solution"]
sizes = leak.truth.people.group_by("sex", "birth_date", "postcode").len().collect()
answer_1 = (sizes["len"] == 1).sum() / SIZE

# %% tags=["check"]
exercise("unique_postcode", leak).check(answer_1)

# %% [markdown] tags=["fr"]
"""
**2.** Et seule par son nom usuel et son prénom ?
"""

# %% [markdown] tags=["en"]
"""
**2.** And alone by usual name and first name?
"""

# %% tags=["exercise"]
answer_2 = None

# %% tags=["solution"]
sizes = leak.truth.people.group_by("usual_name", "first_name").len().collect()
answer_2 = (sizes["len"] == 1).sum() / SIZE

# %% tags=["check"]
exercise("unique_names", leak).check(answer_2)

# %% [markdown] tags=["fr"]
"""
**3.** On ne garde que le sexe, l’année de naissance et le laboratoire. Quelle part des personnes appartient encore à une classe de moins de cinq ?
"""

# %% [markdown] tags=["en"]
"""
**3.** Only sex, birth year and laboratory are kept. Which share of the people still belongs to a class of fewer than five?
"""

# %% tags=["exercise"]
answer_3 = None

# %% tags=["solution"]
born = pl.col("birth_date").dt.year().alias("year")
sizes = leak.truth.people.group_by("sex", born, "laboratory").len().collect()
answer_3 = sizes.filter(pl.col("len") < 5)["len"].sum() / SIZE

# %% tags=["check"]
exercise("below_five", leak).check(answer_3)

# %% [markdown] tags=["fr"]
"""
**Suite :** [4. Ce qu’on peut en faire](04-what-can-be-done-with-it.ipynb)
"""

# %% [markdown] tags=["en"]
"""
**Next:** [4. What can be done with it](04-what-can-be-done-with-it.ipynb)
"""
