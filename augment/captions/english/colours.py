"""The English words of colour, and when they mean something else."""

from __future__ import annotations

COLOURS = {
    "red": (0.8, 0.1, 0.1), "orange": (1.0, 0.55, 0.05), "yellow": (1.0, 0.9, 0.1), "green": (0.1, 0.6, 0.15),
    "blue": (0.1, 0.25, 0.8), "purple": (0.5, 0.1, 0.6), "pink": (1.0, 0.7, 0.8), "brown": (0.45, 0.28, 0.12),
    "black": (0.03, 0.03, 0.03), "white": (0.97, 0.97, 0.97), "gray": (0.5, 0.5, 0.5), "grey": (0.5, 0.5, 0.5),
    "turquoise": (0.2, 0.8, 0.8), "beige": (0.9, 0.85, 0.7), "violet": (0.5, 0.1, 0.6),
}  # fmt: skip

SHADES = {
    "maroon": (0.5, 0.0, 0.1), "burgundy": (0.5, 0.0, 0.13), "crimson": (0.86, 0.08, 0.24), "scarlet": (0.9, 0.1, 0.05),
    "magenta": (0.9, 0.0, 0.6), "fuchsia": (0.9, 0.1, 0.6), "cyan": (0.1, 0.85, 0.9), "teal": (0.0, 0.5, 0.5),
    "aqua": (0.2, 0.85, 0.85), "navy": (0.1, 0.15, 0.45), "indigo": (0.25, 0.1, 0.5), "mauve": (0.75, 0.55, 0.75),
    "lilac": (0.8, 0.65, 0.85), "tan": (0.82, 0.7, 0.55), "khaki": (0.7, 0.65, 0.45), "lavender": (0.75, 0.7, 0.9),
    "azure": (0.0, 0.5, 1.0), "cerulean": (0.15, 0.5, 0.7), "vermilion": (0.9, 0.25, 0.2), "ochre": (0.8, 0.47, 0.13),
    "reds": (0.8, 0.1, 0.1), "yellows": (1.0, 0.9, 0.1), "greens": (0.1, 0.6, 0.15), "blues": (0.1, 0.25, 0.8),
    "purples": (0.5, 0.1, 0.6), "pinks": (1.0, 0.7, 0.8), "browns": (0.45, 0.28, 0.12),
    "reddish": (0.7, 0.2, 0.15), "bluish": (0.3, 0.4, 0.7),
    "blueish": (0.3, 0.4, 0.7), "greenish": (0.3, 0.6, 0.35), "yellowish": (0.9, 0.85, 0.4),
    "brownish": (0.5, 0.35, 0.2), "pinkish": (0.95, 0.7, 0.75), "orangey": (0.95, 0.55, 0.2),
    "gold": (0.85, 0.65, 0.15), "golden": (0.85, 0.65, 0.15), "silver": (0.75, 0.75, 0.75),
    "blonde": (0.9, 0.8, 0.5), "blond": (0.9, 0.8, 0.5), "auburn": (0.45, 0.2, 0.1), "brunette": (0.3, 0.2, 0.1),
}  # fmt: skip

TINTS = {
    "red": "blood cherry brick ruby rust candy candy-apple fire-engine tomato wine rose apple neon",
    "pink": "hot bubblegum rose salmon dusty candy baby powder electric neon",
    "orange": "burnt blood rust neon",
    "yellow": "lemon mustard canary golden electric neon",
    "green": "lime olive forest mint sage emerald apple grass moss pea army hunter kelly bottle sea jade electric neon",
    "blue": "royal sky baby powder electric cobalt midnight steel ice ocean sea cornflower egg peacock navy neon",
    "purple": "royal electric neon",
    "brown": "chocolate chestnut golden rust",
}
BRIGHTS = "bright|brightly|vivid|vividly|vibrant|brilliant|fluorescent|neon|fiery|rich|hot|shocking|glowing"

UNCOLOURED = (*COLOURS, *SHADES, "light", "dark", "neutral", "solid", "plain", "pale", "cream")
AFTER_NONE = "".join(f"(?<!{word}{between})" for word in UNCOLOURED for between in ("[\\s-]", "\\s\\s", "\\sin\\s"))
"""Not where a word of colour stands before: 'a red coloured bus' becomes a gray coloured one."""
WORN = (
    "(?:shirts?|t-shirts?|tops?|blouses?|dress|dresses|skirts?|jackets?|coats?|sweaters?|jumpers?|cardigans?|hoodies?|scarf|"
    "scarves|hats?|caps?|ties?|pants|trousers|shorts|suits?|gowns?|vests?|uniforms?|jerseys?|sofas?|couch|couches|walls?|"
    "curtains?|cushions?|pillows?|chairs?|cars?|vans?|trucks?|bags?|shoes?|sneakers|boots|umbrellas?|towels?)"
)
CHROMATIC = "|".join(word for word in (*COLOURS, *SHADES) if word not in ("black", "white", "gray", "grey", "silver"))
COLOURED = (
    f"(?:{CHROMATIC}),? or (?:{CHROMATIC})|"
    f"{AFTER_NONE}colou?r(?:ed|s)|{AFTER_NONE}colou?r(?! guard| blind| coordinated)|rainbows?(?! trout)|"
    f"(?:coral|plum|salmon|peach|rust|mustard|olive|mint|ruby|emerald|aubergine|cranberry|raspberry|lime|lemon|apricot|sapphire|"
    f"cherry|neon|pastel|copper|rose|wine) {WORN}|"
    "(?:tri|bi)-?colou?r(?:ed|s)?|ginger (?:cat|kitten|tabby|tom|hair|beard)s?|"
    "(?:redd|green|blu|yellow|brown|pink)(?:er|est)|colou?rful(?:ly)?|multi-?colou?r(?:ed)?|(?:brightly|richly|"
    "vividly|differently|various|variously|rainbow|rust|"
    "rose|peach|salmon|copper|honey|mustard|lemon|lime|plum|wine|coral|flesh|straw|terracotta)[- ]colou?red|"
    "(?:many|several|different|various|all|bright|vivid|vibrant|rich|warm|pastel|autumn|fall|assorted|two|three|four|five|neon|"
    "rainbow|primary|full|of|bold|mixed|earthy) colou?rs?|technicolou?r|sepia(?:-toned| tone[sd]?)?|"
    "golden (?:light|sunsets?|sunrises?|sky|skies|glow|hues?|hour|rays|haze|leaves|foliage)|"
    "colou?r (?:photo(?:graph|s|graphs)?|pictures?|images?|prints?|film|illustration|plate|portrait|version|television)|"
    "(?:burst|splash|splashes|pop|riot) of colou?r|full-colou?r|colou?ri[sz]ed|tie-dyed?"
)
LIT = "dark(?:er|est|ly)?|pale(?:r|st)?|bright(?:er|est|ly)?|light-\\w+|(?:hyper|hypo)(?:intens|dens|echo)\\w+"
SHADED = f"{LIT}|light(?:er|est)?(?= (?:colou?red|haired|skinned|{CHROMATIC}|gr[ae]y)\\b)"
