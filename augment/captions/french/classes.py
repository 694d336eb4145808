"""French words by the classes that its readings speak of; all others are nouns."""

from __future__ import annotations

from augment.captions.french.colours import FORMS
from augment.captions.grammar.tokens import Lexicon

WORDS = {
    "SIDE": "droite droites droit droits gauche gauches",
    "MIDDLE": """
        avant arrière supérieur supérieure supérieurs supérieures inférieur inférieure inférieurs inférieures central centrale
        centraux centrales extérieur extérieure extérieurs extérieures intérieur intérieure intérieurs intérieures antérieur
        antérieure antérieurs antérieures postérieur postérieure postérieurs postérieures opposé opposée opposés opposées
    """,
    "POLITICS": """
        parti partis député députée députés élu élue élus électeur* électrice* candidat candidate candidats candidates
        gouvernement gouvernements politique politiques ministre coalition militant* idée idées journal journaux syndicat
        syndicats opposition mouvement mouvements groupe groupes
    """,
    "POLITICAL": "politique radicale parlementaire conservatrice unie plurielle écologiste",
    "HIS_BODY": """
        bras pied œil oeil genou coude poignet doigt pouce index sein poumon rein mollet talon gant soulier sabot sourcil lobe
        avant-bras orteil profil fémur tibia humérus radius ventricule biceps pectoral cubitus hémithorax auriculaire majeur
    """,
    "HIS_BODIES": "bras pieds yeux genoux coudes poignets doigts pouces seins poumons reins gants sabots orteils lobes",
    "HER_BODY": """
        main jambe oreille épaule joue aile patte hanche cheville cuisse narine paupière tempe mâchoire griffe corne défense
        chaussure botte manche chaussette moufle basket clavicule omoplate fesse aisselle nageoire pince pommette arcade rotule
        rétine carotide oreillette mamelle antenne jambière sandale genouillère
    """,
    "HER_BODIES": "mains jambes oreilles épaules joues ailes pattes hanches chevilles cuisses narines chaussures manches côtes",
    "HIS": """
        côté bord coin flanc hémisphère phare rétroviseur feu clignotant pneu virage tiers quart quadrant panneau volet battant
        montant pilier clocher mur siège tiroir bouton plateau bas-côté trottoir plan écran moteur rail couloir poteau tableau
        lit sens champ bâtiment cadre cadran dessin graphique médaillon essuie-glace robinet haut-parleur rideau accoudoir
        canapé
    """,
    "ITS": "côtés bords coins phares pneus volets sièges murs",
    "HER": """
        partie moitié rive berge voie file page image photo photographie porte fenêtre tour roue colonne marge bordure extrémité
        bande poche portière face section zone case vitre piste travée rangée flèche courbe barre figure lentille enceinte
        poignée main courante lampe chaise façade chambre boucle bretelle lucarne cheminée cloison
    """,
    "THEIR": "roues fenêtres portes voies colonnes parties pages",
    "LEVEL": """
        coin coins bord bords partie parties moitié moitiés tiroir tiroirs étagère étagères angle angles tiers zone zones étage
        étages rangée rangées portion portions lit lits panneau panneaux
    """,
    "UPPER": "supérieur supérieure supérieurs supérieures inférieur inférieure inférieurs inférieures",
    "HIGH": "haut bas",
    "SITE": """
        côté côtés côte côtes rive rives bord bords façade façades aile ailes partie parties entrée entrées mur murs versant
        versants flanc flancs tour tours quai quais extrémité extrémités porte portes pointe pointes plein moitié moitiés
    """,
    "COUNTRY": "europe afrique asie allemagne bloc pays berlin amérique corée pôle caroline gare irlande",
    "SEEN": "vu vue vus vues pris prise prises photographié* filmé* aérienne",
    "NUMBERED": "une l' des deux trois cette d' cinq les quelques",
    "FRUITLIKE": """
        sur dans et à coupé coupée coupés coupées pelé pelée pelés pelées posé posée posés posées avec est sont mûr mûre mûrs
        mûres
    """,
    "HAIR": """
        cheveux barbe barbes moustache moustaches cheveu peau sourcils tresse tresses crinière chevelure boucles
    """,
    "PEOPLE": """
        homme hommes femme femmes personne personnes garçon garçons fille filles gens enfant enfants famille jeune jeunes
        population américain américaine américains américaines
    """,
    "METAL": """
        bague bagues chaîne chaînes collier colliers montre montres médaille médailles couronne couronnes trophée trophées
        statue statues bracelet bracelets pièce pièces cadre cadres cuillère cuillères
    """,
}
COLOURED = "rouge noir blanc vert brun roux jaune bleu rose doré argenté blond".split()
"""Words of colour that have a class of their own, of all their forms: ROUGE."""
LEXICON = Lexicon(
    {
        **{name: words.split() for name, words in WORDS.items()},
        **{word.upper(): FORMS[word] for word in COLOURED},
        "COLOUR": ["_".join(form.split()) for forms in FORMS.values() for form in forms],
    },
    elides=True,
)
