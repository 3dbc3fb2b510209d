# %% [markdown] tags=["fr"]
"""
# 5. Quelle gravité

*Lecture : 10 à 20 minutes, figures, tableaux et exercices compris ; le texte seul, 5 minutes. Exécution : moins de 30 secondes.*

Une violation de données est découverte. En 72 heures, il faut répondre à deux questions de droit. Faut-il **prévenir l’autorité** (article 33 du RGPD) ? Oui, sauf si le risque est improbable. Faut-il **prévenir les personnes** (article 34) ? Oui, si le risque est élevé.

Aucun calcul ne décide à la place d’un responsable. Mais les autorités ont écrit des méthodes, et un responsable qui les a suivies peut **montrer son raisonnement**. Ce carnet en applique plusieurs et regarde où elles divergent.
"""

# %% [markdown] tags=["en"]
"""
# 5. How grave

*Reading: 10 to 20 minutes with figures, tables and exercises; the text alone, 5 minutes. Running: under 30 seconds.*

A data breach is discovered. Within 72 hours two questions of law must be answered. Must the **authority be told** (article 33 GDPR)? Yes, unless risk is unlikely. Must the **people be told** (article 34)? Yes, if the risk is high.

No computation decides in place of the person responsible. But authorities have written methods, and whoever followed them can **show their reasoning**. This notebook applies several and looks at where they part.
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
people = bk.consolidate(bk.label(leak, bk.classify(leak)))
alone = bk.score(people)
alone

# %% [markdown] tags=["fr"]
"""
Le score est un **intervalle**, et la carte dit ce qui manque : qui a reçu les données ? étaient-elles chiffrées ? y a-t-il eu malveillance ? Le fichier ne peut pas le dire. Ces réponses, les *circonstances*, tiennent dans un fichier YAML que l’on remplit à la main (`breachkit.circumstances.template("fr")` en donne un vierge). Celui du cas de 2021 est fourni, chaque ligne avec sa source :
"""

# %% [markdown] tags=["en"]
"""
The score is an **interval**, and the card says what is missing: who received the data? were they encrypted? was there malice? The file cannot tell. Those answers, the *circumstances*, stand in a YAML file that one fills in by hand (`breachkit.circumstances.template("en")` gives a blank one). The one of the 2021 case is shipped, each line with its source:
"""

# %%
severity = bk.score(people, "dedalus-2021")
severity

# %% [markdown] tags=["fr"]
"""
## La formule d’ENISA, pas à pas

L’agence européenne de cybersécurité propose (2013) : **gravité = DPC × EI + CB**.

- **DPC**, le contexte des données : 1 pour un état civil, 4 pour un diagnostic.
- **EI**, la facilité d’identification : de 0,25 (presque personne) à 1 (tout le monde).
- **CB**, les circonstances : confidentialité, intégrité, disponibilité, malveillance.

Sous 2, faible ; de 2 à 3, moyenne ; de 3 à 4, élevée ; à partir de 4, très élevée. La formule vaut **pour une personne**. Dire « la fuite est à 5 » cache que peu de personnes y sont, et que la plupart des autres sont bien plus bas. breachkit la calcule donc strate par strate :
"""

# %% [markdown] tags=["en"]
"""
## ENISA's formula, step by step

The European cybersecurity agency proposes (2013): **severity = DPC × EI + CB**.

- **DPC**, the context of the data: 1 for a civil status, 4 for a diagnosis.
- **EI**, the ease of identification: from 0.25 (hardly anybody) to 1 (everybody).
- **CB**, the circumstances: confidentiality, integrity, availability, malice.

Below 2, low; 2 to 3, medium; 3 to 4, high; from 4, very high. The formula holds **for one person**. Saying “the leak scores 5” hides that few people are there, and most of the others far lower. So breachkit computes it stratum by stratum:
"""

# %%
sheet(severity.by_stratum.select("stratum", "people", "dpc", "ei", "cb", "score", "band"))

# %% [markdown] tags=["fr"]
"""
Chaque règle employée reste dans `severity.trace`, prête à être contestée. Voici celles des circonstances (sans nombre de personnes : elles valent pour tous ; C, I, A et M font CB), puis celles qui touchent le plus de monde. S1 à S4 sont les degrés d’ENISA pour les données simples, X1 à X4 les nôtres pour les données sensibles ; E1 dit qu’un numéro de sécurité sociale suffit à identifier :
"""

# %% [markdown] tags=["en"]
"""
Each rule used stays in `severity.trace`, ready to be disputed. Here are those of the circumstances (with no number of people: they hold for all; C, I, A and M make CB), then those that touch most people. S1 to S4 are ENISA's degrees for simple data, X1 to X4 ours for sensitive data; E1 says that a social security number is enough to identify:
"""

# %%
sheet(severity.trace.sort("people", descending=True, nulls_last=False), most=12)

# %% [markdown] tags=["fr"]
"""
Deux pièges. La formule **sature** : 5 000 ou 500 000 personnes, même score. Et elle ne dit rien des mineurs, sinon qu’on *peut* monter d’un cran. Lisez donc toujours à côté le nombre de personnes par niveau, et la méthode de l’autorité espagnole (AEPD), qui est sensible au volume.

## Parmi les cas connus
"""

# %% [markdown] tags=["en"]
"""
Two traps. The formula **saturates**: 5,000 or 500,000 people, same score. And it says nothing of minors, except that one *may* go up a step. So always read beside it the number of people per level, and the method of the Spanish authority (AEPD), which is sensitive to volume.

