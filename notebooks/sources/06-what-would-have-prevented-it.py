# %% [markdown] tags=["fr"]
"""
# 6. Ce qui l’aurait empêché

*Lecture : 10 à 20 minutes, figures, tableaux et exercices compris ; le texte seul, 5 minutes. Exécution : moins de 30 secondes.*

Au titre de la sécurité (article 32), la CNIL relève **six manquements** (communiqué du 21 avril 2022 ; SAN-2022-009, § 56 et 60 à 65) :

1. aucune procédure propre aux migrations de données ;
2. aucun chiffrement des données sur le serveur ;
3. aucun effacement automatique après la migration ;
4. aucune authentification, depuis Internet, sur la zone publique du serveur ;
5. des comptes **partagés** entre plusieurs employés sur la zone privée ;
6. aucune supervision ni remontée des alertes de sécurité.

Lequel a coûté le plus ? La question paraît simple ; elle ne l’est pas, car les manquements **se recouvrent**. Si les fichiers sont chiffrés, un accès ouvert ne livre plus rien ; si rien ne traîne sur le serveur, le chiffrement ne sert plus à grand-chose. Chaque mesure vaut ce que valent les autres.

> **Prudence.** La CNIL dit que ces manquements sont *l’une des causes* de la fuite. Ce qui suit est une **simulation** d’un serveur de ce genre. Elle classe des mesures ; elle ne prouve rien sur l’affaire.
"""

# %% [markdown] tags=["en"]
"""
# 6. What would have prevented it

*Reading: 10 to 20 minutes with figures, tables and exercises; the text alone, 5 minutes. Running: under 30 seconds.*

Under security (article 32), the CNIL notes **six failings** (press release of 21 April 2022; SAN-2022-009, § 56 and 60 to 65):

1. no procedure of their own for data migrations;
2. no encryption of the data on the server;
3. no automatic deletion after the migration;
4. no authentication, from the Internet, on the public zone of the server;
5. accounts **shared** by several employees on the private zone;
6. no monitoring and no escalation of security alerts.

Which one cost most? The question looks simple; it is not, for failings **overlap**. If files are encrypted, open access gives nothing away; if nothing lies about on the server, encryption is of little use. Each safeguard is worth what the others leave it.

> **Caution.** The CNIL says that these failings are *one of the causes* of the leak. What follows is a **simulation** of a server of that kind. It ranks safeguards; it proves nothing about the case.
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
whatif = bk.what_if(leak, "dedalus-2021", seed=1)
whatif

# %% [markdown] tags=["fr"]
"""
## Comment on a compté

Six mesures, chacune présente ou absente : **64 serveurs possibles**. Pour chacun, la simulation rejoue deux mille fois la même histoire : des fichiers arrivent, restent, s’en vont ; des curieux essaient la porte ; un jour, quelqu’un remarque, ou personne. À la fin, on regarde combien de gens sont lisibles dans ce qui a été pris.

Les efficacités sont des **fourchettes** jugées (chacune avec sa source et sa note), et les 64 serveurs partagent les mêmes tirages : ce sont les comparaisons qu’il faut croire, pas les chiffres.

Voici les 64, du pire au meilleur. Un carré vert veut dire « mesure présente » :
"""

# %% [markdown] tags=["en"]
"""
## How it was counted

Six safeguards, each there or not: **64 possible servers**. For each, the simulation plays the same history two thousand times: files come, stay, leave; the curious try the door; one day somebody notices, or nobody does. At the end one looks at how many people can be read in what was taken.

Efficacies are judged **ranges** (each with its source and grade), and the 64 servers share the same draws: it is the comparisons that deserve belief, not the figures.

Here are the 64, from worst to best. A green square means “safeguard present”:
"""

# %%
whatif.plot("matrix")

# %% [markdown] tags=["fr"]
"""
## Le tableau des interrupteurs

