"""English words of one form, by the classes that its rules speak of."""

from __future__ import annotations

WORDS = {
    "ARTICLE": "the a an",
    "OWN": "his her its their my your our whose one's ur yr someone's somebody's",
    "THE": "the his her its their my your our whose one's ur yr someone's somebody's",
    "DET": """
        the a an this that these those each every both either another his her its their my your our whose one's ur yr
        someone's somebody's
    """,
    "WHO": "who that which he she it they we i you someone somebody everyone everybody nobody",
    "PRON": "he she it they we i you him them us me someone somebody everyone everybody nobody anyone u ya",
    "BE": "is are was were be been being am isn't aren't wasn't weren't 's",
    "IS": "it's he's she's that's there's here's who's what's they're we're you're i'm thats its'",
    "HAVE": "has have had having hasn't haven't hadn't i've we've they've you've he'd she'd they'd",
    "GET": "get gets got getting",
    "DO": "do does did doesn't don't didn't can could will would should must may might cannot can't won't",
    "NOT": "not never n't",
    "FEW": """
        few many much more some any no none nothing nobody little only last half most lot lots bit bits amount plenty
        several all enough everything anything something one two three four five six seven eight nine ten eleven twelve
    """,
    "NUM": "one two three four five six seven eight nine ten eleven twelve",
    "ORD": "first second third fourth fifth sixth seventh last next 1st 2nd 3rd 4th 5th 6th 7th",
    "AND": "and or but while as when where whereas because though although then",
    "ALREADY": "just already never recently finally suddenly simply long only still also",
    "PREP": """
        in on at by under near with beside inside outside between next against among from over behind above below across
        along into onto through off past around toward towards to beneath underneath atop amid before after for of about
        without within during like upon up down out via beyond opposite
    """,
    "TO": "to on at from toward towards in near along",
    "EXACT": """
        now away then there here before after behind beside besides next in at through off outside inside under underneath
        over above below beneath on up down along alongside across against into past by near between among amongst around
        out where when while as back beyond within onto until till opposite close to toward towards atop
    """,
    "MANNER": """
        slightly sharply hard slowly quickly diagonally straight directly gently abruptly and over back off far away just
        then all sideways forward forwards suddenly steadily fast immediately
    """,
    "FAR": """
        far furthest farthest further farther most very extreme immediate direct near upper lower top bottom back front
        center centre middle rear outer inner absolute distant mid slight uppermost lowermost bot
    """,
    "FARTHER": "far furthest farthest further farther extreme",
    "ASKED": "question questions vote votes criticism pressure support attack attacks opposition challenge challenges",
    "LAMP": "signal signals trafficlight trafficlights streetlight streetlights stoplight stoplights",
    "LIT": """
        is are was were be turn turns turned turning show shows showing shown goes went just has then that which on in at both
        all currently glowing lit displaying reading still a the with
    """,
    "DENIED": "no not without never neither nor isn't aren't wasn't weren't doesn't don't only exactly",
    "ANY": "any single",
    "CAMERA": """
        look looks looked looking gaze gazes gazing view views viewed viewing seen shot photographed taken pictured photo
        photograph picture panorama elevation perspective vista
    """,
    "PLACED": "pictured seen shown seated positioned located placed visible parked standing sitting mounted",
    "LIMB": "upper lower front hind rear back ring middle pointer",
    "ANATOMIC": """
        internal external anterior posterior superior inferior medial lateral proximal distal dorsal ventral common optic
        sacral costal vertebral popliteal cervical mammary gastric pelvic
    """,
    "ADJ": """
        small large big huge tiny little tall short long broken open closed empty full old new main wide narrow thick thin
        bare bent raised outstretched swollen bandaged injured torn worn flat front rear far near upper lower middle outer
        inner massive mild moderate severe dense acute chronic displaced distal proximal partial complete lone single
        tattooed gloved rusty cracked painted damaged mangled young smaller larger bigger taller shorter biggest smallest
        tallest largest closest nearest other same whole entire dirty clean blurry
    """,
    "ADVERB": """
        overnight outdoors indoors alone behind home early late open unattended yesterday today again ajar ago there here
    """,
    "ALL": "what what's whatever all everything anything little nothing much",
    "WHERE": "at in near to from on along across toward towards",
    "AIMED": "on to into from through over toward towards for the",
    "TOP": "top bottom",
    "UPPER": "upper lower",
    "ABOVE": "above below",
    "UP": "up down",
    "PLACE": "left right center centre middle most row floor half side hand third corner edge",
    "LINE": """
        top bottom upper lower uppermost topmost lowest left right left-hand right-hand leftmost rightmost middle center
        centre hand
    """,
    "SIDE": "left right",
    "CUT": """
        sliced half whole cut fresh small large big little ripe single one cut-up juicy eaten another each every
    """,
    "SIZED": "small large big giant huge tiny little single half whole ripe fresh juicy round",
    "FRUITLIKE": """
        on in with next from that is are was has which cut beside sit sits sat lie lies lay lays rest rests roll rolls hang
        hangs fall falls float floats grow grows to under behind near inside against sitting lying laying being by at over
        among between for atop hanging growing sliced peeled into resting placed surrounded held balanced topped
    """,
    "FEATURED": """
        headed tailed breasted winged throated bellied billed necked crowned capped backed eyed footed legged faced collared
        crested shouldered rumped sided bearded fronted cheeked naped nosed whiskered ringed vented browed mantled lored
        chinned
    """,
    "BIRDLY": "breasted billed bellied throated crested rumped naped vented browed lored",
    "ISH": "reddish bluish blueish greenish yellowish brownish pinkish whitish blackish grayish greyish",
    "HAIR": "haired hair skin skinned beard bearded moustache mustache eyebrows ponytail curls braids",
}
