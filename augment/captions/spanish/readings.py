"""What Spanish words of direction mean, by the words beside them. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

SIDES = (
    Reading(
        "seen",
        "the other side of two",
        """
        el|la|los|las [RIGHT&OPPOSED] !a|al|humanos|penal|civil !( de autor|voto|paso )
        """,
    ),
    Reading("own", "sides of a body", "BODY MIDDLE? [SIDE]"),
    Reading(
        "seen",
        "sides of a thing",
        """
        PART MIDDLE? [SIDE]
        ángulo superior|inferior [SIDE]
        """,
    ),
    Reading(
        "other",
        "sides of politics",
        """
        POLITICS WORD? de la? [SIDE]
        extrema|ultra [SIDE] !( de la|el foto|imagen )
        [SIDE] POLITICAL
        """,
    ),
    Reading(
        "other",
        "law, and what is due",
        """
        [derecho|derechos] humanos|civiles|penal|civil|laboral|laborales|romano|internacional|público|privado|fundamentales
        [derecho|derechos] a|al|reservados|mercantil
        [derecho|derechos] de autor|paso|voto|asilo|las|los|la|el|huelga|familia
        [derecho|derechos] y deberes
        tiene|tienen|tener|con|sin|por|en|de|el|los|sus|nuestros|iguales|mis|pleno [derecho|derechos] DUE
        estudia|estudian [derecho|derechos] DUE
        estudiante|estudiantes|facultad|abogado|abogada|abogados|abogadas|clase|clases de|en [derecho]
        libro|libros|profesor|profesora|profesores|profesoras|carrera|doctor|doctora de|en [derecho]
        """.replace("DUE", "!( de la|mi|su foto|imagen|mano ) $|a|de|por|en|y|como|para"),
    ),
    Reading(
        "other",
        "straight on, and upright",
        """
        todo|siga|sigue|sigan|va|van|camina|caminan|caminar|anda|sentado|sentada|sienta|sientan|sentarse [RIGHT]
        mantiene|mantienen|erguido|erguida|ponerse|ponte|siéntate|siempre [RIGHT]
        recto y [RIGHT]
        de pie [RIGHT]
        a [derechas]
        al [derecho]
        hecho|hecha y [derecho|derecha]
        """,
    ),
    Reading(
        "seen",
        "sides",
        """
        a|de|desde|por|hacia|en|sobre la|su|mi|tu|nuestra|vuestra parte? [izquierda|derecha]
        a|de|hacia|por [izquierda|derecha] a|y|o|hacia WORD
        SIDE a [SIDE]
        [SIDE] a SIDE
        la|su [izquierda|derecha] de|del
        la [izquierda|derecha] ,? o|y la
        o|y la [izquierda|derecha]
        """,
    ),
    Reading("own", "a hand", "con la [izquierda|derecha]"),
    Reading(
        "seen",
        "an adjective after its thing",
        """
        el|los|un|unos|del|al|este|ese|cada|su WORD MIDDLE? [izquierdo|izquierdos]
        la|las|una|unas|esta|esa|cada|su|sus WORD MIDDLE? [izquierda|izquierdas]
        la|las|esta|esa|cada WORD MIDDLE? [derecha|derechas]
        el|los|cada WORD MIDDLE? [derecho|derechos] !a|de
        """,
    ),
    Reading(
        "seen",
        "a place in short",
        """
        arriba|abajo|más|muy|superior|inferior|delante|detrás|plano a? la? ,|-? [SIDE]
        [SIDE] :|CLOSE|,
        BEGIN [SIDE] END
        [LEFT]
        """,
    ),
)
HEIGHTS = (
    Reading(
        "other",
        "expressions that hold a height and tell none",
        """
        boca [arriba|abajo]
        calle|cuesta|río|escalera|escaleras|montaña [arriba|abajo]
        de [arriba] a? abajo
        de arriba a? [abajo]
        patas|manos [arriba]
        [arriba] las manos
        SEEN WORD? WORD? desde|de [arriba|abajo]
        """,
    ),
    Reading("seen", "of two levels one", "PART|SHELF [superior|superiores|inferior|inferiores]"),
    Reading(
        "other",
        "ranks, and parts of a body",
        """
        [superior|inferior|superiores|inferiores] a|al
        labio|labios|clase|clases|mandíbula|miembro|miembros|extremidades [superior|inferior|superiores|inferiores]
        calidad|educación|escuela|madre [superior|inferior|superiores|inferiores]
        """,
    ),
    Reading(
        "other",
        "over and under as other than above and below",
        """
        [sobre] todo|DIGITS
        [sobre] las|la|el|los doce|una|DIGITS
        [bajo] el agua|sol
        [bajo] la lluvia
        [bajo] control|presión|techo|cero|llave|arresto
        libro|película|artículo|charla|documental|habla|hablan|discuten|debate|información [sobre]
        un|el [sobre]
        """,
    ),
    Reading(
        "other",
        "low, and on",
        """
        hombre|chico|muy|más|niño|muro|techo|perro|precio|un|arbusto|edificio [bajo] !el|la|un|una|los|las
        [sobre] el|la|los|las|un|una|unos|unas|su|sus|otro|otra|dos|tres
        [por_encima] de todo|sus
        [por_encima] de la media
        [por_encima] del hombro
        """,
    ),
)
COMPASS = (
    Reading(
        "other",
        "names of countries, and of an age",
        """
        lejano|película|películas|salvaje|viejo del? [oeste]
        del [oeste&Cap]
        corea|américa|polo|irlanda|carolina|dakota|áfrica|alemania|europa|berlín|timor del|de? [norte|sur|este|oeste]
        corea|américa|polo|irlanda|carolina|dakota|áfrica|alemania|europa|berlín|timor del|de? [oriental|occidental]
        """,
    ),
    Reading(
        "seen",
        "a point of the compass, or a side of a place",
        """
        al|del|el|SITE [este|oeste|norte|sur] !que|es|perro|hombre
        SITE [occidental|oriental|occidentales|orientales]
        """,
    ),
)
READINGS = (*SIDES, *HEIGHTS, *COMPASS)
