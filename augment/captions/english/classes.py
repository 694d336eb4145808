"""English words by the classes that its rules speak of."""

from __future__ import annotations

from augment.captions.english.colours import COLOURS, SHADES
from augment.captions.english.forms import nouns, verbs
from augment.captions.grammar.tokens import Lexicon

OWNERS = "his her its their my your our whose one's ur yr someone's somebody's"
FEW = (
    "few many much more some any no none nothing nobody little only last half most lot lots bit bits amount plenty several all enough "
    "everything anything something"
)
ONES = "one two three four five six seven eight nine ten eleven twelve"
CLASSES = {
    # small words
    "ARTICLE": "the a an".split(),
    "OWN": OWNERS.split(),
    "THE": f"the {OWNERS}".split(),
    "DET": f"the a an this that these those each every both either another {OWNERS}".split(),
    "WHO": "who that which he she it they we i you someone somebody everyone everybody nobody".split(),
    "PRON": "he she it they we i you him them us me someone somebody everyone everybody nobody anyone u ya".split(),
    "BE": "is are was were be been being am isn't aren't wasn't weren't 's".split(),
    "IS": "it's he's she's that's there's here's who's what's they're we're you're i'm thats its'".split(),
    "HAVE": "has have had having hasn't haven't hadn't i've we've they've you've he'd she'd they'd".split(),
    "GET": "get gets got getting".split(),
    "DO": "do does did doesn't don't didn't can could will would should must may might cannot can't won't".split(),
    "NOT": "not never n't".split(),
    "FEW": [*FEW.split(), *ONES.split()],
    "NUM": ONES.split(),
    "ORD": "first second third fourth fifth sixth seventh last next 1st 2nd 3rd 4th 5th 6th 7th".split(),
    "AND": "and or but while as when where whereas because though although PLUS / then".split(),
    "ALREADY": "just already never recently finally suddenly simply long only still also".split(),
    "PREP": (
        "in on at by under near with beside inside outside between next against among from over behind above below across along into onto "
        "through off past around toward towards to beneath underneath atop amid before after for of about without within during like "
        "upon up down out via beyond opposite"
    ).split(),
    "TO": "to on at from toward towards in near along".split(),
    "EXACT": (
        "now away then there here before after behind beside besides next in at through off outside inside under underneath over above "
        "below beneath on up down along alongside across against into past by near between among amongst around out where when while as "
        "back beyond within onto until till opposite close to toward towards atop"
    ).split(),
    "BEHIND": "behind below beneath above next beside besides before after outside inside against between underneath alongside beyond".split(),
    "MANNER": (
        "slightly sharply hard slowly quickly diagonally straight directly gently abruptly and over back off far away just then all sideways "
        "forward forwards suddenly steadily fast immediately"
    ).split(),
    "FAR": (
        "far furthest farthest further farther most very extreme immediate direct near upper lower top bottom back front center centre middle "
        "rear outer inner absolute distant mid slight uppermost lowermost bot"
    ).split(),
    "FARTHER": "far furthest farthest further farther extreme".split(),
    "HIGH": "upper lower top bottom bot".split(),
    # what things do
    "STEER": verbs("turn veer swerve bank steer"),
    "TURN": verbs("bend curve tilt pan swipe drift swing slant lean tack wind", "swung bent"),
    "FACE": verbs("face point head"),
    "LOOK": verbs("look gaze glance stare aim peer peek"),
    "GO": verbs(
        "go walk run move drive sail swim fly ride step keep stay travel march gallop jump crawl exit enter merge fork branch sweep dash "
        "sprint jog spin rotate slide roll shift reach scroll race dive throw kick pass pull push hit lead flow slope stretch extend hop "
        "skate ski cross row steam trot dribble stroll stride pedal cycle paddle glide float wander canter scurry scamper slither waddle "
        "taxi coast skateboard cruise chug bound signal rush speed hurry",
        "goes went ran drove flew rode swam threw led",
    ),
    "BLOW": verbs("blow break part stream billow flutter trail sweep hook", "blew"),
    "TRAVEL": verbs("move travel head drift"),
    "WALK": verbs("walk run trot gallop canter march ride drive swim sail roll jog stroll pedal cycle dribble scurry scamper", "ran rode drove"),
    "VEHICLE": nouns("train bus plane van taxi ship ferry boat bike bicycle motorcycle airplane jet tram"),
    "SPORT": verbs("kick score pass tackle challenge defend clear cross shoot dribble sprint celebrate sign train warm run slide jump"),
    "STAND": verbs("stand sit lie lay hang rest lean kneel crouch perch wait pose sleep", "stood sitting sat lay lying lies hung laying"),
    "PLACED": "pictured seen shown seated positioned located placed visible parked standing sitting mounted".split(),
    "CHOOSE": verbs("find choose pick get need buy want use know say give select provide seek search have make learn hire offer deserve try",
                    "found chose got bought gave made"),
    "VERB": verbs(
        "wear hold eat carry talk play read watch smile wave show contain appear seem say write open close cut wash brush feed drink catch "
        "hit kick lift raise reach touch use try work need want",
        "held ate wore caught",
    ),
    # things
    "BODY": nouns(
        "hand arm leg eye ear shoulder knee elbow wrist ankle thumb finger cheek paw hoof fist palm thigh hip heel toe forearm eyebrow nostril "
        "temple jaw flipper fin claw pincer antler horn tusk breast chest glove shoe sock boot sleeve mitten wing profile bicep biceps calf "
        "shin buttock foreleg forepaw hindleg nipple armpit collarbone earlobe eyelid kneecap lung kidney lobe hemisphere hemithorax "
        "hemidiaphragm atrium ventricle ovary femur tibia fibula humerus radius ulna clavicle scapula maxilla mandible orbit retina adrenal "
        "tonsil testicle ureter bronchus axilla groin heart limb extremity sneaker sandal skate ski footprint handprint index nostril "
        "eyeball foot pinky forefinger knuckle"
    ) | frozenset(
        "feet hooves calves costophrenic pleural hepatic renal pulmonary cerebral temporal frontal parietal occipital maxillary femoral iliac "
        "ovarian adnexal inguinal axillary basilar basal apical hilar perihilar atrial ventricular coronary carotid subclavian jugular "
        "cerebellar thalamic frontoparietal thoracic lumbar".split()
    ),
    "LIMB": "upper lower front hind rear back ring middle pointer".split(),
    "PART": nouns(
        "side corner edge part portion end lane panel image picture photo photograph frame page column foreground background third quarter "
        "quadrant margin border bank door window shore arrow wall row section area turn curve bend inset pane post tower sideline button "
        "wheel headlight lens speaker handle pocket engine wingtip tyre tire taillight headlamp fender bumper rail flank seat pillar drawer "
        "curtain shutter stripe knob burner pole chair tree lamp building house center centre middle front rear kayak boat car truck shelf "
        "view version figure plot graph map chart bar peak cluster flow signal exit entrance platform rim goalpost armrest branch "
        "blinker indicator hand screen pic most nightstand laptop monitor couch sofa bed"
    ) | frozenset("half halves shelves".split()),
    "LIVING": nouns(
        "man woman guy girl boy lady kid dude child person player batter catcher umpire skier surfer rider baby horse cow zebra giraffe elephant "
        "bear dog cat bird goat lamb pony bull gal chick dad mom couple bride groom soldier runner friend brother sister student teacher"
    ) | frozenset("men women children people sheep calf".split()),
    "WORN": [
        *nouns("shirt t-shirt tshirt hat cap dress jacket coat suit tie helmet glass sunglass skirt sweater hoodie uniform jersey vest blouse "
               "scarf apron robe boot shoe stripe wheelchair"),
        "jeans", "pants", "shorts", "plaid", "top",
    ],
    "COLOUR": [*COLOURS, *SHADES, "dark", "light"],
    "CORRECT": nouns(
        "season day year age audience career market strategy solution option product service answer time moment way tool thing size place track "
        "choice decision amount order spot fit job stuff idea mood balance word question kind sort type attitude reason condition temperature "
        "angle triangle whale spare mind combination number price pitch tone direction equipment mix approach ingredient proportion speed "
        "height distance level recipe change skill training material lighting timing spirit address information advice help music chemistry "
        "technique posture form dose medicine paperwork permit weather outfit gear color colour formula blend shade tune note paper document "
        "ticket school diet food pair length screwdriver wrench spanner bolt screw nail drill bait lure software app filter setting treatment"
    ) | frozenset("clothes clothing".split()),
    "SMALL": nouns("size answer tool amount ingredient choice decision equipment"),
    "POLITICS": nouns(
        "party politician politics group activist extremist rally protest protester protestor demonstrator demonstration march marcher movement "
        "leader supporter candidate militant newspaper voter terrorist terrorism government coalition lawmaker mp alliance bloc opposition "
        "faction"
    ) | frozenset(["political"]),
    "ENTITLED": (
        "way passage return appeal reply asylum assembly access association speech refusal ownership entry abode residence citizens kings women "
        "workers survivorship conquest inheritance petition privacy protest worship course"
    ).split(),
    "PICTURE": nouns(
        "image picture photo pic photograph frame scene shot screen page panel canvas painting map view composition tile slide radiograph x-ray "
        "scan screenshot diagram chart graph figure snapshot collage drawing illustration cartoon comic micrograph video clip print mosaic "
        "thumbnail plot slice"
    ) | {"footage"},
    "ADJ": (
        "small large big huge tiny little tall short long broken open closed empty full old new main wide narrow thick thin bare bent raised "
        "outstretched swollen bandaged injured torn worn flat front rear far near upper lower middle outer inner massive mild moderate severe "
        "dense acute chronic displaced distal proximal partial complete lone single tattooed gloved rusty cracked painted damaged mangled young "
        "smaller larger bigger taller shorter biggest smallest tallest largest closest nearest other same whole entire dirty clean blurry"
    ).split(),
    "ADVERB": "overnight outdoors indoors alone behind home early late open unattended yesterday today again ajar ago there here".split(),
    "PLEASE": "ok okay well so then".split(),
    "THING": "ing painting drawing building wing ring earring king string spring thing clothing opening awning railing ceiling parking marking "
             "crossing landing stocking dumpling sibling duckling sapling wedding topping lining housing pudding icing heading etching carving "
             "swing sling being seedling yearling gosling piping moulding molding covering engraving rigging clearing meeting filling dressing "
             "bearing casing bedding siding tubing wiring dwelling evening morning".split(),
    "FOOD": nouns("food meal pizza cake bread dinner lunch turkey rice soup pasta chicken piece slice bit sandwich material wood paint paper fabric"),
    "ALL": "what what's whatever all everything anything little nothing much".split(),
    "EITHER": nouns("one dress outfit partner candidate cup move jacket key pen brush path piece racket light person woman man people"),
    # heights
    "FALL": verbs("light shine fall hang drop come pour descend dangle drip rain stream beam flow suspend lower dive swoop", "fell hung came lit shining"),
    "PLACE": "left right center centre middle most row floor half side hand third corner edge".split(),
    "RANKED": (
        "hat hats secret quality chef chefs model models speed scorer athlete athletes player players notch prize gear dog gun story "
        "stories priority priorities job jobs slot slots graduate graduates pick picks choice choices student students team teams "
        "official officials general generals brand brands seller sellers billing form marks tips seed rated tier honour honours honor "
        "honors "
    ).split(),
    "RANK": (
        "class classes management bound atmosphere ground echelon echelons case body arm arms leg legs lip lips back school secondary "
        "teeth jaw price prices east west egypt manhattan saxony austria silesia income ranks house chamber limb limbs "
        "extremity extremities abdomen lobe lobes eyelid eyelids torso crust chest gi thigh thighs lung canine incisor incisors molar "
        "molars spine lumbar respiratory gastrointestinal cost fat calorie calories tax taxes rate rates number numbers "
    ).split(),
    "GROW": verbs("hang dangle grow blow roll wind curl water", "grew hung blew"),
    "PUT": verbs("put set hold pick prop fold take tie build paint clean wash size open load", "took held built"),
    "WAY": (
        "street streets road roads aisle hall hallway corridor path sidewalk pavement river runway track tracks lane line court field "
        "pitch beach coast trail avenue alley boulevard highway catwalk platform "
    ).split(),
    "MOTION": verbs(
        "go climb clamber scramble hike trudge ascend descend fall drop sink rise soar float hoist cascade tumble drip trickle pour stream rain "
        "flutter swoop dive plunge plummet zoom creep crawl shoot spring bounce hurtle toss throw reach stretch dangle drape swing slide point look "
        "gaze stare glance peer peek fly walk run move drive ride ski sled jump leap hop jog stroll march race speed step rush hover come wave drift "
        "billow spill slop lead glide parachute spray splash swim paddle rappel abseil scurry spiral snake smile beam blast launch send carry haul "
        "drag tip course flow thunder hurry scamper skip bound face aim angle shin hang",
        "goes went gone came fell fallen rose risen flew flown ran swam swung slid threw thrown shot sprang sprung crept drove driven rode ridden led sank "
        "sunk leapt sped hung halfway high higher straight right from further farther way far",
    ),
    "DOWNY": nouns("jacket coat vest feather parka pillow") | frozenset("comforter duvet syndrome".split()),
    "STEEP": nouns("ramp stair staircase hill hillside slope mountain mountainside ladder tree wall cliff rope slide escalator waterfall trunk chimney "
                   "drain pole mast step"),
    # rows
    "LINE": "top bottom upper lower uppermost topmost lowest left right left-hand right-hand leftmost rightmost middle center centre hand".split(),
    "SEATED": nouns("seat soldier fan spectator car tree house pearl") | frozenset("people teeth".split()),
    # the compass
    "COMPASS": [f"{a}{b}" for a in ("north", "south", "east", "west") for b in ("", "ern", "east", "west", "eastern", "western", "-east", "-west", "-eastern", "-western")],
    "EASTERN": [f"{a}ern" for a in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "north-east", "north-west", "south-east", "south-west")],
    "WESTERLY": [f"{a}{b}ern" for a in ("", "north", "south", "north-", "south-") for b in ("west", "east")],
    "CULTURE": nouns(
        "film movie saddle hat shirt suit religion tourist visitor audience journalist leader nation power troop force fan student team brand toilet "
        "saloon church omelet omelette society country"
    ) | frozenset(
        "style boots wear music world culture dress clothes theme themed medicine philosophy cuisine food orthodox art people countries classical "
        "calligraphy alphabet fashion civilisation civilization".split()
    ),
    "SITE": nouns(
        "side shore edge end bank coast coastline part portion wall wing corner slope entrance gate tip sector border fence quay tower facade façade "
        "region area suburb field runway one lane section flank face bridge island peak ridge cliff pier district neighborhood neighbourhood terminal "
        "platform exit window garden lot plot row block building house hill mountain valley plain province state arm taxiway stand grandstand harbor "
        "harbour dock road street route trail river shoreline city town village farm door room limit beach"
    ) | frozenset(
        "half halves boundary third quarter hemisphere horizon sky outskirts rim peninsula bay lake forest woods elevation lawn perimeter margin fringe "
        "desert seaboard extremity breakwater mole jetty sun light approach panel point most".split()
    ),
    "ANIMAL": nouns(
        "squirrel chipmunk marmot gopher mouse mice vole rat rabbit cottontail hare bat fox wolf wolves coyote bear panda deer "
        "reindeer elk bison rhino rhinoceros gorilla monkey lemur macaque kangaroo wallaby koala otter seal whale dolphin shark marlin "
        "snapper tuna trout salmon perch bass grouper crab lobster tortoise turtle terrapin lizard skink gecko iguana newt salamander "
        "toad frog treefrog tree frog snake rattlesnake diamondback cobra mamba viper python hawk eagle falcon kite vulture buzzard "
        "osprey owl owlet harrier kestrel sandpiper plover gull tern heron egret ibis stork crane spoonbill swan goose geese duck teal "
        "grebe loon cormorant pelican booby boobies gannet puffin albatross oystercatcher godwit stilt avocet coot gallinule bittern "
        "pheasant grouse quail dove pigeon cuckoo roller bee-eater kingfisher woodpecker flicker sapsucker parrot cockatoo macaw "
        "parakeet lorikeet toucan hornbill hummingbird swift swallow martin lark meadowlark pipit wagtail wren thrush robin bluebird "
        "redstart wheatear nightingale warbler flycatcher kingbird phoebe tit titmouse chickadee nuthatch shrike vireo jay magpie crow "
        "raven chough starling myna oriole blackbird grackle cowbird sparrow junco towhee bunting finch goldfinch grosbeak crossbill "
        "siskin cardinal tanager weaver butterfly butterflies moth swallowtail admiral skimmer dragonfly dragonflies damselfly darter "
        "bumblebee wasp hornet ant widow tarantula jellyfish monarch "
    ) | frozenset("mice wolves geese butterflies dragonflies damselflies boobies".split()),
    "PLANT": nouns(
        "oak maple pine cedar hemlock spruce fir larch birch elm ash willow poplar redbud dogwood juniper alder mangrove poppy clover "
        "lily orchid iris currant elder "
    ),
    "SIDE": ["left", "right"],
}  # fmt: skip
ENDINGS = (
    ("ing", "ING"), ("ed", "ED"), ("ly", "LY"),
    ("ectomy", "BODY"), ("oma", "BODY"), ("itis", "BODY"), ("plasty", "BODY"), ("gram", "BODY"), ("osis", "BODY"), ("pathy", "BODY"),
    ("thorax", "BODY"), ("otomy", "BODY"),
)  # fmt: skip
"""Of medicine the last: what is removed, swollen or drawn has a side as the body has."""
KINDS = {"NOUN": "CULTURE SITE DOWNY STEEP SEATED ANIMAL PLANT RANKED RANK WAY VEHICLE ENTITLED LIVING WORN PART BODY CORRECT SMALL POLITICS PICTURE FOOD EITHER THING".split()}
LOOSE = frozenset("FALL GROW PUT MOTION SPORT PLACE LINE COMPASS EASTERN WESTERLY".split())
LEXICON = Lexicon(CLASSES, KINDS, ENDINGS, LOOSE)
