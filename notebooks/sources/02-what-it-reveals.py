# %% [markdown] tags=["fr"]
"""
# 2. Ce que le fichier révèle

*Lecture : 10 à 20 minutes, figures, tableaux et exercices compris ; le texte seul, 5 minutes. Exécution : moins de 30 secondes.*

Un fichier volé arrive rarement avec sa notice. Avant de compter les victimes, il faut savoir **ce que dit chaque colonne**, puis **ce que dit chaque ligne**. Ce sont deux questions différentes : la colonne « commentaire » ne révèle rien par elle-même ; c’est la phrase « sous trithérapie » qui parle.

Le carnet suit l’ordre du travail : les colonnes, la main de l’auditeur, les phrases, les lignes.
"""

# %% [markdown] tags=["en"]
"""
# 2. What it reveals

*Reading: 10 to 20 minutes with figures, tables and exercises; the text alone, 5 minutes. Running: under 30 seconds.*

A stolen file seldom comes with a manual. Before counting victims one must know **what each column says**, then **what each row says**. These are two questions: the column “comment” reveals nothing by itself; it is the phrase “sous trithérapie” (on HIV triple therapy) that speaks.

The notebook follows the order of the work: columns, the auditor's hand, phrases, rows.
"""

# %% tags=["parameters"]
SIZE = 5_000
SEED = 2021

# %% tags=["setup"]
import polars as pl

import breachkit as bk
from breachkit.teaching import exercise, sheet

pl.Config(tbl_rows=20, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, float_precision=3)
leak = bk.synthesize("leak-2021", patients=SIZE, seed=SEED)

# %%
fields = bk.classify(leak)
telling = pl.col("column").str.contains("NIR|USUEL|DATE_|POSTAL|TEL|EMAIL|RPPS|VISITES|SANG|COMM")
what = pl.col("attribute").fill_null(pl.col("categories").list.first())
evidence = pl.col("name_score", "value_score", "validator_score").replace(0.0, None)
seen = fields.to_frame().filter(telling)
sheet(seen.select("column", what, "subject", evidence, "confidence", "example_shape"), most=25)

# %% [markdown] tags=["fr"]
"""
Voilà le plan, réduit aux colonnes les plus parlantes ; `fields`, seul dans une cellule, le montre en entier. Chaque verdict porte sa **preuve** : le nom de la colonne, ses valeurs, une clé de contrôle qui tombe juste (un tiret : rien à dire). Plusieurs preuves concordantes font la confiance. La colonne « forme » ne montre que des formes pures : `9` pour un chiffre, `a` pour une lettre. Un numéro de sécurité sociale à demi masqué dirait encore le sexe et le mois de naissance ; une forme ne dit rien.

La colonne qui dit *de qui* compte autant que le reste. Le fichier contient aussi le téléphone du médecin et l’adresse de la mutuelle : ce ne sont pas des données du patient, et les compter comme telles gonflerait tout.

## Corriger le plan

L’outil se trompe parfois ; la décision appartient à une personne. `decide` l’inscrit, et aucune exécution ultérieure ne l’efface. Ici, il prend `NB_VISITES` pour un montant, sans grande confiance : un seul indice, le nom. C’est un compteur de visites, un champ technique :
"""

# %% [markdown] tags=["en"]
"""
This is the map, cut down to the most telling columns; `fields`, alone in a cell, shows it whole. Each verdict carries its **evidence**: the name of the column, its values, a check key that comes out right (a dash: nothing to say). Several that agree make the confidence. The column “shape” shows pure shapes only: `9` for a digit, `a` for a letter. A half-masked social security number would still tell sex and birth month; a shape tells nothing.

The column that says *whose* matters as much as the rest. The file also holds the doctor's telephone and the insurer's address: these are not the patient's data, and counting them so would inflate everything.

## Correcting the map

The tool is sometimes wrong; the decision belongs to a person. `decide` writes it down and no later run undoes it. Here it takes `NB_VISITES` for an amount, with little confidence: one clue only, the name. It is a counter of visits, a technical field:
"""

# %%
fields = fields.decide("NB_VISITES", "technical")
decided = fields.to_frame().filter(decided_by="human")
sheet(decided.select("column", "attribute", "decided_by"))

