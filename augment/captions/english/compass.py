"""When points of the compass mean something else."""

from __future__ import annotations

from augment.captions.language import Sense

COMPASS = (
    Sense("{compass}(?: \\w+){0,2}(?= (?:{animal}|{plant})(?!\\w))(?: (?:{animal}|{plant}))", "other"),
    Sense("{compass}(?= (?-i:[A-Z]))(?-i:(?<=[a-z]))", "other"),
    Sense("(?-i:(?<=[a-z,]\\s)(?:North|South|East|West)\\w*(?:[- ](?:North|South|East|West|east|west)\\w*)?)", "other"),
    Sense("west(?:ern)? highlands?|(?:west|east)(?:ern)? (?:films?|movies?|style|saddles?|hats?|boots|wear|music|shirts?|country|"
          "world|culture|dress|clothes|suit|theme|themed|medicine|religions?|philosophy|cuisine|food|orthodox|church|"
          "omelet(?:te)?|art|tourists?|visitors?|people|audiences?|journalists?|leaders|nations|countries|powers|troops|"
          "forces|media|fans|students?|teams?|university|classical|calligraphy|astrology|alphabet|diet|fashion|brands?|"
          "parents|women|men|society|civili[sz]ation|toilet)|country[- ](?:and[- ])?western|spaghetti western|north star|"
          "(?:north|south) pole|"
          "northern lights|southern (?:food|style|fried|hospitality|accent)|"
          "middle east(?:ern)?|far east(?:ern)?|wild west|(?:east|west|north|south) (?:coast rap|side story)|southern belle|"
          "(?:north|south)-?paw|east end|west end", "other"),
)  # fmt: skip
