"""Kinds of words by which the English senses are told: ``{body}`` in a pattern is any of them."""

from __future__ import annotations

MACROS = {
    "side": "left|right",
    "image": "image|picture|photo|pics?|photograph|frame|scene|shot|screen|page|panel|canvas|painting|map|view|composition|"
    "tile|slide|radiograph|x-ray|scan|screenshot|diagram|chart|graph|figure|snapshot|collage|drawing|illustration|cartoon|comic|"
    "micrograph|field of view|video|footage|clip|print|mosaic|thumbnail|plot|slice",
    "their": "the|his|her|its|their|my|your|our|one['’]s|each other['’]s|ur|yr",
    "correct": "seasons?|days?|years?|ages?|audience|career|market|strategy|solutions?|options?|products?|services?|answers?|"
    "times?|moments?|ways?|tools?|things?|sizes?|places?|track|choices?|decisions?|amount|order|spot|"
    "fit|job|stuff|idea|mood|balance|words?|questions?|kinds?|sort|type|attitude|reasons?|conditions|temperature|angles?|"
    "triangles?|whales?|spare|mind|combination|number|price|pitch|tone|direction|equipment|mix|approach|"
    "ingredients?|proportions?|speed|height|distance|level|recipe|hands|people|person|change|skills?|training|materials?|"
    "lighting|timing|spirit|address|information|advice|help|music|chemistry|frame of mind|technique|posture|form|dose|"
    "medicine|paperwork|permit|weather|outfit|gear|colou?rs?|formula|blend|shade|tune|notes|foot forward|papers|"
    "documents|ticket|school|diet|food|clothes|clothing|shade|pair|length|screwdriver|wrench|spanner|bolt|"
    "screw|nail|drill|bait|lure|software|app|filter|settings?|treatment",
    "animal": "(?:squirrel|chipmunk|marmot|gopher|mouse|mice|vole|rat|rabbit|cottontail|hare|bat|fox|wolf|wolves|coyote|bear|"
    "panda|"
    "deer|reindeer|elk|bison|rhino|rhinoceros|gorilla|monkey|lemur|macaque|kangaroo|wallaby|koala|otter|seal|whale|dolphin|"
    "shark|marlin|"
    "snapper|tuna|trout|salmon|perch|bass|grouper|crab|lobster|tortoise|turtle|terrapin|lizard|skink|gecko|iguana|newt|"
    "salamander|toad|frog|treefrog|tree frog|snake|rattlesnake|diamondback|cobra|mamba|viper|python|hawk|eagle|falcon|kite|"
    "vulture|buzzard|osprey|owl|owlet|harrier|kestrel|sandpiper|plover|gull|tern|heron|egret|ibis|stork|crane|spoonbill|swan|"
    "goose|geese|duck|teal|grebe|loon|cormorant|pelican|booby|boobies|gannet|puffin|albatross|oystercatcher|godwit|stilt|"
    "avocet|coot|gallinule|bittern|pheasant|grouse|quail|dove|pigeon|cuckoo|roller|bee-eater|kingfisher|woodpecker|flicker|"
    "sapsucker|parrot|cockatoo|macaw|parakeet|lorikeet|toucan|hornbill|hummingbird|swift|swallow|martin|lark|meadowlark|pipit|"
    "wagtail|wren|thrush|robin|bluebird|redstart|wheatear|nightingale|warbler|flycatcher|kingbird|phoebe|tit|titmouse|"
    "chickadee|nuthatch|shrike|vireo|jay|magpie|crow|raven|chough|starling|myna|oriole|blackbird|grackle|cowbird|sparrow|"
    "junco|towhee|bunting|finch|goldfinch|grosbeak|crossbill|siskin|cardinal|tanager|weaver|butterfly|butterflies|moth|"
    "swallowtail|admiral|skimmer|dragonfly|dragonflies|damselfly|darter|bumblebee|wasp|hornet|ant|widow|tarantula|jellyfish|"
    "monarch)(?:e?s)?",
    "sign": r"(?:signs?|signboard|signpost|posters?|banners?|billboards?|placards?|flyer|leaflet|graffiti|labels?|stickers?|"
    r"decal|"
    r"plaques?|notices?|chalkboard|blackboard|whiteboard|marquee|headline|caption|text|letters|lettering|words|writing|"
    r"inscription|badge|neon|icing|scoreboard|tombstone|gravestone|headstone|license plate|number plate|tag|t-?shirts?)",
    "surface": r"(?:plates?|notes?|board|mug|tees?|shirts?|hoodie|sweatshirt|sweater|jersey|apron|cap|hat|button|cake|page|cover|"
    r"card|display|ticker|screen|awning|storefront|shopfront|wall|door|doormat|mat|flag|balloon|sash|tattoo|bracelet|box|crate|"
    r"bag|packet|package|can|bottle|jar|van|bus|truck|clock|watch|logo|scroll|envelope|certificate|ticket|menu|sidewalk|"
    r"pavement|road)",
}
