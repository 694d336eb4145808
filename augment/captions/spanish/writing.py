"""How Spanish tells what can be read in a picture."""

from __future__ import annotations

WRITING = (
    "(?:con|lleva|tiene) (?:la|una) (?:inscripción|leyenda|frase)|(?:que|donde|en el que|en la que) (?:dice|se lee|pone|"
    "reza|está escrito)|"
    "se (?:lee|puede leer)|(?:la palabra|las palabras|las letras|el nombre) (?-i:[A-ZÁÉÍÓÚÑ])\\w*|(?:dice|pone|lee):? "
    "(?-i:[A-ZÁÉÍÓÚÑ]{2,})|"
    "(?-i:[A-ZÁÉÍÓÚÑ]{2,}) (?:escrit|pintad|impres)[oa]s?"
)
READ = ("inscripción", "leyenda", "frase", "dice", "lee", "pone", "reza", "escrito", "leer", "palabra", "palabras",
        "letras", "nombre",
        "escrita", "escritos", "escritas", "pintado", "pintada", "pintados", "pintadas", "impreso", "impresa",
        "impresos", "impresas")  # fmt: skip
UNREAD = (
    "(?:apodad[oa]s?|llamad[oa]s?|conocid[oa]s? como|titulad[oa]s?|(?:película|canción|álbum|serie|programa|obra|ópera|novela|"
    "ballet|espectáculo|juego|exposición|estreno|escena|episodio)(?: de)?|interpreta|canta|toca)(?: (?:el|la|los|las))?"
)
UNREAD_AFTER = "(?:dice|grita|pregunta|exclama)"
