"""Kinds of words by which the English senses are told: ``{body}`` in a pattern is any of them."""

from __future__ import annotations

MACROS = {
    "subject": r"(?!(?:{adjective}|{far}|corner|window|side|hand|the|an?|his|her|its|their|my|your|our|each|every|both|with|"
    r"in|on|at|of|from|by|to|and|or|\w+['’]s?|next|other|same|last|first|second|third|only|\w+(?:ed|ing|y|"
    r"en|ish|al|ic|"
    r"ous|ful|less|most))\b)[\w'’-]+",
    "side": "left|right",
    "entitled": "way|passage|return|appeal|reply|asylum|assembly|access|association|speech|refusal|ownership|entry|abode|"
    "residence|citizens|kings|women|workers|survivorship|conquest|inheritance|petition|privacy|protest|worship",
    "compass": "(?:north|south|east|west)(?:ern|east|west|eastern|western)?",
    "image": "image|picture|photo|pics?|photograph|frame|scene|shot|screen|page|panel|canvas|painting|map|view|composition|"
    "tile|slide|radiograph|x-ray|scan|screenshot|diagram|chart|graph|figure|snapshot|collage|drawing|illustration|cartoon|comic|"
    "micrograph|field of view|video|footage|clip|print|mosaic|thumbnail|plot|slice",
    "steers": r"(?:turn|veer|swerve|bank|steer)(?:s|ed|ing)?|swerving",
    "turns": r"(?:bend|curve|tilt|pan|swipe|drift|swing|slant|lean|tack)(?:s|ed|ing)?|curving|winds|winding|panning|panned|"
    r"swiping|swung|bent",
    "faces": r"(?:face|point|head)(?:s|ed|ing)?|facing",
    "looks": r"(?:look|gaze|glance|stare|aim|peer|peek)(?:s|ed|ing)?|gazing|glancing|staring",
    "goes": r"(?:go|walk|run|move|drive|sail|swim|fly|ride|step|keep|stay|travel|march|gallop|jump|crawl)(?:s|es|ed|ing)?|"
    r"(?:exit|enter|merg|fork|branch|sweep|dash|sprint|jog|spin|rotat|slide|roll|shift|reach|scroll|rac|div|throw|kick|"
    r"pass|pull|push|hit|lead|flow|slope|stretch|extend|hop|skat|ski|cross|row|steam)(?:s|es|ed|ing)|flies|signal(?:s|l?ed|"
    r"l?ing)|"
    r"running|moving|driving|riding|sliding|sloping|hopping|hitting|drove|ran|flew|went|"
    r"(?:trot|trott|gallop|dribbl|roll|stroll|strid|pedal|cycl|paddl|glid|drift|float|wander|canter|scurr|scamper|slither|"
    r"waddl|taxi|coast|skateboard|cruis|chug|bound)(?:e|es|s|ies|ied|ed|y|ing)?",
    "manner": "slightly|sharply|hard|slowly|quickly|diagonally|straight|directly|gently|abruptly|and|over|back|off|far|away",
    "their": "the|his|her|its|their|my|your|our|one['’]s|each other['’]s|ur|yr",
    "owner": r"the|a|an|his|her|its|their|my|your|our|whose|one|\w+['’]s|\w+s['’]",
    "far": "far|furthest|farthest|most|very|extreme|immediate|direct|near|upper|lower|top|bottom|back|front|center|centre|"
    "middle|rear|outer|inner|"
    "absolute|distant|mid|slight",
    "politics": "party|parties|politic\\w+|groups|activis\\w+|extremis\\w+|rally|rallies|protest\\w*|demonstrat\\w+|march|"
    "marchers|movements?|leaders?|supporters?|candidates?|militants?|newspapers?|voters?|terror\\w*|government|coalition|"
    "lawmakers?|mps?",
    "garment": "shirt|t-shirt|hat|cap|dress|jacket|coat|suit|tie|helmet|glasses|sunglasses|jeans|pants|shorts|skirt|sweater|"
    "hoodie|"
    "uniform|jersey|vest|top|blouse|scarf|apron|robe|boots|shoes|red|blue|green|yellow|black|white|gray|grey|brown|orange|pink|"
    "purple|tan|stripes|plaid|wheelchair|chair",
    "farther": "far|furthest|farthest|extreme|upper|lower",
    "concrete": "persons?|people|pieces?|pairs?|lights?|keys?|screws?|bolts?|nails?|brush|brushes|pens?|pencils?|tickets?|"
    "clothes|"
    "outfit|spot|tools?|change|drill|screwdriver|wrench|filter|books?|toys?|man|woman|one|ones",
    "exact": "now|away|then|there|here|before|after|behind|beside|besides|next|in front|at|through|off|outside|inside|under|"
    "underneath|over|above|below|beneath|on top|up|down|along|alongside|across|against|into|past|by|in|on|near|between|among|"
    "around|out|where|when|while|as|back|beyond|within|onto|until|till|opposite|close|to|towards?|atop",
    "ing": "painting|drawing|building|wing|ring|earring|king|string|spring|thing|clothing|opening|awning|railing|ceiling|parking|"
    "marking|crossing|landing|stocking|dumpling|sibling|duckling|sapling|wedding|topping|lining|housing|fitting|pudding|icing|"
    "setting|heading|etching|carving|swing|sling|being|seedling|yearling|gosling|piping|moulding|molding|covering|engraving|"
    "rigging|clearing|meeting|serving|filling|dressing|bearing|casing|bedding|siding|tubing|wiring|dwelling|viewing|evening|"
    "morning",
    "living": "(?:man|men|woman|women|guys?|girls?|boys?|lady|ladies|kids?|dudes?|child|children|persons?|people|players?|batter|"
    "catcher|umpire|skiers?|surfers?|riders?|baby|horses?|cows?|zebras?|giraffes?|elephants?|bears?|dogs?|cats?|sheep|birds?|"
    "goats?|"
    "lambs?|pony|bulls?|calf)",
    "telegraph": "(?!(?:an?|the|this|that|he|she|it|they|we|i|you|his|her|its|their|my|our|who|what|only|just|and|or|is|are|"
    "was)\\b)",
    "pushes": "through|past|into|up|by|at|over|along|behind|next|beside|in front|on top|above|off|out|away|back|down|across|"
    "after|before|between|inside",
    "correct": "seasons?|days?|years?|ages?|audience|career|market|strategy|solutions?|options?|products?|services?|answers?|"
    "times?|moments?|ways?|tools?|things?|sizes?|places?|track|choices?|decisions?|amount|order|spot|"
    "fit|job|stuff|idea|mood|balance|words?|questions?|kinds?|sort|type|attitude|reasons?|conditions|temperature|angles?|"
    "triangles?|whales?|spare|mind|combination|number|price|pitch|tone|direction|equipment|mix|approach|"
    "ingredients?|proportions?|speed|height|distance|level|recipe|hands|people|person|change|skills?|training|materials?|"
    "lighting|timing|spirit|address|information|advice|help|music|chemistry|frame of mind|technique|posture|form|dose|"
    "medicine|paperwork|permit|weather|outfit|gear|colou?rs?|formula|blend|shade|tune|notes|foot forward|papers|"
    "documents|ticket|school|diet|food|clothes|clothing|shade|pair|length|screwdriver|wrench|spanner|bolt|"
    "screw|nail|drill|bait|lure|software|app|filter|settings?|treatment",
    "noun": "sizes?|answers?|tools?|amount|ingredients?|choices?|decisions?|equipment",
    "near": "to|on|at|from|in|into|towards?|onto|off|along|near|down|up|against|across|past|by|beside|behind|over|around|through|"
    "above|under|between|below|toward|for|beyond|upon|via",
    "body": "hands?|arms?|legs?|foot|feet|eyes?|ears?|shoulders?|knees?|elbows?|wrists?|ankles?|thumb|(?:index |ring |middle )?"
    "fingers?|cheeks?|paws?|hoof|fist|palm|thigh|hip|heel|toe|forearm|eyebrow|nostril|temple|jaw|flipper|fin|claws?|pincer|"
    "antler|horn|tusk|breasts?|chest|gloves?|shoes?|socks?|boots?|sleeves?|mitten|wings?|profile|bicep?s?|calf|shin|buttock|"
    "foreleg|"
    "forepaw|hind ?leg|hooves|nipple|armpit|collarbone|earlobe|eyelid|kneecap|"
    # and of medicine
    "lungs?|kidneys?|lobes?|hemispheres?|hemithorax|hemidiaphragm|atrium|ventricles?|ovary|femur|tibia|fibula|humerus|radius|"
    "ulna|clavicle|scapula|maxilla|mandible|orbit|retina|adrenal|tonsil|testicle|ureter|bronchus|"
    "costophrenic|pleural|hepatic|renal|pulmonary|cerebral|temporal|frontal|parietal|occipital|maxillary|femoral|iliac|"
    "ovarian|adnexal|inguinal|axillary|basilar|basal|apical|hilar|perihilar|atrial|ventricular|coronary|carotid|subclavian|"
    "jugular|cerebellar|thalamic|frontoparietal|axilla|groin|heart|\\w+(?:ectomy|oma|itis|plasty|gram|osis|pathy|thorax|"
    "otomy)|(?:upper|lower|middle) (?:lobe|lung|limb|extremity|eyelid|arm|leg)",
    "part": "sides?|corners?|half|edge|part|portion|end|lanes?|panel|image|picture|photo|photograph|frame|page|column|"
    "foreground|background|third|quarter|quadrant|margin|border|bank|door|window|shore|arrows?|wall|row|section|area|turns?|"
    "curve|bend|inset|pane|post|tower|sideline|button|wheel|headlight|lens|speaker|handle|pocket|engine|wingtip|tyre|tire|"
    "tail ?light|headlamp|fender|bumper|rail|flank|seat|pillar|drawer|curtain|shutter|stripe|knob|burner|pole|chair|tree|lamp|"
    "building|house|shift key|arrow key|center|centre|middle|front|rear|kayak|boat|car|truck|shelf|shelves|"
    "views?|versions?|figure|plot|graph|map|chart|bars?|peak|cluster|flow|signal|exit|entrance|track|platform|rim|goal ?post|"
    "armrest|branch|blinker|indicator",
    "adjective": "small|large|big|huge|tiny|little|tall|short|long|broken|open|closed|empty|full|old|new|main|wide|narrow|thick|"
    "thin|bare|bent|raised|outstretched|swollen|bandaged|injured|torn|worn|flat|front|rear|far|near|upper|lower|middle|outer|"
    "inner|massive|mild|moderate|severe|dense|acute|chronic|displaced|distal|proximal|partial|complete|red|blue|green|"
    "yellow|black|white|gray|grey|brown|lone|single|tattooed|gloved|rusty|cracked|painted|damaged|mangled",
    "few": r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|few|many|much|more|some|any|no|none|nothing|nobody|little|only|"
    "last|half|most|lots?|bits?|amount|plenty|several|all|enough|everything|anything|something",
    "who": "who|that|which|he|she|it|they|we|i|you|someone|somebody|everyone|everybody|nobody|all",
    "object": "the|a|an|his|her|its|their|my|your|our|this|that|these|those|him|them|it|us|me|nothing|everything|no|some|many|"
    "two|"
    "three|home|school|work|town|early|late|alone|behind|over|out|open|unattended|untouched|unfinished|empty|after|before|"
    "without|for|standing|lying|hanging|abandoned|unlocked|ajar|exposed|bare|blank|off|at|yesterday|today|again|wondering|"
    r"because|when|only|to \w+",
    "rest": "in|on|at|by|under|near|with|beside|inside|outside|between|next|against|among|from",
    "motion": r"(?:go|climb|clamber|scrambl|hik|trudg|ascend|descend|fall|drop|sink|ris|soar|float|hoist|cascad|tumbl|drip|"
    r"trickl|"
    r"pour|stream|rain|flutter|swoop|div|plung|plummet|zoom|creep|crawl|shoot|spring|bounc|hurtl|toss|throw|reach|stretch|"
    r"dangl|drap|swing|slid|point|look|gaz|star|glanc|peer|peek|fly|fli|walk|run|mov|driv|rid|ski|sled|sledd|jump|leap|hop|"
    r"jog|stroll|march|rac|speed|step|rush|hover|com|wav|drift|billow|spill|slop|lead|glid|parachut|spray|splash|swim|paddl|"
    r"rappel|abseil|scurr|spiral|snak|smil|beam|blast|launch|send|carr|haul|drag|tip|"
    r"cours|flow|thunder|hurr|scamper|skip|bound|fac|aim|angl|shin)(?:e|es|s|y|ies|ied|ed|d|n?ing|m?ing|p?ing|g?ing|t?ing)?|"
    r"went|gone|came|fell|fallen|rose|risen|flew|flown|ran|swam|swung|slid|threw|thrown|shot|sprang|sprung|crept|drove|"
    r"driven|rode|ridden|led|sank|sunk|leapt|sped|ran|(?:hang|flow)(?:s|ing)(?! up)|all the way|half ?way|part ?way|high|higher|"
    r"straight|right|"
    r"from|further|farther|way|far",
    "way": "street|streets|road|roads|aisle|hall|hallway|corridor|path|sidewalk|pavement|river|runway|track|tracks|lane|line|"
    "court|"
    "field|pitch|beach|coast|trail|avenue|alley|boulevard|highway|catwalk|platform",
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
    "plant": "(?:oak|maple|pine|cedar|hemlock|spruce|fir|larch|birch|elm|ash|willow|poplar|redbud|dogwood|juniper|alder|mangrove|"
    "poppy|clover|lily|orchid|iris|currant|elder)s?",
    "sign": r"(?:signs?|signboard|signpost|posters?|banners?|billboards?|placards?|flyer|leaflet|graffiti|labels?|stickers?|"
    r"decal|"
    r"plaques?|notices?|chalkboard|blackboard|whiteboard|marquee|headline|caption|text|letters|lettering|words|writing|"
    r"inscription|badge|neon|icing|scoreboard|tombstone|gravestone|headstone|license plate|number plate|tag|t-?shirts?)",
    "surface": r"(?:plates?|notes?|board|mug|tees?|shirts?|hoodie|sweatshirt|sweater|jersey|apron|cap|hat|button|cake|page|cover|"
    r"card|display|ticker|screen|awning|storefront|shopfront|wall|door|doormat|mat|flag|balloon|sash|tattoo|bracelet|box|crate|"
    r"bag|packet|package|can|bottle|jar|van|bus|truck|clock|watch|logo|scroll|envelope|certificate|ticket|menu|sidewalk|"
    r"pavement|road)",
}
