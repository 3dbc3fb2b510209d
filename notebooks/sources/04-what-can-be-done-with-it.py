# %% [markdown] tags=["fr"]
"""
# 4. Ce qu’on peut en faire

*Lecture : 10 à 20 minutes, figures, tableaux et exercices compris ; le texte seul, 5 minutes. Exécution : moins de 30 secondes.*

La CNIL nomme les suites possibles de cette fuite (SAN-2022-009, § 76 et 77) : l’hameçonnage ciblé, par quelqu’un qui connaît votre numéro de sécurité sociale, votre médecin, la date et le lieu de votre examen ; l’usurpation d’identité ; de **fausses ordonnances** au nom des médecins ; de faux messages de détresse qui exploitent la maladie.

Combien de victimes ? Pour combien d’euros ? La réponse honnête est une **fourchette**, large. Ce carnet apprend à la lire, et à se méfier de quiconque donne un seul chiffre.
"""

# %% [markdown] tags=["en"]
"""
# 4. What can be done with it

*Reading: 10 to 20 minutes with figures, tables and exercises; the text alone, 5 minutes. Running: under 30 seconds.*

The CNIL names what may follow from this leak (SAN-2022-009, § 76 and 77): targeted phishing, by someone who knows your social security number, your doctor, the date and place of your test; identity theft; **forged prescriptions** in doctors' names; false messages of distress that exploit the illness.

How many victims? For how many euros? The honest answer is a **range**, and a wide one. This notebook teaches how to read it, and to beware of anyone who gives a single figure.
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
fraud = bk.simulate_fraud(people, circumstances="dedalus-2021", seed=1)
fraud

# %% [markdown] tags=["fr"]
"""
Trois choses à voir sur cette carte.

**Les personnes concernées se comptent, les victimes s’estiment.** Pour se faire passer pour vous auprès d’une banque, il faut votre nom, votre date de naissance, votre adresse : le fichier dit exactement de combien de gens il les donne. Combien seront frappés dépend de taux que personne n’a mesurés sur *cette* fuite. D’où la note : A, mesuré ; B, officiel ou proche ; C, jugement.

**L’intervalle est le résultat.** La moyenne est une politesse. Si une fourchette va de un à cent, dites qu’elle va de un à cent. Et quand elle va de 0 à 0 alors que la moyenne n’est pas nulle, lisez : plus de neuf fois sur dix, personne ; la fois restante, quelqu’un.

**Quatre comptes, jamais une somme.** L’argent perdu par les personnes ; leur temps et leur détresse, en équivalent monétaire ; ce que paient l’Assurance Maladie et les banques ; ce que la fuite coûte à l’organisme. Une indemnité est un coût pour l’un et un gain pour l’autre : les ajouter compterait le même euro deux fois.

## La courbe de dépassement

Plutôt que « combien ? », demandez « quelle chance que cela dépasse… ? ». C’est la question des assureurs, et la bonne :
"""

# %% [markdown] tags=["en"]
"""
Three things to see on this card.

**People concerned are counted, victims are estimated.** To pass for you at a bank one needs your name, birth date and address: the file says exactly of how many people it gives them. How many will be hit depends on rates that nobody measured on *this* leak. Hence the grade: A, measured; B, official or close; C, judgement.

**The interval is the result.** The mean is a courtesy. If a range goes from one to a hundred, say that it goes from one to a hundred. And where it goes from 0 to 0 while the mean is not zero, read: more than nine times in ten, nobody; the other time, somebody.

**Four ledgers, never one sum.** The money lost by people; their time and distress, in money's worth; what health insurance and banks pay; what the leak costs the organisation. A compensation is a cost to one and a gain to another: adding them would count the same euro twice.

## The exceedance curve

Rather than “how much?”, ask “what is the chance that it passes…?”. It is the insurers' question, and the right one:
"""

# %%
fraud.plot(kind="exceedance", ledger="people_money")

# %%
amounts = [1_000, 10_000, 100_000, 1_000_000]
chances = [fraud.exceeds("people_money", amount) for amount in amounts]
sheet(pl.DataFrame({"EUR": amounts, "probability": chances}))

# %% [markdown] tags=["fr"]
"""
## D’où vient l’incertitude ?

La « tornade » classe les paramètres : plus la barre est longue, plus ce taux-là, mal connu, commande le résultat. C’est la liste des recherches à faire. Rien d’autre ne resserrerait autant la fourchette, surtout pas davantage de simulations.
"""

# %% [markdown] tags=["en"]
"""
## Where does the uncertainty come from?

The “tornado” ranks the parameters: the longer the bar, the more that ill-known rate commands the result. It is the list of the research to do. Nothing else would narrow the range as much, certainly not more simulations.
"""

# %%
fraud.plot(kind="tornado", ledger="people_money")

# %%
fraud.plot(kind="ledgers")

# %% [markdown] tags=["fr"]
"""
## Les fausses ordonnances

Le fichier ne contient pas que des patients. Il nomme aussi les médecins, avec adresse, téléphone, parfois numéro d’inscription (RPPS). Une ordonnance crédible demande justement cela : un vrai prescripteur, un vrai patient, un vrai numéro. Les médecins sont des **victimes** de la fuite, et les cours l’oublient presque toujours.
"""

# %% [markdown] tags=["en"]
"""
## Forged prescriptions