# %% [markdown] tags=["fr"]
"""
`fields.save("fields.yaml")` garde le plan et vos décisions dans un fichier que l’on peut relire, discuter, joindre au dossier. Il ne contient aucune valeur.

## Les phrases

Un commentaire n’est pas une liste de mots. « VIH » ne dit pas la même chose dans ces phrases, toutes inventées :
"""

# %% [markdown] tags=["en"]
"""
`fields.save("fields.yaml")` keeps the map and your decisions in a file that can be read again, discussed, joined to the case. It holds no value.

## Phrases

A comment is not a list of words. “VIH” (HIV) does not say the same in these phrases, all invented. In order: HIV positive; HIV screening negative; HIV test to be done; diabetic mother; no diabetes; history of breast cancer; suspected brain tumour; Truvada (an HIV medicine) for prevention; deaf patient; nothing to report, fasting.
"""

# %%
phrases = [
    "Séropositif VIH",
    "Dépistage VIH négatif",
    "Dépistage VIH à faire",
    "Mère diabétique",
    "Pas de diabète",
    "ATCD de cancer du sein",
    "Suspicion de tumeur au cerveau",
    "Truvada en prévention",
    "Patiente sourde",
    "RAS, à jeun",
]
found = bk.classify_text(phrases)
texts = pl.DataFrame({"text_index": range(len(phrases)), "phrase": phrases}).cast({"text_index": pl.UInt32})
read = texts.join(found, on="text_index", how="left").select("phrase", "category", "status", "cue")
sheet(read.unique(["phrase", "category", "status"], keep="first", maintain_order=True))

# %% [markdown] tags=["fr"]
"""
Le **statut** fait toute la différence. Du plus faible au plus fort : concerne un proche (`other_person`), nié (`negated`), prévention (`prevention`), suspecté (`suspected`), testé (`tested`), antécédent (`history`), affirmé (`asserted`). L’**indice** est le mot qui a fait pencher la balance, tel que le lexique l’écrit : sans accents ni majuscules.

### « Un test VIH négatif reste une donnée de santé »

On est tenté de jeter tout ce qui est nié. Ce serait une faute. Le considérant 35 du RGPD range parmi les données de santé les informations obtenues *lors du test ou de l’examen* d’une partie du corps ou d’une substance corporelle : le résultat peut être rassurant, il n’en dit pas moins que la personne a cherché à savoir. Un employeur, un conjoint, un maître chanteur n’ont pas besoin d’un résultat positif.

breachkit garde donc les deux chiffres : **de combien de personnes quelque chose est révélé** (tout statut), et **de combien quelque chose est affirmé**. Ne les confondez jamais dans un rapport.

La ligne « Mère diabétique » pose une autre question : la donnée est celle de la mère, qui n’est pas dans le fichier. Et une maladie qui se transmet parle aussi de l’enfant. Le statut `other_person` ne la perd pas ; il dit de qui elle parle.

## Les lignes

`label` relit chaque ligne avec le plan et les phrases. À partir d’ici, plus rien ne regarde le texte brut.
"""

# %% [markdown] tags=["en"]
"""
The **status** makes all the difference. From weakest to strongest: about another person (`other_person`), denied (`negated`), prevention (`prevention`), suspected (`suspected`), tested (`tested`), past (`history`), asserted (`asserted`). The **cue** is the word that tipped the scales, as the lexicon spells it: without accents or capitals.

### “A negative HIV test is still health data”

It is tempting to throw away all that is denied. That would be a fault. Recital 35 of the GDPR counts among health data the information derived *from the testing or examination* of a body part or bodily substance: the result may be good, it still says that the person wanted to know. An employer, a spouse, a blackmailer needs no positive result.

So breachkit keeps both figures: **of how many people anything is revealed** (any status), and **of how many something is asserted**. Never confuse them in a report.

“Mère diabétique” (diabetic mother) raises another question: the datum is the mother's, who is not in the file. And an illness that runs in families speaks of the child too. The status `other_person` does not lose it; it says of whom it speaks.

## Rows

`label` reads each row again with the map and the phrases. From here on, nothing looks at raw text.
"""

# %%
records = bk.label(leak, fields)
records

