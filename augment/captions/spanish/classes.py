"""Spanish words by the classes that its readings speak of; all others are nouns."""

from __future__ import annotations

from augment.captions.grammar.tokens import Lexicon
from augment.captions.spanish.colours import FORMS

WORDS = {
    "SIDE": "izquierdo izquierda izquierdos izquierdas derecho derecha derechos derechas",
    "LEFT": "izquierdo izquierda izquierdos izquierdas",
    "RIGHT": "derecho derecha derechos derechas",
    "ANY": "el la los las un una unos unas del al este esta ese esa cada su sus",
    "POLITICS": """
        partido partidos diputado* diputada* electores candidato* candidata* gobierno gobiernos político* política* coalición
        militante militantes ideas periódico periódicos oposición movimiento movimientos grupo grupos líder líderes votante
        votantes sindicato sindicatos extrema ultra
    """,
    "POLITICAL": "política radical parlamentaria conservadora unida abertzale liberal",
    "BODY": """
        mano manos brazo brazos pierna piernas pie pies ojo ojos oreja orejas hombro hombros rodilla rodillas codo codos muñeca
        muñecas tobillo tobillos dedo dedos pulgar índice mejilla mejillas pata patas pezuña pezuñas puño puños cadera caderas
        talón antebrazo antebrazos ceja cejas ala alas cuerno cuernos colmillo colmillos seno senos pecho pechos guante guantes
        zapato zapatos calcetín calcetines bota botas manga mangas zapatilla zapatillas pulmón pulmones riñón riñones lóbulo
        lóbulos fémur tibia húmero clavícula muslo muslos pantorrilla pantorrillas garra garras aleta aletas antena antenas
        perfil ovario ventrículo aurícula oído nalga nalgas sien párpado párpados
    """,
    "PART": """
        lado lados borde bordes esquina esquinas parte partes mitad mitades extremo extremos carril carriles panel paneles
        imagen imágenes foto fotos fotografía marco página columna columnas tercio cuarto cuadrante márgen margen orilla orillas
        puerta puertas ventana ventanas pared paredes muro muros fila filas sección área zona curva torre torres rueda ruedas
        faro faros asiento asientos cajón cajones cortina cortinas bolsillo bolsillos botón flecha flechas flanco costado acera
        vía línea fachada rincón calle bando banda gráfico barra figura altavoz retrovisor intermitente neumático motor plano
        pantalla cama lámpara silla cuadro mapa poste jarrón vaso rama
    """,
    "MIDDLE": "superior inferior delantero* delantera* trasero* trasera* central exterior interior anterior posterior",
    "SHELF": "estante estantes piso pisos repisa repisas litera literas balda planta plantas zonas cornisa",
    "SITE": "lado costa orilla fachada ala parte zona borde cara ladera muro entrada extremo torre viento mitad",
    "SEEN": "visto vista vistos vistas fotografiado* fotografiada* tomado* tomada* toma plano grabado* grabada*",
    "NUMBERED": "una la las dos tres media varias unas cinco y o medias",
    "FRUITLIKE": "en sobre y con cortad* pelad* está* madur* dentro al",
    "HAIR": """
        pelo pelos cabello cabellos barba barbas bigote bigotes piel cejas trenza trenzas melena rizos cabellera coleta
    """,
    "PEOPLE": """
        hombre hombres mujer mujeres persona personas chico chica chicos chicas niño niña niños niñas gente familia jóvenes
        joven población señor señora americano americanos
    """,
    "METAL": """
        anillo anillos cadena cadenas collar collares reloj relojes medalla medallas corona coronas trofeo trofeos estatua
        estatuas pendientes pulsera pulseras moneda monedas marco marcos cuchara cucharas copa copas
    """,
}
COLOURED = "rojo negro blanco verde azul amarillo morado rosado pardo dorado plateado rubio pelirrojo castaño".split()
"""Words of colour that have a class of their own, of all their forms: ROJO."""
LEXICON = Lexicon(
    {
        **{name: words.split() for name, words in WORDS.items()},
        **{word.upper(): FORMS[word] for word in COLOURED},
        "COLOUR": ["_".join(form.split()) for forms in FORMS.values() for form in forms],
    }
)
