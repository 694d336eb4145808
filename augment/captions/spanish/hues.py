"""Where Spanish words of colour name no colour, and where one cannot tell. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

HUES = (
    Reading(
        "other",
        "names",
        """
        cruz&Cap|plaza&Cap|ejército&Cap [ROJO&Cap]
        mar [ROJO|NEGRO]
        casa&Cap [blanca&Cap]
        """,
    ),
    Reading(
        "other",
        "food, drink, animals and flowers by their names",
        """
        vino|vinos [BLANCO|ROSADO]
        té|tés [VERDE|NEGRO]
        café|oveja [NEGRO]
        chocolate|chocolates|pan|pimienta [NEGRO|BLANCO]
        judías|alubias [verdes|blancas|rojas]
        frijoles|porotos [negros|rojos|verdes]
        aceitunas [verdes|negras]
        arroz|tiburón|carne|carnes [BLANCO]
        carne|carnes|panda|pandas|cebolla|cebollas [ROJO]
        cebolla|cebollas [MORADO]
        oso|osos [PARDO|NEGRO|BLANCO]
        ballena|ballenas|príncipe [AZUL]
        NUMBERED [naranja|naranjas] !( y|claro|oscuro COLOUR ) FRUITLIKE|$
        zumo|zumos|jugo|jugos|rodaja|rodajas|gajo|gajos|cáscara|cáscaras|mermelada|árbol de [naranja|naranjas]
        trozo|trozos|kilo|cesta|bolsa|cuenco de [naranja|naranjas]
        una|la|las|dos|tres|unas|varias|esta [rosa|rosas] !claro|oscuro|pálido
        ramo|pétalos de [rosa|rosas] !claro|oscuro|pálido
        ramo de [violetas]
        las|unas [violetas]
        """,
    ),
    Reading(
        "other",
        "expressions that hold a colour and have none",
        """
        alfombra [ROJO]
        tarjeta|tarjetas [ROJO|AMARILLO|VERDE]
        números [rojos]
        luz [verde] a
        lista|mercado|caja|agujero|agujeros [NEGRO]
        camisa|camisas [NEGRO] de
        [blanco] y negro
        blanco y [negro]
        zonas|viejo|chiste|chistes [VERDE]
        páginas [amarillas]
        en [blanco] END|.|,|;
        página|hoja|papel en [blanco]
        """,
    ),
    Reading(
        "unclear",
        "people, lights, and what is of metal",
        """
        METAL [DORADO|PLATEADO]
        [RUBIO|PELIRROJO|CASTAÑO]
        HAIR WORD? [COLOUR]
        PEOPLE [NEGRO|BLANCO]
        los|unos|dos [negros|blancos]
        semáforo|semáforos WORD* [COLOUR]
        luz|luces|cara|caras|mejillas [COLOUR]
        en [rojo|verde] END|.|,|;
        """,
    ),
)
