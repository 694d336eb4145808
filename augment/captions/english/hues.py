"""Where English words of colour name no colour, and where one cannot tell. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

NAMES = Reading(
    "other",
    "names, at the beginning of a text as well",
    """
    [white&Cap] house&Cap|sea&Cap|nile&Cap|hart&Cap|cliffs&Cap
    [red|white] sox&Cap
    [red&Cap] cross&Cap|crescent&Cap|square&Cap|sea&Cap|bull&Cap|army&Cap|arrow&Cap|arrows&Cap|baron&Cap|hat&Cap
    [red&Cap] wings&Cap|hook&Cap|fort&Cap|rock&Cap|riding&Cap|delicious&Cap|river&Cap|devils&Cap
    [black&Cap] sea&Cap|forest&Cap|friday&Cap|panther&Cap|panthers&Cap|widow&Cap|sabbath&Cap|hawk&Cap|lives&Cap|pearl&Cap
    [blue&Cap] jays&Cap|mosque&Cap|ridge&Cap|nile&Cap|origin&Cap|note&Cap|angel&Cap|angels&Cap|lagoon&Cap|mountain&Cap
    [blue&Cap] mountains&Cap|man&Cap
    [yellow&Cap] pages&Cap|river&Cap|sea&Cap|submarine&Cap
    [green] bay packers
    [green&Cap] bay&Cap|day&Cap|party&Cap|beret&Cap|berets&Cap|park&Cap|lantern&Cap|giant&Cap
    [orange&Cap] county&Cap|bowl&Cap|free&Cap
    [pink&Cap] floyd&Cap|panther&Cap
    [purple&Cap] heart&Cap|rain&Cap
    deep&Cap [purple&Cap]
    [brown&Cap] university&Cap|derby&Cap
    agent&Cap [orange&Cap]
    mr|mrs|ms|miss|dr|prof .? [COLOUR&Cap]
    little [red] riding hood
    [red] bull can|cans|logo|logos|energy|sign|signs|banner|banners|racing|drink|drinks|tent|tents|car|cars|helmet|helmets
    in|from|of [burgundy&Cap]
    """,
)
FOODS = Reading(
    "other",
    "food and drink by its name",
    """
    [red|white] wine|wines|meat|meats|vinegar|sauce|sugar|flour|rice
    [green|black|white] tea|coffee
    [black] beans|olives|pudding|eyed
    [brown] rice|bread|sugar|ale
    !golden [brown] toast
    [white] bread|chocolate|beans
    [red] onion|onions|cabbage|lentils|potato|potatoes|bean|beans|curry|snapper|herring|kidney
    [red] velvet FOOD|cupcake|cupcakes|cookie|cookies
    [green] bean|beans|onion|onions|olive|olives|salad|peas|curry|chile|chilli
    [purple] cabbage|potato|potatoes|yam|yams
    [yellow] mustard|squash|onion|onions
    [blue] cheese
    [pink] salmon|gin|lemonade|grapefruit|grapefruits
    [burgundy] wine|region
    """,
)
FRUIT = Reading(
    "other",
    "the fruit orange",
    """
    [orange] FROM_ORANGES
    FRUIT ,? and|or|PLUS a|an|one? [orange] !WORD&!and&!or&!on&!in
    FRUIT , a|an|one? [orange] !WORD&!and&!or&!on&!in
    [orange] and|or|, a|an|some? FRUIT
    the [orange] is|was|has|peel|on|next|beside|sit|sits|lies|rolls
    the [orange] in the bowl
    the [orange] and the !COLOUR
    CUT [orange] $|FRUITLIKE
    CUT [orange] and a|an
    an [orange] !WORD !/ !( , COLOUR )
    a|an [orange] FRUITLIKE
    an [orange] and !COLOUR
    mandarin|navel|seville|valencia|satsuma [orange]
    blood [orange] $|FRUITLIKE|juice|slice|slices
    blood [orange] and a|an
    SLICE of WORD? [orange] !paint|paper|fabric|cloth|plastic|light|liquid|drink|water|beverage|fluid
    peeled [orange] !WORD
    peeled [orange] sit|sits|on|in|lies|is|and|with|next
    """,
)
SPECIES = Reading(
    "other",
    "animals and plants by their names",
    """
    [COLOUR] FEATURED WORD? ANIMAL
    [COLOUR&GLUING] BIRDLY WORD
    [COLOUR&GLUING] foot|eye|wing|back|tail ANIMAL
    [black|yellow|brown|white|red] lab|labs|labrador|labradors !coat|coats
    [red] setter|setters|panda|pandas|fox|foxes|deer|squirrel|squirrels|grouse|wolf|wolves|oak|oaks|maple|maples|cedar
    [red] cedars|clover|admiral|admirals
    [red|blue] heeler|heelers
    [blue] tick|ticks|crab|crabs
    [black] and tan hound|hounds|coonhound|coonhounds
    black and [tan] hound|hounds|coonhound|coonhounds
    !ISH [brown|black] bear|bears
    [blue|gray|grey|white|black] whale|whales|jay|jays|shark|sharks|heron|herons|wolf|wolves|rhino|rhinos|panther|panthers
    [blue|gray|grey|white|black] widow|widows|stork|storks|swallowtail|swallowtails|marlin|marlins|tit|tits|spruce|pine|oak
    [brown] trout|recluse|pelican|pelicans
    great [white|grey|gray|blue] shark|sharks|owl|owls|heron|herons
    [green] iguana|iguanas|anaconda|anacondas|mamba|mambas|anole|anoles
    [green] sea|tree turtle|turtles|frog|frogs
    [yellow] jacket|jackets nest|sting|stings|stinging
    [yellow] jacket|jackets on a flower
    [yellow] warbler|warblers|perch
    [purple] martin|martins|finch|finches
    [silver|golden] eagle|eagles|retriever|retrievers|lab|labs|labrador|labradors|pheasant|pheasants|birch|birches
    the|two|a|young|old|adult [golden] puppies|pup|is|are|with|sitting|lying|runs
    [violet] in a
    a|the [violet] $|PREP|IS
    field|fields of [lavender]
    [lavender] field|fields|flower|flowers|plant|plants|oil|farm|scent|scented|bush|bushes|sprig|sprigs|soap
    """,
)
IDIOMS = Reading(
    "other",
    "expressions that hold a colour and have none",
    """
    [red&GLUING] handed|eye|eyes|hot|blooded|letter|light
    [red] eye flight|reduction|effect
    [red] alert|herring|herrings|cent
    [red] light district
    walk|walks|walking|hit|hits|grace|graces the [red] carpet
    walk|walks|walking|arrive|arrives|arriving|pose|poses|posing WORD? on|at|along|down|for the [red] carpet
    on the [red] carpet at|for|of|during
    [red] carpet event|events|premiere|premieres|arrival|arrivals|look|looks|gala|galas|interview|interviews
    [blue|white|pink|green] collar&GLUED
    [blue|white] collar work|worker|workers|job|jobs|town|towns|crime|crimes
    [blue] blood|blooded|moon|period
    [blue] plate special
    [blue&GLUING] and chip
    [blue&GLUING] ribbon|print
    [blue] ribbon panel|winner|prize
    [green&GLUING] lit|room
    [green] energy|thumb|thumbs|screen|screens|revolution|power
    [black] tie|eye|market|magic|ops|board|boards|hole|holes
    [white|gray|grey|black] matter
    [white] tie|knuckle|elephant|lie|lies|water|noise|supremacy|supremacist|supremacists
    [yellow] fever
    [scarlet] fever
    been|deep|back|still|company|budget|account|accounts|firm WORD* in the [red]
    into|out ( of )? the [red] $
    out of the [blue]
    gave|give|gives|giving|get|gets|got WORD? the|a [green] light
    to|should|will|can|must|they [brown|yellow] $|the|both|evenly
    begin|begins|began to [brown|yellow] $|the|both|evenly
    feel|feeling|feels [blue]
    [green] with envy
    college|village|main|town|campus|bowling|putting [green]
    tickled [pink]
    on|onto|near|to|off|from|over|across the [green] $|at|of
    [black] and|GLUED and|white? white
    black and|GLUED and? [white]
    [magenta] cartridge
    [navy] blue|AFLOAT
    the|royal|us|indian|french|german|merchant [navy]
    u . s . [navy]
    [tan] line|lines
    a [tan] END|.|;|on|from
    a [tan] ,|and !( a|an? COLOUR ) !( WORD COLOUR )
    [gold] medal|medals|medallist|medalist|mine|mines|rush|coast|standard|digger|diggers|dust
    [silver|golden] medal|medals|jubilee|anniversary|age|globe|globes|gate|gates|temple|rule|ticket|tickets|delicious|state
    [silver|golden] arches|goose|screen|lining|linings|syrup|raisin|raisins
    sun [tan]
    """,
)
DOUBTS = Reading(
    "unclear",
    "people, lights, what is of metal, and what is called so or has the colour",
    """
    [red] head|headed woman|women|man|men|girl|girls|boy|boys|lady|kid|kids
    [navy] uniform|uniforms
    [COLOUR&Cap] NAMED&Cap
    at [COLOUR&Cap]
    [red] tape|card|cards
    [red] velvet $
    on|at|along|down|for the [red] carpet
    [blue] chip|chips|ribbon|ribbons
    [green] card|cards|belt|belts|party
    [yellow] card|cards
    [purple] heart|hearts
    [gold|golden|silver] METAL&!GLUING
    [blonde|blond|auburn|brunette]
    [orange] cake|cakes|sauce|chicken
    !and|,|or [orange] fruit|fruits
    a|an|one|another SIZED SIZED? [orange] PREP|END|$
    a|an|one|another SIZED? [orange] BE|IS|ING|VERB|MOTION|GO|STAND
    the SIZED? [orange] BE|IS|PREP
    robin's egg [blue]
    BEGIN [orange] END
    LAMP|light|lights LIT LIT* [COLOUR] !PLAIN
    [COLOUR] lit? traffic|signal|stop|street light|lights
    [COLOUR] lights|light $|AND|PREP|ING|ED|BE
    [COLOUR] trafficlight|stoplight|stoplights
    waiting|waits|wait|stopped|stops|stop|stopping at|for a|the [COLOUR] light
    [COLOUR] HAIR
    [COLOUR] and COLOUR HAIR
    FRUIT|tomato|tomatoes BE still|too|not|almost [green|yellow]
    face|faces is|are|turn|turns|turned|turning|went|goes|get|gets|flush|flushed|flushes [COLOUR]
    hair BE|that|which|with|dyed|painted|tinted|streaked|coloured|colored|in|a|bright|partly|all* [COLOUR] !PLAIN
    hair dyed|painted|tinted|streaked|coloured|colored bright|partly|all? [COLOUR]
    [COLOUR] young|old|elderly|middle-aged? PEOPLE&!POSS
    """,
)
COUNTED = Reading(
    "unclear",
    "what is told of one colour alone, where others become the same",
    """
    DENIED DET|NUM|ANY? ADJ|SIZED|COLOUR* [COLOUR&LOST]
    DENIED ING|VERB DET|ANY? ADJ|SIZED|COLOUR* [COLOUR&LOST]
    """,
)
SHAPED = Reading("seen", "a thing in the shape of another", "[COLOUR] GLUING shaped|themed|print|printed|patterned|sized")
SEVERAL = Reading(
    "seen",
    "a colour in its shades, beside another",
    """
    [reds|yellows|greens|blues|purples|pinks|browns] ,|and|PLUS and? COLOUR
    COLOUR ,|and|PLUS and? [reds|yellows|greens|blues|purples|pinks|browns]
    in|of [reds|yellows|blues|purples|pinks|browns]
    """,
)
PLURALS = Reading("other", "what is called by its colour: food, music, teams", "[reds|yellows|greens|blues|purples|pinks|browns]")
HUES = (SHAPED, SEVERAL, PLURALS, NAMES, FOODS, FRUIT, SPECIES, IDIOMS, DOUBTS, COUNTED)
