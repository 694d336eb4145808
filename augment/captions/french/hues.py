"""Where French words of colour name no colour, and where one cannot tell. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

HUES = (
    Reading(
        "other",
        "names",
        """
        croix&Cap|mer|place|armée&Cap [ROUGE|NOIR]
        maison&Cap [blanche&Cap]
        les [bleus&Cap|verts&Cap]
        """,
    ),
    Reading(
        "other",
        "food, drink, animals and flowers by their names",
        """
        vin|vins [ROUGE|BLANC]
        verre|verres|bouteille|bouteilles de [rouge|blanc]
        thé|thés [VERT|NOIR]
        café|cafés|mouton|chocolat|chocolats [NOIR]
        chocolat|chocolats|pain|pains|poivre|viande|viandes|requin|requins [BLANC]
        haricot|haricots [VERT|ROUGE|BLANC|NOIR]
        olive|olives [VERT|NOIR]
        pain|pains|poivre [NOIR]
        chou|choux|oignon|oignons|fruits|viande|viandes [ROUGE]
        ours [BRUN|BLANC|NOIR]
        panda|pandas [ROUX]
        or [noir]
        [blanc] d' œuf
        [blanc|blancs] de poulet
        NUMBERED [orange|oranges] !( et COLOUR ) FRUITLIKE|$
        jus|tranche|tranches|quartier|quartiers|zeste|zestes|peau|pelure|pelures d' [orange|oranges]
        une|la|cette|sa|des|les|deux|trois|quelques|au|aux|ces [rose|roses]
        d' une [rose]
        de [roses]
        des|les|quelques [violettes|marrons]
        bouquet de [violettes]
        """,
    ),
    Reading(
        "other",
        "expressions that hold a colour and have none",
        """
        numéro|espaces [VERT]
        carte|cartes [ROUGE|JAUNE|BLEU|VERT]
        tapis|fil|liste [ROUGE]
        liste|marché|boîte|trou|trous [NOIR]
        nuit|nuits|arme|armes|col|cols [BLANC]
        col|cols [BLEU]
        [noir] et|sur blanc
        noir et|sur [blanc]
        le|un [bleu] de travail
        le|un [bleu] au genou
        carnet|carnets [ROSE]
        chat|chats [NOIR] porte
        """,
    ),
    Reading(
        "unclear",
        "people, lights, and what is of metal",
        """
        METAL [DORÉ|ARGENTÉ]
        boucle|boucles d' oreille|oreilles [DORÉ|ARGENTÉ]
        [BLOND|ROUX]
        un|une|le|la|les|des|PEOPLE [BRUN]
        HAIR WORD? [COLOUR]
        PEOPLE [NOIR|BLANC]
        les|des|aux|deux [noirs|blancs]
        feu|feux WORD? WORD? WORD? [COLOUR]
        au [rouge|vert|orange] END|.|,|;
        joue|joues|visage|visages [COLOUR]
        """,
    ),
)
