# %% [markdown] tags=["fr"]
"""
# 7. Votre propre fichier

*Lecture : 10 à 20 minutes, figures, tableaux et exercices compris ; le texte seul, 5 minutes. Exécution : moins de 30 secondes.*

Un vendredi soir, on vous remet un fichier. Personne ne sait d’où il vient, l’encodage est faux, des lignes sont cassées, il n’y a pas de notice. Lundi, il faudra une réponse qui tienne devant une autorité. Ce carnet parcourt le chemin de l’auditeur, du fichier au rapport.

**Avant de commencer.**

- Avez-vous une **base légale** pour détenir ce fichier ? Un mandat du responsable de traitement, par écrit. Télécharger une fuite par curiosité n’en est pas une.
- Travaillez sur une machine chiffrée, hors ligne. breachkit n’ouvre aucune connexion et n’affiche aucune valeur ; votre tableur n’a pas ces scrupules.
- Notez l’empreinte du fichier dès le premier jour : elle prouvera que vous avez bien analysé *celui-là*.

Ici, le fichier inconnu est fabriqué pour l’exercice, abîmé exprès : ancien encodage Windows, accents perdus, dates retournées, zéros de tête mangés par un tableur, lignes en double. Pour le vôtre, une seule ligne change : le chemin.
"""

# %% [markdown] tags=["en"]
"""
# 7. Your own file

*Reading: 10 to 20 minutes with figures, tables and exercises; the text alone, 5 minutes. Running: under 30 seconds.*

On a Friday evening you are handed a file. Nobody knows where it comes from, the encoding is wrong, lines are broken, there is no manual. On Monday there must be an answer that stands before an authority. This notebook walks the auditor's way, from file to report.

**Before you begin.**

- Have you a **legal basis** to hold this file? A written mandate from the controller. Downloading a leak out of curiosity is not one.
- Work on an encrypted machine, offline. breachkit opens no connection and shows no value; your spreadsheet has no such scruples.
- Note the fingerprint of the file on the first day: it will prove that you analysed *that one*.

Here the unknown file is made for the exercise and damaged on purpose: old Windows encoding, lost accents, dates turned round, leading zeros eaten by a spreadsheet, doubled rows. For yours, one line changes: the path.
"""

# %% tags=["parameters"]
SIZE = 2_000
SEED = 2021

# %% tags=["setup"]
import atexit
import shutil
import tempfile
from pathlib import Path

import polars as pl

import breachkit as bk
from breachkit.teaching import exercise, sheet

pl.Config(tbl_rows=20, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, float_precision=3)
room = Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, room, ignore_errors=True)  # erased when the notebook stops
leak = bk.synthesize(patients=SIZE, seed=SEED, damage="heavy", out=room / "dump", format="csv-cp1252")

# %% [markdown] tags=["fr"]
"""
## 1. Lire, et compter ce qui est cassé
"""

# %% [markdown] tags=["en"]
"""
## 1. Read, and count what is broken
"""

# %%
path = room / "dump" / "patients.csv"  # ← votre fichier / your file
found = bk.read(path)
found

# %%
source = found.provenance[0]
facts = {"encoding": source.encoding, "delimiter": source.delimiter, "bytes": source.size}
sheet(pl.DataFrame([facts | {"fingerprint": source.sha256[:16] + "…"}]))

# %%
sheet(found.damage)

# %% [markdown] tags=["fr"]
"""
L’encodage et le séparateur ont été trouvés, pas supposés. Une ligne trop courte est complétée par des vides et gardée ; une ligne illisible est écartée. L’une et l’autre vont en **quarantaine** telles qu’on les a trouvées : leur numéro et le motif sont là (11/57 : onze cellules sur cinquante-sept), leur contenu reste caché tant que vous ne demandez pas `reveal=True`. Rien n’est jeté en silence : un auditeur doit pouvoir dire combien de lignes il n’a pas lues en entier.
"""

# %% [markdown] tags=["en"]
"""
Encoding and separator were found, not assumed. A line that is too short is filled up with blanks and kept; an unreadable one is set aside. Both go into **quarantine** as they were found: their number and the reason are there (11/57: eleven cells of fifty-seven), their content stays hidden until you ask with `reveal=True`. Nothing is thrown away in silence: an auditor must be able to say how many lines were not read whole.
"""

# %%
sheet(found.quarantine)

# %% [markdown] tags=["fr"]
"""
## 2. Le plan des colonnes, et votre signature

La machine propose, vous disposez. Enregistrez le plan, relisez-le, corrigez ce qui doit l’être (dans le fichier ou par `decide`) : vos décisions survivent à toute nouvelle exécution.
"""

# %% [markdown] tags=["en"]
"""
## 2. The map of columns, and your signature

The machine proposes, you decide. Save the map, read it again, correct what needs it (in the file or with `decide`): your decisions survive every later run.
"""

# %%
fields = bk.classify(found)
fields = fields.decide("UTILISATEUR_SAISIE", "technical", subject="other")
decisions = fields.save(room / "fields.yaml")
least = fields.to_frame().sort("confidence").head(8)
sheet(least.select("column", "attribute", "confidence", "example_shape"))

# %% [markdown] tags=["fr"]
"""
Commencez toujours par ces lignes-là : les moins sûres. Dix minutes de relecture ici valent mieux que dix pages de réserves à la fin.

## 3. Les circonstances

Ce que le fichier ne peut pas dire, vous le demandez aux gens : depuis quand ? qui savait ? était-ce chiffré ? qui l’a reçu ? Une réponse inconnue se laisse **vide** ; le score devient alors un intervalle, ce qui vaut mieux qu’une invention.
"""