À vous. Cochez une mesure : la barre bleue bouge aussitôt. Essayez le chiffrement seul, puis la supervision seule, puis les deux : le second n’apporte plus grand-chose. Puis décochez tout et cherchez **les deux mesures les moins chères** qui suffiraient. Le trait pointillé est l’intervalle à 90 % : regardez-le avant la barre. Quand il va de 0 à 0 et que la moyenne n’est pas nulle, ce n’est pas une faute : neuf fois sur dix et plus, rien de lisible ne sort ; la fois restante, il en sort autant que sans la mesure.
"""

# %% [markdown] tags=["en"]
"""
## The panel of switches

Your turn. Tick a safeguard: the blue bar moves at once. Try encryption alone, then monitoring alone, then both: the second adds little. Then untick everything and look for **the two cheapest safeguards** that would do. The dashed line is the 90% interval: look at it before the bar. Where it goes from 0 to 0 and the mean is not zero, that is no mistake: nine times in ten and more nothing readable gets out; the other time, as much gets out as without the safeguard.
"""

# %% tags=["panel"]
whatif.panel()

# %% [markdown] tags=["fr"]
"""
*(Sans JupyterLab, la figure des 64 combinaisons ci-dessus dit la même chose : une ligne par position des interrupteurs.)*

## Partager équitablement le mérite

« Le chiffrement aurait évité 95 % des dégâts » et « l’authentification en aurait évité 80 % » peuvent être vrais ensemble, et leur somme absurde. La **part de Shapley** résout cela : on ajoute les mesures une à une, dans tous les ordres possibles (720), on note ce que chacune épargne quand vient son tour, et l’on prend la moyenne. Les parts s’additionnent alors exactement jusqu’au total évité.
"""

# %% [markdown] tags=["en"]
"""
*(Without JupyterLab, the figure of the 64 combinations above says the same: one row per position of the switches.)*

## Sharing merit fairly

“Encryption would have avoided 95% of the damage” and “authentication would have avoided 80%” can both be true, and their sum absurd. The **Shapley share** settles it: add the safeguards one by one, in every possible order (720), note what each spares when its turn comes, and take the mean. The shares then add up exactly to what is avoided in all.
"""

# %%
whatif.plot("shapley")

# %% [markdown] tags=["fr"]
"""
La procédure de migration a une part nulle : scandale ? Non. Cette figure compte des **personnes exposées**. Ne pas extraire les commentaires n’enlève aucune ligne au fichier : les gens y sont toujours, mais le fichier dit moins d’eux. Changez la question, et la réponse change. Voici combien de personnes, en moyenne, seraient révélées par catégorie, sans la procédure puis avec elle seule. Un nombre à virgule est une moyenne sur deux mille histoires : 0,4 personne, c’est une personne prise quatre fois sur dix.
"""

# %% [markdown] tags=["en"]
"""
The migration procedure has a share of zero: a scandal? No. This figure counts **people exposed**. Not extracting the comments takes no row out of the file: the people are still there, but the file says less of them. Change the question and the answer changes. Here is how many people, on average, would be revealed per category, without the procedure and then with it alone. A fraction is a mean over two thousand histories: 0.4 people is one person, taken four times in ten.
"""

# %%
on = pl.sum_horizontal(pl.col(one.id).cast(pl.Int8) for one in whatif.safeguards)
by_category = whatif.categories.filter(on <= pl.col("migration_procedure").cast(pl.Int8))
names = {"true": "with the procedure", "false": "without it"}
sheet(by_category.pivot("migration_procedure", index="category", values="people").rename(names))

# %% [markdown] tags=["fr"]
"""
Plusieurs des catégories les plus lourdes, dont le VIH, tombent à zéro ou presque : elles ne vivaient que dans deux colonnes qu’un laboratoire n’avait pas demandées. D’autres ne bougent guère, comme le cancer ou la santé mentale : c’est la spécialité du médecin qui les trahit, et elle reste dans le fichier. Ce calcul-là est exact, sans fourchette d’efficacité. Retenez-le pour vos rapports : **il n’y a pas de « meilleure mesure » sans dire pour quoi.**

## Par où commencer ?

