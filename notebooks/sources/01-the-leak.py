# %% [markdown] tags=["fr"]
"""
# 1. La fuite

*Lecture : 10 à 20 minutes, figures, tableaux et exercices compris ; le texte seul, 5 minutes. Exécution : moins de 30 secondes. Rien ici ne vient d’une vraie personne.*

Le 23 février 2021 à 16 h 15, CheckNews, le service de vérification de *Libération*, raconte qu’un fichier circule : **491 840 lignes**, une par patient, tirées de laboratoires d’analyses de Bretagne, du Centre-Val de Loire et de Normandie. Noms, dates de naissance, numéros de sécurité sociale, adresses, téléphones, médecins, parfois un mot de passe en clair, et deux colonnes de commentaires libres où l’on lit « Grossesse », « Levothyrox », « séropositif HIV », « patiente sourde ».

Un an plus tard, le 15 avril 2022, la CNIL condamne l’éditeur du logiciel à **1 500 000 euros** d’amende : délibération SAN-2022-009, publiée le 21 avril 2022. La décision veut que sa publication ne nomme plus la société deux ans après cette date ; ces carnets ne la nomment donc pas.

Nous n’avons pas ce fichier, et personne ne devrait l’ouvrir : le télécharger, c’est déjà participer à la fuite. Nous en avons fabriqué un **double** : même forme, mêmes taux de remplissage, mêmes régions, mais des gens inventés. Et puisque nous l’avons fabriqué, nous savons de chaque ligne ce qui est vrai.
"""

# %% [markdown] tags=["en"]
"""
# 1. The leak

*Reading: 10 to 20 minutes with figures, tables and exercises; the text alone, 5 minutes. Running: under 30 seconds. Nothing here comes from a real person.*

On 23 February 2021 at 16:15, CheckNews, the fact-checking desk of the newspaper *Libération*, reports that a file is going round: **491,840 rows**, one per patient, taken from medical laboratories in Brittany, Centre-Val de Loire and Normandy. Names, birth dates, social security numbers, addresses, telephones, doctors, sometimes a password in clear, and two columns of free comments that say “Grossesse” (pregnancy), “Levothyrox”, “séropositif HIV” (HIV positive), “patiente sourde” (deaf patient).

A year later, on 15 April 2022, the CNIL, the French data protection authority, fines the publisher of the software **1,500,000 euros**: decision SAN-2022-009, published on 21 April 2022. The decision orders that its publication no longer name the company two years after that date; so these notebooks do not name it.

We do not have that file, and nobody should open it: downloading it is already taking part in the leak. We made a **double** of it: same shape, same fill rates, same regions, but invented people. And since we made it, we know of each row what is true.
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
leak

# %% [markdown] tags=["fr"]
"""
`SIZE` et `SEED`, tout en haut, sont les seuls réglages. La même graine donne toujours le même fichier, sur toute machine. Mettez `SIZE = 491_840` pour la taille réelle : le générateur n’y passe que quelques secondes.

## Ce qui s’est passé

| date | fait | source |
|---|---|---|
| mars 2020 | un ancien salarié alerte la société sur des failles | SAN-2022-009, § 52 |
| 4 nov. 2020 | l’ANSSI, l’agence de cybersécurité de l’État, voit des données d’un laboratoire en vente et lui envoie 56 lignes ; la société, prévenue le jour même, coupe l’accès anonyme à son serveur | § 53, § 64 |
| 14 févr. 2021 | premier article, sur Zataz | Zataz |
| 21–23 févr. 2021 | le fichier est sur un forum ouvert | AFP, Zataz |
| 23 févr. 2021 | article de CheckNews ; le serveur est éteint | § 6, § 64 |
| 24 févr. 2021 | premier contrôle en ligne de la CNIL ; enquête pénale | § 7 et suivants |
| 4 mars 2021 | à la demande de la CNIL, le tribunal judiciaire de Paris ordonne de bloquer l’hébergeur (référé n° 21/51823) | § 78 |
| 15 avril 2022 | amende de 1,5 million d’euros, articles 28(3), 29 et 32 du RGPD | § 82 à 88 |