## Among known cases
"""

# %%
severity.plot()

# %% [markdown] tags=["fr"]
"""
## Deux horloges, pas une

C’est l’erreur la plus commune des cours sur cette affaire. La société condamnée n’était pas responsable du traitement : elle était **sous-traitante** des laboratoires. Or :

- les **72 heures** de l’article 33(1) courent pour le **responsable** (le laboratoire), à partir du moment où *lui* sait ;
- le **sous-traitant** doit prévenir le responsable « dans les meilleurs délais » (article 33(2)) : aucun nombre d’heures n’est écrit.
"""

# %% [markdown] tags=["en"]
"""
## Two clocks, not one

It is the commonest mistake of courses on this case. The company that was fined was not the controller: it was a **processor** for the laboratories. Now:

- the **72 hours** of article 33(1) run for the **controller** (the laboratory), from the moment when *it* knows;
- the **processor** owes notice to the controller “without undue delay” (article 33(2)): no number of hours is written.
"""

# %%
from breachkit.circumstances import load
from breachkit.locale import language

known = load("dedalus-2021")
dates = ["processor_aware_at", "controller_aware_at", "authority_notified_at", "published_on"]
sheet(pl.DataFrame({"date": dates, "day": [getattr(known, name) for name in dates]}))

# %%
for sentence in severity.clock.sentences(language()):
    print(sentence)

# %% [markdown] tags=["fr"]
"""
Le verdict reste ouvert, et c’est juste : le jour où chaque laboratoire a notifié n’est pas public. L’outil ne devine pas.

## L’amende

Les manquements retenus (articles 28(3), 29 et 32) relèvent de l’article 83(4) : 10 millions d’euros au plus, ou 2 % du chiffre d’affaires mondial si c’est davantage. La CNIL s’est appuyée sur les chiffres de la société : 16,3 millions de chiffre d’affaires en 2020, résultat net 1 437 017 euros (§ 85). L’amende, 1,5 million, **dépasse ce bénéfice**.
"""

# %% [markdown] tags=["en"]
"""
The verdict stays open, and rightly: the day when each laboratory notified is not public. The tool does not guess.

## The fine

The failings held (articles 28(3), 29 and 32) fall under article 83(4): 10 million euros at most, or 2% of world turnover if that is more. The CNIL relied on the company's own figures: 16.3 million turnover in 2020, net result 1,437,017 euros (§ 85). The fine, 1.5 million, is **more than that profit**.
"""

# %%
sheet(severity.fines.select("scope", "tier", "seriousness", "legal_max", "low", "high"))

# %% [markdown] tags=["fr"]
"""
La fourchette suit les lignes directrices 04/2022 du Comité européen (CEPD), postérieures à la décision. Regardez `scope` : selon que l’« entreprise » est la société, le groupe français ou le groupe mondial, la fourchette change plus que selon la gravité.

## Exercices

**1.** Rapportée aux 491 840 patients, combien d’euros d’amende par personne ? (Deux décimales ; une division, pas de programme.)
"""

# %% [markdown] tags=["en"]
"""
The range follows guidelines 04/2022 of the European Data Protection Board, later than the decision. Look at `scope`: whether the “undertaking” is the company, the French group or the world group moves the range more than the seriousness does.

## Exercises

**1.** Spread over the 491,840 patients, how many euros of fine per person? (Two decimals; a division, no program.)
"""

# %% tags=["exercise"]
answer_1 = None

# %% tags=["solution"]
answer_1 = 1_500_000 / 491_840

# %% tags=["check"]
exercise("fine_per_person", leak).check(answer_1)

# %% [markdown] tags=["fr"]
"""
**2.** Qui prévenir d’abord ? De combien de personnes le fichier **affirme**-t-il une catégorie de l’article 9 (celles de `taxonomy.category_ids()`) ?
"""

# %% [markdown] tags=["en"]
"""
**2.** Whom to tell first? Of how many people does the file **assert** a category of article 9 (those of `taxonomy.category_ids()`)?
"""

# %% tags=["exercise"]
answer_2 = None

# %% tags=["solution"]
from breachkit import taxonomy

asserted = leak.truth.facts.filter(pl.col("category").is_in(taxonomy.category_ids()), status="asserted")
answer_2 = asserted.collect()["person_id"].n_unique()

# %% tags=["check"]
exercise("own_health", leak).check(answer_2)

# %% [markdown] tags=["fr"]
"""
**3.** Parmi elles, combien ont un titre d’enfant ? La lettre ira à leurs parents, et parfois c’est à eux qu’il ne fallait pas le dire.
"""

# %% [markdown] tags=["en"]
"""
**3.** Among them, how many have a child's title? The letter will go to their parents, and sometimes these are the ones who should not have been told.
"""

# %% tags=["exercise"]
answer_3 = None

# %% tags=["solution"]
asserted = leak.truth.facts.filter(pl.col("category").is_in(taxonomy.category_ids()), status="asserted")
children = leak.truth.facts.filter(category="minor")
answer_3 = asserted.join(children, on="person_id", how="semi").collect()["person_id"].n_unique()

# %% tags=["check"]
exercise("told_by_parents", leak).check(answer_3)

# %% [markdown] tags=["fr"]
"""
**Suite :** [6. Ce qui l’aurait empêché](06-what-would-have-prevented-it.ipynb)
"""

# %% [markdown] tags=["en"]
"""
**Next:** [6. What would have prevented it](06-what-would-have-prevented-it.ipynb)
"""
