"""German words by the classes that its readings speak of; all others are nouns."""

from __future__ import annotations

from augment.captions.german.colours import FORMS
from augment.captions.grammar.tokens import Lexicon

WORDS = {
    "SIDE": "linke linken linker linkes linkem links rechte rechten rechter rechtes rechtem rechts",
    "RIGHTS": "rechte rechten rechter rechtes rechtem",
    "SIDES": "linke linken linker linkes linkem rechte rechten rechter rechtes rechtem",
    "OWNER": """
        der die das den dem des ein eine einen einer einem eines sein seine seinen seiner seinem seines ihr ihre ihren ihrer
        ihrem ihres mein meine meinen meiner meinem dein deine deinen deiner deinem im am zum zur vom beim ins ans dieser
        diese diesen diesem jeder jede jeden jedem kein keine keinen keiner keinem
    """,
    "CORRECT": """
        wort worte worten zeitpunkt zeit moment augenblick maß ort fleck platz stelle ding dinge dingen weg mittel glaube
        glauben freude licht mann frau partner antwort stimmung schwung art gefühl verhältnis sinn rahmen
    """,
    "POLITICS": """
        szene szenen partei* gewalt parole parolen politiker* gruppe gruppen gruppierung* demo* hetze extremist* kräfte kräften
        lager gesinnung aktivist* terror* ideologie jugend* wähler* opposition bewegung* protest* block regierung
    """,
    "BODY": """
        hand hände händen arm arme armen arms bein beine beinen beins fuß* füße füßen auge augen ohr* schulter* knie knies
        ellbogen ellenbogen handgelenk* knöchel* daumen finger fingers *finger wange wangen pfote pfoten huf hufe faust hüfte
        ferse unterarm* oberarm* augenbraue flügel* horn stoßzahn brust handschuh* schuh* socke socken stiefel* ärmel* vorder*
        hinter* lunge lungen* niere backe brustwarze wade oberschenkel* unterschenkel* zeh zehen geweih* schläfe
    """,
    "ENDED": "*e *en *er *es *em",
    "SEEN": "gesehen fotografiert aufgenommen betrachtet auf",
    "IS": """
        ist sind hat haben trägt steht sitzt liegt zeigt hält schaut von davon der und mit in auf im am war läuft fährt blickt
    """,
    "PANDA": "panda*",
    "SHARK": "hai* storch*",
    "PHOTO": "foto* film* aufnahme* bild*",
    "HAIR": "haar* bart* locken zopf zöpfe* schnurrbart haut mähne augenbrauen vollbart",
    "PEOPLE": """
        mann männer* frau frauen person* mensch* junge* mädchen familie jugendliche* bevölkerung amerikaner*
    """,
    "METAL": """
        ring* kette* uhr* ohrring ohrringe ohrringen armband armreif medaille* krone* pokal* statue* münze* löffel* rahmen
    """,
    "LIGHT": "ampel* licht",
}
COLOURED = {"rot": "ROT", "weiß": "WEISS", "schwarz": "SCHWARZ", "gelb": "GELB", "grün": "GRÜN", "braun": "BRAUN", "blau": "BLAU",
            "golden": "GOLDEN", "silbern": "SILBERN", "blond": "BLOND"}  # fmt: skip
"""Words of colour that have a class of their own: all their forms."""
LEXICON = Lexicon(
    {
        **{name: words.split() for name, words in WORDS.items()},
        **{name: FORMS[word] for word, name in COLOURED.items()},
        "COLOUR": [form for forms in FORMS.values() for form in forms],
    }
)