Deux laboratoires avaient demandé qu’on déplace leurs données d’un vieux logiciel vers un nouveau. On en a extrait **trop** (8 403 lignes de trop pour l’un ; pour l’autre, les deux colonnes de commentaires, que personne n’avait demandées), et ces extraits sont restés, en clair, sur un serveur ouvert.

> **Prudence.** La CNIL dit des manquements qu’ils sont *l’une des causes* de la fuite. Environ 90 % du fichier publié se trouvait sur le serveur, environ 10 % non (§ 55, § 58). Ne dites jamais que ce serveur est l’unique source : la décision ne le dit pas.

À lire : Légifrance, « Délibération SAN-2022-009 du 15 avril 2022 » ; cnil.fr, communiqué du 21 avril 2022.
"""

# %% [markdown] tags=["en"]
"""
`SIZE` and `SEED`, at the top, are the only settings. The same seed always gives the same file, on any machine. Put `SIZE = 491_840` for the real size: the generator needs only seconds for it.

## What happened

| date | fact | source |
|---|---|---|
| March 2020 | a former employee warns the company of flaws | SAN-2022-009, § 52 |
| 4 Nov. 2020 | ANSSI, the State's cybersecurity agency, sees data of one laboratory on sale and sends it 56 rows; the company, told the same day, cuts anonymous access to its server | § 53, § 64 |
| 14 Feb. 2021 | first article, on Zataz | Zataz |
| 21–23 Feb. 2021 | the file is on an open forum | AFP, Zataz |
| 23 Feb. 2021 | the CheckNews article; the server is switched off | § 6, § 64 |
| 24 Feb. 2021 | first online check by the CNIL; criminal inquiry | § 7 onwards |
| 4 March 2021 | at the CNIL's request, the Paris court orders the host to be blocked (interim order no. 21/51823) | § 78 |
| 15 April 2022 | fine of 1.5 million euros, articles 28(3), 29 and 32 GDPR | § 82 to 88 |

Two laboratories had asked for their data to be moved from an old program to a new one. **Too much** was extracted (8,403 rows too many for one; for the other, the two comment columns, which nobody had asked for), and those extracts stayed, in clear, on an open server.

> **Caution.** The CNIL says that the failings are *one of the causes* of the leak. About 90% of the published file was on the server, about 10% was not (§ 55, § 58). Never say that this server is the only source: the decision does not.

To read: Légifrance, “Délibération SAN-2022-009 du 15 avril 2022”; cnil.fr, press release of 21 April 2022.
"""

# %% [markdown] tags=["fr"]
"""
## Ce que contenait le fichier

Un peu plus de 150 colonnes, dont une cinquantaine sur le patient, beaucoup presque vides. Next INpact les a comptées : 489 838 numéros de sécurité sociale (99,6 % des lignes), 270 569 téléphones fixes, 159 591 mobiles, 55 738 adresses électroniques, 14 997 mots de passe. Voici les mêmes taux dans le double. Ce sont des comptes : aucune valeur ne s’affiche, ici ni ailleurs dans breachkit, sauf si vous l’exigez par `reveal=True`.
"""

# %% [markdown] tags=["en"]
"""
## What the file held

A little over 150 columns, about fifty of them on the patient, many nearly empty. The magazine Next INpact counted: 489,838 social security numbers (99.6% of rows), 270,569 landlines, 159,591 mobiles, 55,738 e-mail addresses, 14,997 passwords. Here are the same rates in the double. These are counts: no value is shown, here or anywhere in breachkit, unless you insist with `reveal=True`.
"""

# %%
shown = ["NIR", "TEL_FIXE", "TEL_MOBILE", "EMAIL", "MOT_DE_PASSE", "COMMENTAIRE_P", "COMMENTAIRE_D"]
table = leak.tables["patients"].select(shown).collect()
filled = table.select((pl.col(name).fill_null("") != "").mean() for name in shown)
sheet(filled.unpivot(variable_name="column", value_name="share"))

# %% [markdown] tags=["fr"]
"""
Remarquez les deux dernières lignes : peu de commentaires. Aucune source n’en donne le nombre, c’est donc une **hypothèse** du générateur (1 à 3 % des lignes), écrite comme telle dans son profil. C’est pourtant là que dort le plus grave.

