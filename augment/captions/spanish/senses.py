"""When Spanish words of direction mean something else; the first that fits counts."""

from __future__ import annotations

from augment.captions.language import Sense

MACROS = {
    "side": "izquierd[oa]s?|derech[oa]s?",
    "politics": "partidos?|diputad[oa]s?|electores|candidat[oa]s?|gobiernos?|polític[oa]s?|coalición|militantes?|ideas|"
    "periódicos?|"
    "oposición|movimientos?|grupos?|líder|líderes|votantes|sindicatos?|extrema|ultra",
    "body": "manos?|brazos?|piernas?|pies?|ojos?|orejas?|hombros?|rodillas?|codos?|muñecas?|tobillos?|dedos?|pulgar|índice|"
    "mejillas?|patas?|"
    "pezuñas?|puños?|caderas?|talón|antebrazos?|cejas?|alas?|cuernos?|colmillos?|senos?|pechos?|guantes?|zapatos?|calcetín|"
    "calcetines|"
    "botas?|mangas?|zapatillas?|pulmón|pulmones|riñón|riñones|lóbulos?|fémur|tibia|húmero|clavícula|muslos?|pantorrillas?|"
    "garras?|aletas?|"
    "antenas?|perfil|ovario|ventrículo|aurícula|oído|nalgas?|sien|párpados?",
    "part": "lados?|bordes?|esquinas?|partes?|mitad|mitades|extremos?|carril|carriles|paneles|panel|imagen|imágenes|foto|"
    "fotos|fotografía|marco|"
    "página|columnas?|tercio|cuarto|cuadrante|márgen|margen|orillas?|puertas?|ventanas?|paredes|pared|muros?|filas?|sección|"
    "área|zona|curva|"
    "torres?|ruedas?|faros?|asientos?|cajón|cajones|cortinas?|bolsillos?|botón|flechas?|flanco|costado|acera|vía|línea|"
    "fachada|rincón|"
    "ángulo superior|ángulo inferior|esquina superior|esquina inferior|lado superior|parte superior|parte inferior|calle|"
    "bando|banda|gráfico|"
    "barra|figura|altavoz|retrovisor|intermitente|neumático|motor|plano|pantalla|cama|lámpara|silla|cuadro|mapa|poste|"
    "jarrón|vaso|rama",
    "middle": "superior|inferior|delanter[oa]s?|traser[oa]s?|central|exterior|interior|anterior|posterior",
}

