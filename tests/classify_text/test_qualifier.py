"""Sentences of our own: ``[span]`` is what is judged, the letter after it is the status expected."""

import re
from collections import Counter

import pytest

from breachkit.classify.text import qualify
from breachkit.classify.text.cues import spellings
from breachkit.facts import table

LETTERS = {
    "N": "negated",
    "A": "asserted",
    "S": "suspected",
    "O": "other_person",
    "H": "history",
    "P": "prevention",
    "T": "tested",
}
SPAN = re.compile(r"\[([^\]]+)\]([NASOHPT])")

FRENCH = """
Pas de [fièvre]N.
Pas de [fièvre]N, [toux]N ni [dyspnée]N.
Absence d'[adénopathie]N palpable.
Aucune [lésion]N suspecte n'est visible.
L'examen clinique ne retrouve ni [hépatomégalie]N ni [splénomégalie]N.
Le scanner n'a pas mis en évidence de [métastase]N hépatique.
Il n'existait pas de [syndrome inflammatoire]N.
La biopsie n'a pas montré de [tumeur]N.
Patiente sans [antécédent]N notable, admise pour une [fracture]A du col.
Il n'y a pas d'argument pour une [embolie pulmonaire]N, mais une [pneumopathie]A droite.
Les [hémocultures]N sont restées négatives.
La recherche de [BK]N est négative.
[Sérologie VIH]N négative, [sérologie VHC]A positive.
Une [adénopathie]N n'a pas été retrouvée.
La [tumeur]N n'était plus visible au contrôle.
Aucun doute sur la [tumeur]A.
Pas d'amélioration de la [toux]A.
L'échographie ne montre qu'un [nodule]A bénin.
Le patient n'a pas d'[asthme]N mais présente une [BPCO]A sévère.
Patient apyrétique, sans [frissons]N, avec une [toux]A grasse.
[Phlébite]N éliminée par le Doppler.
Il nie toute [consommation d'alcool]N.
Patient indemne de toute [pathologie cardiaque]N.
[Nodule]N non retrouvé.
Abdomen souple, [rate]N non palpable.
Le patient présente une [toux]A, pas de [fièvre]N.
La patiente se plaint de [céphalées]A sans [nausées]N ni [vomissements]N.
Pas de [diabète]N, le patient a une [hypertension]A.
Sans [douleur thoracique]N, [palpitations]N ou [syncope]N.
Le bilan élimine une [cause infectieuse]N.
Malgré l'absence de [fièvre]N, une [méningite]A est confirmée.
Le diagnostic de [lupus]N est écarté.
Absence de [fièvre]N, présence d'une [toux]A.
Suspicion de [phlébite]S.
[Cancer]S à éliminer.
On ne peut exclure une [récidive]S.
Le scanner évoque une [métastase]S.
Mère décédée d'un [cancer]O du sein.
Antécédents familiaux de [diabète]O.
Conjoint [VIH+]O.
ATCD de [tuberculose]H.
[Hépatite]H guérie.
Vaccination contre l'[hépatite B]P.
Dépistage du [cancer]T colorectal.
[hépatite C]N : négatif
[VIH]N : nég.
[VIH]N (-), [VHB]A (+)
Pas de notion de [contage]N.
Le [syndrome méningé]N était absent.
Jamais de [convulsions]N.
Elle n'a jamais présenté de [crise]N.
Non [diabétique]N, non [fumeur]N.
L'IRM cérébrale était normale, sans [lésion]N ischémique.
Il n'y avait aucun signe de [choc]N.
Disparition de l'[épanchement]N.
On note une [anémie]A et on ne note pas de [thrombopénie]N.
"""

ENGLISH = """
The patient denies [chest pain]N, [shortness of breath]N or [nausea]N.
No evidence of [pneumonia]N.
There is no [pleural effusion]N but there is [cardiomegaly]A.
[Pneumonia]N was ruled out.
She presented without [fever]N.
Negative for [malignancy]N.
The patient is free of [pain]N.
HIV [serology]N negative.
No increase in [effusion]A.
Not only [anxiety]A but also [depression]A.
Gram negative [sepsis]A.
Rule out [myocardial infarction]S.
Possible [pneumonia]S.
Mother with [breast cancer]O.
Family history of [diabetes]O.
History of [stroke]H.
The [rash]N has resolved.
[Appendicitis]S cannot be excluded.
There were no [murmurs]N, [rubs]N, or [gallops]N.
The patient has [hypertension]A and denies [diabetes]N.
Lungs are clear without [wheezes]N or [rales]N.
She has [headache]A, no [photophobia]N.
No [fever]N, she has [cough]A.
Neither [edema]N nor [cyanosis]N was seen.
The [mass]N was not seen on CT.
He never had [hepatitis]N.
CT failed to reveal [metastases]N.
[Ascites]N is absent.
Screening for [breast cancer]T.
Vaccination against [hepatitis B]P.
She does not have [asthma]N.
The patient complains of [nausea]A without [vomiting]N.
No [adenopathy]N is appreciated.
Patient with no [known allergies]N who presents with [dyspnea]A.
"""


def cases(block, lang):
    for line in block.strip().splitlines():
        text = SPAN.sub(r"\1", line)
        shift = 0
        for match in SPAN.finditer(line):
            start = match.start() - shift
            shift += 3
            yield pytest.param(text, start, start + len(match[1]), LETTERS[match[2]], lang, id=line[:60])


@pytest.mark.parametrize(
    ("text", "start", "end", "status", "lang"), [*cases(FRENCH, "fr"), *cases(ENGLISH, "en")]
)
def test_status(text, start, end, status, lang):
    assert qualify([text], [start], [end], lang=lang)[0] == status, text[start:end]


def test_no_row_of_cues_is_covered_by_others():
    keys = ("lang", "kind", "position", "scope")
    rows = [
        [(one, *(row[key] for key in keys)) for one in spellings(row["cue"])]
        for row in table("classify/text", "cues").to_dicts()
    ]
    times = Counter(one for row in rows for one in row)
    assert [row[0] for row in rows if all(times[one] > 1 for one in row)] == []