## Pourquoi de fausses données naïves mentent sur le risque

On pourrait fabriquer un faux fichier avec un générateur ordinaire. Les noms seraient faux, les lignes nombreuses, tout aurait l’air vrai. Mais le risque mesuré dessus serait **faux dans les deux sens**. Comptons la part des gens *seuls* avec leur sexe, leur année de naissance et leur code postal : ceux qu’un voisin retrouverait sans effort. Puis la part des gens seuls à porter leur nom et leur prénom.
"""

# %% [markdown] tags=["en"]
"""
Look at the last two rows: few comments. No source gives their number, so it is an **assumption** of the generator (1 to 3% of rows), written as such in its profile. Yet the gravest things sleep there.

## Why naive fake data lies about risk

One could make a fake file with an ordinary generator. The names would be false, the rows many, all would look real. But the risk measured on it would be **wrong in both directions**. Let us count the share of people *alone* with their sex, birth year and postcode: those whom a neighbour would find without effort. Then the share of people who alone bear their surname and first name.
"""

# %%
from faker import Faker

known = ["sex", pl.col("birth_date").dt.year().alias("year"), "postcode"]
truth = leak.truth.people.select(known).collect()
france = bk.synthesize("national", patients=SIZE, seed=SEED).truth.people.select(known).collect()
Faker.seed(SEED)
fake = Faker("fr_FR")
naive = truth.with_columns(postcode=pl.Series([fake.postcode() for _ in range(truth.height)]))


# %%
def alone(people):
    """Share of people alone with these values."""
    sizes = people.group_by(people.columns).len()
    return (sizes["len"] == 1).sum() / people.height


worlds = {"Faker": naive, "France": france, "leak-2021": truth}
sheet(pl.DataFrame({"world": list(worlds), "alone": [alone(people) for people in worlds.values()]}))

# %%
named = leak.truth.people.select("usual_name", "first_name").collect()
invented = pl.DataFrame([(fake.last_name(), fake.first_name()) for _ in range(SIZE)], orient="row")
sheet(pl.DataFrame({"names": ["fake names", "Insee"], "alone": [alone(invented), alone(named)]}))

# %% [markdown] tags=["fr"]
"""
Dans un si petit fichier, les trois mondes se ressemblent : presque tout le monde y est seul. C’est à **491 840 personnes** que l’écart éclate. Voici ce que donnent les trois cellules ci-dessus avec `SIZE = 491_840` et la graine 2021 (une minute environ ; un test de breachkit refait ce calcul) :

| monde | seuls par sexe, année, code postal |
|---|---|
| codes postaux tirés au hasard (Faker) | **95,4 %** |
| toute la France, selon la population des communes | **44,1 %** |
| les six départements de la fuite | **4,2 %** |

| noms | seuls par nom et prénom |
|---|---|
| 400 noms et 215 prénoms (Faker) | **0,3 %** |
| distribués comme ceux de l’Insee | **92,5 %** |

Les codes postaux naïfs grossissent le risque vingt fois ; les noms naïfs l’effacent. Un outil qui ignore cela annonce une catastrophe où il n’y en a pas, et la paix là où il y en a une.

La leçon vaut pour tout audit : **avant de croire un chiffre de risque, demandez sur quelle population il a été compté.**

## La vérité, table par table

Le double porte sa vérité dans `leak.truth` : `people` (qui est qui), `households` (les foyers), `facts` (chaque fait sensible, avec sa colonne, sa place et son statut), `damage` (les cellules abîmées). Vous la retrouverez dans tous les exercices : c’est elle qui calcule le corrigé, quelle que soit la graine.
"""

# %% [markdown] tags=["en"]
"""
In so small a file the three worlds look alike: nearly everybody is alone. It is at **491,840 people** that they part. The three cells above, with `SIZE = 491_840` and seed 2021, give (in about a minute; a test of breachkit computes it again):