The file does not hold patients only. It also names doctors, with address, telephone, sometimes registration number (RPPS). A credible prescription asks for exactly that: a real prescriber, a real patient, a real number. Doctors are **victims** of the leak, and courses nearly always forget it.
"""

# %%
columns = ["number", "subject", "eligible", "victims_mean", "victims_q05", "victims_q95", "grade"]
sheet(fraud.scenarios.select("scenario", *columns))

# %% [markdown] tags=["fr"]
"""
La colonne `subject` dit à qui le tort est fait. Changez la graine de la simulation (`seed=2`) et relancez : la moyenne bouge à peine. Changez ensuite un taux du livre de scénarios : tout bouge. **L’incertitude est dans les paramètres, pas dans les dés.**

## Les torts qu’on ne chiffre pas

La révélation d’une maladie à l’entourage, la violence d’un conjoint, un dossier médical faussé par les soins d’un autre : aucun taux sérieux n’existe. breachkit refuse de les additionner. Il dit combien de gens seraient **exposés** à ce tort, et ce qu’il en serait *si* une personne sur tant était touchée :
"""

# %% [markdown] tags=["en"]
"""
The column `subject` says to whom the wrong is done. Change the seed of the simulation (`seed=2`) and run again: the mean hardly moves. Then change a rate of the scenario book: all moves. **The uncertainty is in the parameters, not in the dice.**

## Harms that have no price

An illness revealed to one's circle, violence by a partner, a medical file spoilt by somebody else's care: no serious rate exists. breachkit refuses to add them in. It says how many people would be **open** to the harm, and what would follow *if* one person in so many were hit:
"""

# %%
one_in = (1 / pl.col("if_rate")).round().cast(pl.Int64).alias("if one in")
sheet(fraud.conditional.select("scenario", "eligible", one_in, "victims_expected"))

# %% [markdown] tags=["fr"]
"""
## Dans le temps
"""

# %% [markdown] tags=["en"]
"""
## Over time
"""

# %%
fraud.plot(kind="timeline")

# %% [markdown] tags=["fr"]
"""
Un numéro de sécurité sociale ne se change pas comme un mot de passe. Le risque décroît, il ne s’éteint pas ; les mesures d’après-coup (blocage de l’hébergeur, changement des mots de passe, information des personnes) n’abaissent la courbe que si elles viennent tôt. Quand les deux courbes se confondent, c’est que les mesures connues sont venues après les copies : ici, le blocage a été ordonné le 4 mars 2021, et le fichier circulait depuis février.

## Exercices

**1.** Le fraudeur habile appelle un **foyer** : il connaît le nom de l’un pour tromper l’autre. Combien de foyers ont au moins deux personnes dans le fichier ?
"""

# %% [markdown] tags=["en"]
"""
A social security number is not changed like a password. The risk declines, it does not die out; measures after the fact (blocking the host, changing passwords, telling people) lower the curve only if they come early. Where the two curves merge, the known measures came after the copies: here blocking was ordered on 4 March 2021, and the file had been going round since February.

## Exercises

**1.** The skilful fraudster calls a **household**: knowing the name of one to deceive the other. How many households have two people or more in the file?
"""

# %% tags=["exercise"]
answer_1 = None

# %% tags=["solution"]
households = leak.truth.people.group_by("household_id").len().collect()
answer_1 = (households["len"] > 1).sum()

# %% tags=["check"]
exercise("shared_households", leak).check(answer_1)

# %% [markdown] tags=["fr"]
"""
**2.** Le chantage à la maladie vise le VIH, les infections sexuellement transmissibles, l’avortement, la santé mentale et l’addiction. De combien de personnes le fichier **affirme**-t-il l’un de ces faits ?
"""

# %% [markdown] tags=["en"]
"""
**2.** Blackmail over illness aims at HIV, sexually transmitted infections, abortion, mental health and addiction. Of how many people does the file **assert** one of these facts?
"""

# %% tags=["exercise"]
answer_2 = None

# %% tags=["solution"]
kinds = ["hiv", "sti", "abortion", "mental_health", "addiction"]
asserted = leak.truth.facts.filter(pl.col("category").is_in(kinds), status="asserted").collect()
answer_2 = asserted["person_id"].n_unique()

# %% tags=["check"]
exercise("blackmail", leak).check(answer_2)

# %% [markdown] tags=["fr", "solution"]
"""
*À discuter en classe.* Si la réponse est petite, faut-il s’en réjouir ? Ces personnes sont peu nombreuses et très exposées : une moyenne sur tout le fichier les efface. C’est pourquoi la gravité, au carnet suivant, se lit **par strate**.
"""

# %% [markdown] tags=["en", "solution"]
"""
*To discuss in class.* If the answer is small, is that good news? These people are few and very exposed: a mean over the whole file wipes them out. That is why severity, in the next notebook, is read **by stratum**.
"""

# %% [markdown] tags=["fr"]
"""
**Suite :** [5. Quelle gravité](05-how-grave.ipynb)
"""

# %% [markdown] tags=["en"]
"""
**Next:** [5. How grave](05-how-grave.ipynb)
"""