Le mérite moyen n’est pas un ordre de travaux. Si l’on ne peut faire qu’une chose ce mois-ci, puis une autre le mois suivant :
"""

# %% [markdown] tags=["en"]
"""
Several of the gravest categories, HIV among them, fall to zero or nearly: they lived only in two columns that one laboratory had not asked for. Others hardly move, such as cancer or mental health: the speciality of the doctor gives them away, and it stays in the file. That computation is exact, with no range of efficacy. Keep it for your reports: **there is no “best safeguard” without saying for what.**

## Where to begin?

Mean merit is not an order of work. If only one thing can be done this month, then another the next:
"""

# %%
whatif.plot("waterfall")

# %% [markdown] tags=["fr"]
"""
Après la première ou la deuxième marche, l’escalier est presque plat. Ce n’est pas une raison de s’arrêter : une mesure tombe en panne, une clé se perd, un stagiaire la contourne. La **défense en profondeur** achète de l’assurance contre l’échec des autres. Les paires le disent : les unes se remplacent (`substitute`), les autres se complètent (`complement`). L’interaction est ce que les deux ensemble évitent de plus, ou de moins (−), que la somme de chacune, en part du dommage :
"""

# %% [markdown] tags=["en"]
"""
After the first or second step the stairs are nearly flat. That is no reason to stop: a safeguard breaks down, a key is lost, a trainee goes round it. **Defence in depth** buys insurance against the failure of the others. The pairs say so: some replace each other (`substitute`), some complete each other (`complement`). The interaction is what the two together avoid beyond, or short of (−), the sum of each, as a share of the damage:
"""

# %%
pairs = whatif.pairs.filter(outcome="people").select("first", "second", "interaction", "verdict")
sheet(pairs.sort(pl.col("interaction").abs(), descending=True), most=6)

# %% [markdown] tags=["fr"]
"""
## Exercices

Deux excès d’extraction sont certains, et leur effet se **compte** au lieu de se simuler.

**1.** Un laboratoire n’avait demandé que les patients vus à partir du 7 mai 2017 (SAN-2022-009, § 45 : 8 403 lignes de trop). Si la même période valait pour tout le fichier, combien de personnes du double n’auraient pas dû s’y trouver ?
"""

# %% [markdown] tags=["en"]
"""
## Exercises

Two excesses of extraction are certain, and their effect is **counted** rather than simulated.

**1.** One laboratory had asked only for patients seen from 7 May 2017 on (SAN-2022-009, § 45: 8,403 rows too many). If the same period held for the whole file, how many people of the double should not have been in it?
"""

# %% tags=["exercise"]
answer_1 = None

# %% tags=["solution"]
from breachkit.circumstances import load

early = pl.col("visit_date") < load("dedalus-2021").scope_from
answer_1 = leak.truth.people.filter(early).collect()["person_id"].n_unique()

# %% tags=["check"]
exercise("out_of_scope", leak).check(answer_1)

# %% [markdown] tags=["fr"]
"""
**2.** Un autre laboratoire n’avait pas demandé les deux colonnes de commentaires. Combien de personnes ne sont révélées (article 9, tout statut) **que** par elles ?
"""

# %% [markdown] tags=["en"]
"""
**2.** Another laboratory had not asked for the two comment columns. How many people are revealed (article 9, any status) **only** by them?
"""

# %% tags=["exercise"]
answer_2 = None

# %% tags=["solution"]
from breachkit import taxonomy

found = leak.truth.facts.filter(pl.col("category").is_in(taxonomy.category_ids())).collect()
comment = pl.col("column").str.starts_with("COMMENTAIRE")
answer_2 = found.group_by("person_id").agg(comment.all())["column"].sum()

# %% tags=["check"]
exercise("only_comments", leak).check(answer_2)

# %% [markdown] tags=["fr"]
"""
**Suite :** [7. Votre propre fichier](07-your-own-file.ipynb)
"""

# %% [markdown] tags=["en"]
"""
**Next:** [7. Your own file](07-your-own-file.ipynb)
"""
