# %% [markdown]
"""
# breachkit

[Français](#Français) · [English](#English)

Qui est exposé par un fichier qui a fui, à qui, à quoi, avec quelle gravité ; et qu’est-ce qui l’aurait empêché ?
*Who is exposed by a leaked file, to whom, to what, how badly; and what would have prevented it?*
"""

# %% [markdown]
"""
## Français

Tout se passe sur votre machine, sans réseau, sur des données **inventées**. Chaque carnet se lit en un quart d’heure et s’exécute seul, en moins de trente secondes : menu *Run › Run All Cells*.

| | carnet | corrigé |
|---|---|---|
| 1 | [La fuite](fr/01-the-leak.ipynb) | [corrigé](fr-solutions/01-the-leak.ipynb) |
| 2 | [Ce que le fichier révèle](fr/02-what-it-reveals.ipynb) | [corrigé](fr-solutions/02-what-it-reveals.ipynb) |
| 3 | [Qui peut être retrouvé](fr/03-who-can-be-found.ipynb) | [corrigé](fr-solutions/03-who-can-be-found.ipynb) |
| 4 | [Ce qu’on peut en faire](fr/04-what-can-be-done-with-it.ipynb) | [corrigé](fr-solutions/04-what-can-be-done-with-it.ipynb) |
| 5 | [Quelle gravité](fr/05-how-grave.ipynb) | [corrigé](fr-solutions/05-how-grave.ipynb) |
| 6 | [Ce qui l’aurait empêché](fr/06-what-would-have-prevented-it.ipynb) | [corrigé](fr-solutions/06-what-would-have-prevented-it.ipynb) |
| 7 | [Votre propre fichier](fr/07-your-own-file.ipynb) | [corrigé](fr-solutions/07-your-own-file.ipynb) |
| 8 | [Pour les chercheurs](fr/08-for-researchers.ipynb) | [corrigé](fr-solutions/08-for-researchers.ipynb) |

**Par où commencer ?**

- **Vous découvrez l’affaire**, ou vous suivez un cours : [carnet 1](fr/01-the-leak.ipynb), puis dans l’ordre.
- **Vous auditez** un vrai fichier : [carnet 7](fr/07-your-own-file.ipynb), puis le 3 et le 5 pour comprendre ce que vous signez.
- **Vous formez** : carnets 1, 2 et 6, le tableau des interrupteurs au vidéoprojecteur. Les corrigés se calculent pour **toute graine** : donnez-en une différente à chaque groupe. Une fiche du formateur est dans `docs/teaching.md`.
- **Vous cherchez** : [carnet 8](fr/08-for-researchers.ipynb).
- **Vous êtes pressé** : [carnet 6](fr/06-what-would-have-prevented-it.ipynb), et jouez.
"""

# %% [markdown]
"""
## English

All happens on your machine, without network, on **invented** data. Each notebook reads in a quarter of an hour and runs alone, in under thirty seconds: menu *Run › Run All Cells*.

| | notebook | solutions |
|---|---|---|
| 1 | [The leak](en/01-the-leak.ipynb) | [solutions](en-solutions/01-the-leak.ipynb) |
| 2 | [What it reveals](en/02-what-it-reveals.ipynb) | [solutions](en-solutions/02-what-it-reveals.ipynb) |
| 3 | [Who can be found](en/03-who-can-be-found.ipynb) | [solutions](en-solutions/03-who-can-be-found.ipynb) |
| 4 | [What can be done with it](en/04-what-can-be-done-with-it.ipynb) | [solutions](en-solutions/04-what-can-be-done-with-it.ipynb) |
| 5 | [How grave](en/05-how-grave.ipynb) | [solutions](en-solutions/05-how-grave.ipynb) |
| 6 | [What would have prevented it](en/06-what-would-have-prevented-it.ipynb) | [solutions](en-solutions/06-what-would-have-prevented-it.ipynb) |
| 7 | [Your own file](en/07-your-own-file.ipynb) | [solutions](en-solutions/07-your-own-file.ipynb) |
| 8 | [For researchers](en/08-for-researchers.ipynb) | [solutions](en-solutions/08-for-researchers.ipynb) |

**Where to begin?**

- **The case is new to you**, or you attend a course: [notebook 1](en/01-the-leak.ipynb), then in order.
- **You audit** a real file: [notebook 7](en/07-your-own-file.ipynb), then 3 and 5 to understand what you sign.
- **You teach**: notebooks 1, 2 and 6, the panel of switches on the projector. Answer keys are computed for **any seed**: give each group another. A trainer's sheet is in `docs/teaching.md`.
- **You do research**: [notebook 8](en/08-for-researchers.ipynb).
- **You are in a hurry**: [notebook 6](en/06-what-would-have-prevented-it.ipynb), and play.
"""

# %% [markdown]
"""
*Est-ce que tout est en place ? Exécutez la cellule suivante. · Is all in place? Run the next cell.*
"""

# %%
import breachkit

breachkit.__version__