| world | alone by sex, year, postcode |
|---|---|
| postcodes drawn at random (Faker) | **95.4%** |
| all of France, by population of the communes | **44.1%** |
| the six departments of the leak | **4.2%** |

| names | alone by surname and first name |
|---|---|
| 400 surnames and 215 first names (Faker) | **0.3%** |
| spread as Insee, the French statistics office, finds them | **92.5%** |

Naive postcodes swell the risk twentyfold; naive names wipe it out. A tool that ignores this announces a disaster where there is none, and peace where there is one.

The lesson holds for any audit: **before you believe a figure of risk, ask on which population it was counted.**

## The truth, table by table

The double carries its truth in `leak.truth`: `people` (who is who), `households`, `facts` (each sensitive fact, with its column, place and status), `damage` (the damaged cells). You will meet it in every exercise: the answer key is computed from it, whatever the seed.
"""

# %%
facts = leak.truth.facts.collect()
people = facts.group_by("category").agg(people=pl.col("person_id").n_unique())
sheet(people.sort("people", "category", descending=[True, False]), most=8)

# %% [markdown] tags=["fr"]
"""
## Exercices

**1.** Combien de personnes du fichier portent le titre « enfant » ou « bébé » ? (Dans la vérité, un fait de catégorie `minor`.)
"""

# %% [markdown] tags=["en"]
"""
## Exercises

**1.** How many people in the file carry the title “enfant” (child) or “bébé” (baby)? (In the truth, a fact of category `minor`.)
"""

# %% tags=["exercise"]
answer_1 = None

# %% tags=["solution"]
answer_1 = leak.truth.facts.filter(category="minor").collect()["person_id"].n_unique()

# %% tags=["check"]
exercise("minors", leak).check(answer_1)

# %% [markdown] tags=["fr"]
"""
**2.** Le numéro de sécurité sociale désigne-t-il une seule personne ? Combien de personnes portent celui d’une autre ?
"""

# %% [markdown] tags=["en"]
"""
**2.** Does the social security number point to one person only? How many people carry somebody else's?
"""

# %% tags=["exercise"]
answer_2 = None

# %% tags=["solution"]
answer_2 = leak.truth.people.filter(pl.col("nir_of") != pl.col("person_id")).collect()["person_id"].n_unique()

# %% [markdown] tags=["fr", "solution"]
"""
Un enfant figure souvent sous le numéro du parent qui l’assure. Fusionner les lignes par ce seul numéro confondrait l’enfant et sa mère : voilà pourquoi `consolidate` exige davantage.
"""

# %% [markdown] tags=["en", "solution"]
"""
A child often stands under the number of the parent who insures it. Merging rows by this number alone would make one of child and mother: that is why `consolidate` asks for more.
"""

# %% tags=["check"]
exercise("shared_nir", leak).check(answer_2)

# %% [markdown] tags=["fr"]
"""
**3.** Quelle part des personnes (de 0 à 1) est seule avec son sexe, son année de naissance et son code postal ? Changez `SIZE` et recommencez : que devient-elle, et pourquoi ?
"""

# %% [markdown] tags=["en"]
"""
**3.** Which share of the people (0 to 1) is alone with sex, birth year and postcode? Change `SIZE` and start again: what becomes of it, and why?
"""

# %% tags=["exercise"]
answer_3 = None

# %% tags=["solution"]
born = pl.col("birth_date").dt.year().alias("year")
sizes = leak.truth.people.group_by("sex", born, "postcode").len().collect()
answer_3 = (sizes["len"] == 1).sum() / SIZE

# %% tags=["check"]
exercise("unique_birth_year", leak).check(answer_3)

# %% [markdown] tags=["fr"]
"""
**Suite :** [2. Ce que le fichier révèle](02-what-it-reveals.ipynb)
"""

# %% [markdown] tags=["en"]
"""
**Next:** [2. What it reveals](02-what-it-reveals.ipynb)
"""