# %% [markdown] tags=["en"]
"""
Always begin with those rows: the least certain. Ten minutes of reading here are worth more than ten pages of reservations at the end.

## 3. The circumstances

What the file cannot say, you ask of people: since when? who knew? was it encrypted? who received it? An unknown answer is left **empty**; the score then becomes an interval, which is better than an invention.
"""

# %%
case = {
    "organisation_role": "controller",
    "confidentiality": "exfiltrated",
    "recipients": "unknown_number",
    "malicious": True,
    "unintelligible": "no",
}

# %% [markdown] tags=["fr"]
"""
## 4. Tout le chemin, d’un coup

`assess` enchaîne les stations : personnes, exposition, gravité, fraude, et ce que chaque mesure aurait épargné. Sur un gros fichier, la barre dit où l’on en est.
"""

# %% [markdown] tags=["en"]
"""
## 4. The whole way at once

`assess` chains the stations: people, exposure, severity, fraud, and what each safeguard would have spared. On a big file the bar says how far it is.
"""

# %%
from breachkit.locale import language
from breachkit.teaching import bar

with bar():
    result = bk.assess(found, case, decisions=decisions, lang=language())

# %%
result

# %%
sheet(result.key_figures())

# %% [markdown] tags=["fr"]
"""
## 5. Le contrôle par sondage

Un chiffre de machine se défend mieux quand une personne en a relu un échantillon. `review_plan` dit combien de fiches tirer dans chaque catégorie, et ce que vous pourrez affirmer si vous n’y trouvez aucune faute : tant d’erreurs au plus dans toute la catégorie, à 95 %. La dernière ligne relit des gens chez qui rien n’a été trouvé :
"""

# %% [markdown] tags=["en"]
"""
## 5. Checking by sample

A machine's figure is easier to defend when a person has read a sample of it again. `review_plan` says how many entries to draw in each category, and what you will be able to state if you find no fault in them: so many errors at most in the whole category, at 95%. The last row reads again people in whom nothing was found:
"""

# %%
sheet(result.exposure.review_plan(budget=300))

# %% [markdown] tags=["fr"]
"""
## 6. Le rapport, puis le ménage

Le rapport est une page HTML (ou un PDF) qui se suffit : aucune valeur, chaque nombre avec sa source. Pour un tableau à diffuser, `shareable()` efface les effectifs inférieurs à cinq (un tiret), et assez de voisins pour qu’on ne les retrouve pas par soustraction.
"""

# %% [markdown] tags=["en"]
"""
## 6. The report, then the cleaning

The report is one HTML page (or a PDF) that stands alone: no value, each number with its source. For a table to be passed on, `shareable()` removes counts below five (a dash), and enough neighbours for nobody to find them again by subtraction.
"""

# %%
report = result.report(room / "report.html")
sheet(pl.DataFrame({"report": [report.name], "bytes": [report.stat().st_size]}))

# %%
seen = result.exposure.shareable(below=5).filter(direct=True, adversary="neighbour")
sheet(seen.select("category", "people", "findable"))

# %% [markdown] tags=["fr"]
"""
Le dossier de travail contient des données personnelles. Une fois le dossier clos, effacez-le : `breachkit purge DOSSIER` en ligne de commande. Ici, les gens sont inventés et le dossier, temporaire, s’efface quand le carnet s’arrête.

En ligne de commande, tout ce carnet tient en une ligne : `breachkit assess fichier.csv --out dossier --circumstances cas.yaml`.

## Exercices

**1.** Des lignes ont été doublées. Combien de **personnes** distinctes y a-t-il vraiment dans ce fichier ? Comparez avec ce que `result.people` a trouvé.
"""

# %% [markdown] tags=["en"]
"""
The work folder holds personal data. Once the case is closed, erase it: `breachkit purge FOLDER` on the command line. Here the people are invented and the folder, a temporary one, is erased when the notebook stops.

On the command line the whole notebook is one line: `breachkit assess file.csv --out folder --circumstances case.yaml`.

## Exercises

**1.** Some rows were doubled. How many distinct **people** are there really in this file? Compare with what `result.people` found.
"""

# %% tags=["exercise"]
answer_1 = None

# %% tags=["solution"]
answer_1 = leak.truth.people.collect()["person_id"].n_unique()

# %% tags=["check"]
exercise("true_people", leak).check(answer_1)

# %% [markdown] tags=["fr", "solution"]
"""
`consolidate` laisse séparées les fiches qu’il n’est pas sûr de réunir ; un peu trop de personnes vaut mieux que deux vies confondues. L’écart entre son compte et la vérité est l’**erreur de consolidation**, et son sens est connu : elle surestime le nombre de personnes.
"""

# %% [markdown] tags=["en", "solution"]
"""
`consolidate` leaves apart the entries that it is not sure to merge; a few people too many are better than two lives confused. The gap between its count and the truth is the **consolidation error**, and its direction is known: it overestimates the number of people.
"""

# %% [markdown] tags=["fr"]
"""
**2.** Combien de cellules ont été abîmées ? Et quelle est la sorte de dégât la plus fréquente ?
"""

# %% [markdown] tags=["en"]
"""
**2.** How many cells were damaged? And which kind of damage is the most frequent?
"""

# %% tags=["exercise"]
answer_2 = None

# %% tags=["solution"]
damage = leak.truth.damage.collect()
answer_2 = damage.height

# %% tags=["check"]
exercise("damaged_cells", leak).check(answer_2)

# %% tags=["solution"]
sheet(damage["noise"].value_counts(sort=True).head(5))

# %% [markdown] tags=["fr"]
"""
**Suite :** [8. Pour les chercheurs](08-for-researchers.ipynb)
"""

# %% [markdown] tags=["en"]
"""
**Next:** [8. For researchers](08-for-researchers.ipynb)
"""