# %%
records.plot()

# %% [markdown] tags=["fr"]
"""
Beaucoup de ce qui est révélé ne vient pas d’un commentaire. Le titre « enfant » dit l’âge ; un groupe sanguin est une donnée de santé ; la spécialité du médecin parle : un suivi chez un oncologue, un gynécologue, un psychiatre n’a pas besoin de phrase. D’où viennent les constats ?
"""

# %% [markdown] tags=["en"]
"""
Much of what is revealed does not come from a comment. The title “enfant” (child) tells the age; a blood group is health data; the doctor's speciality speaks: seeing an oncologist, a gynaecologist, a psychiatrist needs no phrase. Where do the findings come from?
"""

# %%
sheet(records.findings.group_by("source").len("findings").sort("findings", descending=True).collect())

# %% [markdown] tags=["fr"]
"""
L’âge vient de la date de naissance. C’est pourquoi breachkit trouve plus de mineurs que le carnet 1 n’en compte dans la vérité, où seul le titre « enfant » ou « bébé » est un fait. Aucun des deux nombres n’est faux : ils ne répondent pas à la même question.

La Cour de justice de l’Union européenne va dans ce sens : une donnée ordinaire dont on *déduit* une donnée sensible doit être protégée comme elle (C-184/20, 1ᵉʳ août 2022).

Le classifieur se trompe aussi, et il sait de combien : sa qualité est mesurée sur des phrases qu’il n’a jamais vues, et les stations suivantes la portent dans leurs intervalles. Le [carnet 8](08-for-researchers.ipynb) montre comment.

## Exercices

**1.** De combien de personnes une grossesse est-elle **affirmée** ?
"""

# %% [markdown] tags=["en"]
"""
The age comes from the birth date. That is why breachkit finds more minors than notebook 1 counts in the truth, where only the title “enfant” or “bébé” is a fact. Neither number is wrong: they answer different questions.

The Court of Justice of the European Union goes the same way: ordinary data from which sensitive data can be *deduced* must be protected like it (C-184/20, 1 August 2022).

The classifier errs too, and it knows by how much: its quality is measured on phrases it has never seen, and the later stations carry it into their intervals. [Notebook 8](08-for-researchers.ipynb) shows how.

## Exercises

**1.** Of how many people is a pregnancy **asserted**?
"""

# %% tags=["exercise"]
answer_1 = None

# %% tags=["solution"]
pregnancies = leak.truth.facts.filter(category="pregnancy", status="asserted").collect()
answer_1 = pregnancies["person_id"].n_unique()

# %% tags=["check"]
exercise("asserted_pregnancies", leak).check(answer_1)

# %% [markdown] tags=["fr"]
"""
**2.** Combien de faits parlent d’une autre personne que le patient ?
"""

# %% [markdown] tags=["en"]
"""
**2.** How many facts speak of somebody other than the patient?
"""

# %% tags=["exercise"]
answer_2 = None

# %% tags=["solution"]
answer_2 = leak.truth.facts.filter(status="other_person").collect().height

# %% tags=["check"]
exercise("about_others", leak).check(answer_2)

# %% [markdown] tags=["fr"]
"""
**3.** Laquelle des deux colonnes de commentaires, `COMMENTAIRE_P` ou `COMMENTAIRE_D`, porte le plus de faits sensibles ?
"""

# %% [markdown] tags=["en"]
"""
**3.** Which of the two comment columns, `COMMENTAIRE_P` or `COMMENTAIRE_D`, carries more sensitive facts?
"""

# %% tags=["exercise"]
answer_3 = None

# %% tags=["solution"]
comments = leak.truth.facts.filter(pl.col("column").str.starts_with("COMMENTAIRE")).group_by("column").len()
answer_3 = comments.sort("len", "column", descending=[True, False]).collect()["column"].item(0)

# %% tags=["check"]
exercise("richest_column", leak).check(answer_3)

# %% [markdown] tags=["fr"]
"""
**Suite :** [3. Qui peut être retrouvé](03-who-can-be-found.ipynb)
"""

# %% [markdown] tags=["en"]
"""
**Next:** [3. Who can be found](03-who-can-be-found.ipynb)
"""