SIDES = (
    Sense("izquierd[oa]s?\\b[^.;]{1,80}? (?:el|la|los|las) (?P<word>derech[oa]s?)(?! (?:a|al|humanos|penal|civil)\\b)(?! de "
          "(?:autor|voto|paso))",
          "seen"),
    Sense("(?:{body}) (?:(?:{middle}) )?(?P<word>{side})", "own"),
    Sense("(?:{part}) (?:(?:{middle}) )?(?P<word>{side})", "seen"),
    # other things
    Sense("(?:{politics})(?: \\w+)? de (?:la )?(?P<word>derechas?|izquierdas?)|(?:extrema|ultra) (?:derecha|izquierda)(?! "
          "de (?:la|el) (?:foto|imagen))|"
          "(?:derecha|izquierda)(?= (?:política|radical|parlamentaria|conservadora|unida|abertzale|liberal))", "other"),
    Sense("derechos? (?:humanos|civiles|penal|civil|laboral|laborales|romano|internacional|público|privado|de (?:autor|paso|"
          "voto|asilo|las|los|la|"
          "el|huelga|familia)|a|al|reservados|y deberes|fundamentales|mercantil)|(?:tiene|tienen|tener|con|sin|por|en|de|el|"
          "los|sus|nuestros|iguales|"
          "mis|pleno|estudia|estudian) (?P<word>derechos?)(?= ?(?:$|[.,;:!?]|(?:a|de|por|en|y|como|para)\\b))(?! de (?:la|"
          "mi|su) (?:foto|imagen|mano))", "other"),
    Sense("(?:estudiantes?|facultad|abogad[oa]s?|clases?|libros?|profesor[ae]?s?|carrera|doctor[ae]?s?) (?:de|en) "
          "(?P<word>derecho)", "other"),
    Sense("(?:todo|siga|sigue|sigan|recto y|va|van|camina|caminan|caminar|anda|sentad[oa]|sientan?|sentarse|mantienen?|"
          "erguid[oa]|"
          "ponerse|ponte|siéntate|siempre|de "
          "pie) (?P<word>derech[oa]s?)|"
          "a derechas|al derecho|hecho y derecho|hecha y derecha", "other"),
    # sides
    Sense("(?:a|de|desde|por|hacia|en|sobre) (?:la|su|mi|tu|nuestra|vuestra) (?:parte )?(?P<word>izquierda|derecha)", "seen"),
    Sense("(?:a|de|hacia|por) (?P<word>izquierda|derecha)(?= (?:a|y|o|hacia) )", "seen"),
    Sense("(?:de|a) izquierda a derecha|(?:de|a) derecha a izquierda", "seen"),
    Sense("(?:la|su) (?P<word>izquierda|derecha)(?= (?:de|del)\\b)", "seen"),
    Sense("la (?P<word>izquierda|derecha)(?=,? [oy] la)|[oy] la (?:izquierda|derecha)", "seen"),
    Sense("(?:con|en) la (?P<word>izquierda|derecha)", "own"),
    Sense("(?:(?:el|los|un|unos|del|al|este|ese|cada|su) [\\w-]+ (?:(?:{middle}) )?(?P<word>izquierdos?))|(?:la|las|una|"
          "unas|esta|esa|cada|su|sus) [\\w-]+ "
          "(?:(?:{middle}) )?izquierdas?", "seen"),
    Sense("(?:la|las|esta|esa|cada) [\\w-]+ (?:(?:{middle}) )?(?P<word>derechas?)|(?:el|los|cada) [\\w-]+ (?:(?:{middle}) "
          ")?derechos?(?! (?:a|de)\\b)", "seen"),
    Sense("(?:arriba|abajo|más|muy|superior|inferior|delante|detrás|primer plano)(?: a la| a)?[ ,-]+(?P<word>{side})", "seen"),
    Sense("{side}(?= ?(?:[:)\\],]))|(?<=^){side}(?=\\W*$)", "seen"),
    Sense("izquierd[oa]s?", "seen"),
)  # fmt: skip
HEIGHTS = (
    Sense("boca (?:arriba|abajo)|(?:calle|cuesta|río|escaleras?|montaña) (?:arriba|abajo)|de arriba (?:a |)abajo|patas "
          "arriba|manos arriba|arriba las "
          "manos", "other"),
    Sense("(?:vist[oa]s?|fotografiad[oa]s?|tomad[oa]s?|vista|toma|plano|grabad[oa]s?)(?: \\w+){0,2} (?:desde|de) "
          "(?P<word>arriba|abajo)", "other"),
    Sense("(?:{part}|estantes?|pisos?|repisas?|literas?|balda|plantas?|zonas?|cornisa) (?P<word>superior|superiores|"
          "inferior|inferiores)", "seen"),
    Sense("(?:superior|inferior)(?:es)? (?:a|al)|(?:labios?|clase|clases|mandíbula|miembros?|extremidades|calidad|educación|"
          "escuela|madre) (?:superior|inferior)"
          "(?:es)?", "other"),
    Sense("por encima (?:de todo|de la media|del hombro|de sus posibilidades)|sobre todo|sobre (?:las|la|el|los) (?:\\d|"
          "doce|una)|bajo (?:el agua|la lluvia|"
          "el sol|control|presión|techo|cero|llave|arresto)|(?:libro|película|artículo|charla|documental|habla|hablan|"
          "discuten|debate|información) sobre|"
          "un sobre|el sobre|sobres", "other"),
    Sense("(?:hombre|chico|muy|más|niño|muro|techo|perro|precio|un|arbusto|edificio) (?P<word>bajo)(?! (?:el|la|un|una|los|"
          "las)\\b)|planta baja", "other"),
    Sense("sobre (?:el|la|los|las|un|una|unos|unas|su|sus|otro|otra|dos|tres)", "other"),
)  # fmt: skip
COMPASS = (
    Sense("(?:lejano|película|películas|salvaje|viejo) (?:del )?(?P<word>oeste)|(?-i:del Oeste)|(?:corea|américa|polo|"
          "irlanda|carolina|dakota|áfrica|alemania|europa|"
          "berlín|timor) (?:del |de )?(?:norte|sur|este|oeste|oriental|occidental)", "other"),
    Sense("(?:al|del|el|hacia el|lado|costa|orilla|fachada|ala|parte|zona|borde|cara|ladera|muro|entrada|extremo|torre|"
          "viento) (?P<word>este|oeste|norte|sur)"
          "(?! (?:que|es|perro|hombre)\\b)", "seen"),
    Sense("(?:lado|costa|orilla|fachada|parte|zona|borde|cara|ladera|muro|mitad) (?:occidental|oriental)(?:es)?", "seen"),
)  # fmt: skip
