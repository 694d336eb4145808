"""When points of the compass mean something else; the first that fits counts."""

from __future__ import annotations

from augment.captions.language import Sense

PLACE = (
    "(?:sides?|shores?|edges?|ends?|half|halves|banks?|coasts?|coastlines?|parts?|portions?|walls?|wings?|corners?|boundary|"
    "slopes?|"
    "entrances?|gates?|tips?|third|quarter|sectors?|hemisphere|horizon|sky|borders?|fences?|quays?|towers?|fa[cç]ades?|regions?|"
    "areas?|suburbs?|outskirts|fields?|runways?|ones?|lanes?|sections?|flanks?|faces?|rim|bridges?|islands?|peninsula|peaks?|"
    "ridges?|cliffs?|beach|beaches|piers?|bay|lake|forest|woods|districts?|neighbou?rhoods?|terminals?|platforms?|exits?|"
    "elevation|windows?|gardens?|lawn|lots?|plots?|perimeter|margin|fringe|rows?|blocks?|buildings?|houses?|hills?|mountains?|"
    "valleys?|plains?|desert|provinces?|states?|seaboard|extremity|arms?|taxiways?|stands?|grandstand|breakwater|mole|jetty|"
    "harbou?r|docks?|roads?|streets?|routes?|trails?|rivers?|shorelines?|cities|city|towns?|villages?|farms?|doors?|rooms?|"
    "sun|light|approach|face|panel|point|limits?|most|facing)"
)
COMPASS = (
    Sense("{compass}(?: \\w+){0,2}(?= (?:{animal}|{plant})(?!\\w))(?: (?:{animal}|{plant}))", "other"),
    Sense("{compass}(?= (?-i:[A-Z]))(?-i:(?<=[a-z]))", "other"),
    Sense("(?-i:(?<=[a-z,]\\s)(?:North|South|East|West)\\w*(?:[- ](?:North|South|East|West|east|west)\\w*)?)", "other"),
    Sense("west(?:ern)? highlands?|(?:west|east)(?:ern)? (?:films?|movies?|style|saddles?|hats?|boots|wear|music|shirts?|country|"
          "world|culture|dress|clothes|suit|themed?|medicine|religions?|philosophy|cuisine|food|orthodox|church|omelet(?:te)?|"
          "art|tourists?|visitors?|people|audiences?|journalists?|leaders|nations|countries|powers|troops|forces|media|fans|"
          "students?|teams?|classical|calligraphy|alphabet|diet|fashion|brands?|society|civili[sz]ation|toilet|saloon)", "other"),
    Sense("country[- ](?:and[- ])?western|spaghetti western|north star|(?:north|south) pole|northern lights|southern (?:food|"
          "style|"
          "fried|hospitality|accent|belle)|middle east(?:ern)?|far east(?:ern)?|wild west|(?:east|west|north|south) "
          "(?:coast rap|side story)|east end|west end", "other"),
    Sense(f"(?:north|south|east|west)(?:west|east)?ern(?= {PLACE}(?!\\w))", "seen"),
    Sense("(?:north|south)?(?:west|east)ern(?= (?!and\\b|or\\b|is\\b|of\\b|in\\b)\\w+)|(?:north|south)ern(?= (?!and\\b|"
          "or\\b)\\w+)",
          "unclear"),
)  # fmt: skip
