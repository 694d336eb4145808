"""English nouns by the classes that its rules speak of, each with its plural; after ``=`` what has but one form."""

from __future__ import annotations

NOUNS = {
    "BODY": """
        hand arm leg eye ear shoulder knee elbow wrist ankle thumb finger cheek paw hoof fist palm thigh hip heel toe
        forearm eyebrow nostril temple jaw flipper fin claw pincer antler horn tusk breast chest glove shoe sock boot
        sleeve mitten wing profile bicep biceps calf shin buttock foreleg forepaw hindleg nipple armpit collarbone earlobe
        eyelid kneecap lung kidney lobe hemisphere hemithorax hemidiaphragm atrium ventricle ovary femur tibia fibula
        humerus radius ulna clavicle scapula maxilla mandible orbit retina adrenal tonsil testicle ureter bronchus axilla
        groin heart limb extremity sneaker sandal skate ski footprint handprint index nostril eyeball foot pinky
        forefinger knuckle artery vein nerve bone muscle rib gland molar incisor premolar pleura eyelash
        =adnexal =apical =atrial =axillary =basal =basilar =calves =carotid =cerebellar =cerebral
        =coronary =costophrenic =feet =femoral =frontal =frontoparietal =hepatic =hilar =hooves =iliac =inguinal =jugular
        =lumbar =maxillary =occipital =ovarian =parietal =perihilar =pleural =pulmonary =renal =subclavian =temporal
        =thalamic =thoracic =ventricular
    """,
    "PART": """
        side corner edge part portion end lane panel image picture photo photograph frame page column foreground
        background third quarter quadrant margin border bank door window shore arrow wall row section area turn curve bend
        inset pane post tower sideline button wheel headlight lens speaker handle pocket engine wingtip tyre tire
        taillight headlamp fender bumper rail flank seat pillar drawer curtain shutter stripe knob burner pole chair tree
        lamp building house center centre middle front rear kayak boat car truck shelf view version figure plot graph map
        chart bar peak cluster flow signal exit entrance platform rim goalpost armrest branch blinker indicator hand
        chevron bunk berth deck storey story sink screen pic most nightstand laptop monitor couch sofa bed =half =halves =shelves
    """,
    "LIVING": """
        man woman guy girl boy lady kid dude child person player batter catcher umpire skier surfer rider baby horse cow
        zebra giraffe elephant bear dog cat bird goat lamb pony bull gal chick dad mom couple bride groom soldier runner
        friend brother sister student teacher =calf =children =men =people =sheep =women
    """,
    "WORN": """
        shirt t-shirt tshirt hat cap dress jacket coat suit tie helmet glass sunglass skirt sweater hoodie uniform jersey
        vest blouse scarf apron robe boot shoe stripe wheelchair =jeans =pants =shorts =plaid =top
    """,
    "CORRECT": """
        season day year age audience career market strategy solution option product service answer time moment way tool
        thing size place track choice decision amount order spot fit job stuff idea mood balance word question kind sort
        type attitude reason condition temperature angle triangle whale spare mind combination number price pitch tone
        direction equipment mix approach ingredient proportion speed height distance level recipe change skill training
        material lighting timing spirit address information advice help music chemistry technique posture form dose
        medicine paperwork permit weather outfit gear color colour formula blend shade tune note paper document ticket
        school diet food pair length screwdriver wrench spanner bolt screw nail drill bait lure software app filter
        setting treatment =clothes =clothing
    """,
    "SMALL": "size answer tool amount ingredient choice decision equipment",
    "POLITICS": """
        party politician politics group activist extremist rally protest protester protestor demonstrator demonstration
        march marcher movement leader supporter candidate militant newspaper voter terrorist terrorism government
        coalition lawmaker mp alliance bloc opposition faction conservative democrat republican
        liberal socialist tory =labour =tories =political
    """,
    "PICTURE": """
        image picture photo pic photograph frame scene shot screen page panel canvas painting map view composition tile
        slide radiograph x-ray scan screenshot diagram chart graph figure snapshot collage drawing illustration cartoon
        comic micrograph video clip print mosaic thumbnail plot slice =footage
    """,
    "FOOD": """
        food meal pizza cake bread dinner lunch turkey rice soup pasta chicken piece slice bit sandwich material wood
        paint paper fabric
    """,
    "EITHER": """
        one dress outfit partner candidate cup move jacket key pen brush path piece racket light person woman man people
    """,
    "DOWNY": "jacket coat vest feather parka pillow =comforter =duvet =syndrome",
    "STEEP": """
        ramp stair staircase hill hillside slope mountain mountainside ladder tree wall cliff rope slide escalator
        waterfall trunk chimney drain pole mast step
    """,
    "SEATED": "seat soldier fan spectator car tree house pearl =people =teeth",
    "CULTURE": """
        film movie saddle hat shirt suit religion tourist visitor audience journalist leader nation power troop force fan
        student team brand toilet saloon church omelet omelette society country =alphabet =art =boots =calligraphy
        =civilisation =civilization =classical =clothes =countries =cuisine =culture =dress =fashion =food =medicine
        =music =orthodox =people =philosophy =style =theme =themed =wear =world
    """,
    "SITE": """
        side shore edge end bank coast coastline part portion wall wing corner slope entrance gate tip sector border fence
        quay tower facade façade region area suburb field runway one lane section flank face bridge island peak ridge
        cliff pier district neighborhood neighbourhood terminal platform exit window garden lot plot row block building
        house hill mountain valley plain province state arm taxiway stand grandstand harbor harbour dock road street route
        trail river shoreline city town village farm door room limit beach =approach =bay =boundary =breakwater =desert
        =elevation =extremity =forest =fringe =half =halves =hemisphere =horizon =jetty =lake =lawn =light =margin =mole
        =most =outskirts =panel =peninsula =perimeter =point =quarter =rim =seaboard =sky =sun =third =woods
    """,
    "ANIMAL": """
        squirrel chipmunk marmot gopher mouse mice vole rat rabbit cottontail hare bat fox wolf wolves coyote bear panda
        deer reindeer elk bison rhino rhinoceros gorilla monkey lemur macaque kangaroo wallaby koala otter seal whale
        dolphin shark marlin snapper tuna trout salmon perch bass grouper crab lobster tortoise turtle terrapin lizard
        skink gecko iguana newt salamander toad frog treefrog tree frog snake rattlesnake diamondback cobra mamba viper
        python hawk eagle falcon kite vulture buzzard osprey owl owlet harrier kestrel sandpiper plover gull tern heron
        egret ibis stork crane spoonbill swan goose geese duck teal grebe loon cormorant pelican booby boobies gannet
        puffin albatross oystercatcher godwit stilt avocet coot gallinule bittern pheasant grouse quail dove pigeon cuckoo
        roller bee-eater kingfisher woodpecker flicker sapsucker parrot cockatoo macaw parakeet lorikeet toucan hornbill
        hummingbird swift swallow martin lark meadowlark pipit wagtail wren thrush robin bluebird redstart wheatear
        nightingale warbler flycatcher kingbird phoebe tit titmouse chickadee nuthatch shrike vireo jay magpie crow raven
        chough starling myna oriole blackbird grackle cowbird sparrow junco towhee bunting finch goldfinch grosbeak
        crossbill siskin cardinal tanager weaver butterfly butterflies moth swallowtail admiral skimmer dragonfly
        dragonflies damselfly darter bumblebee wasp hornet ant widow tarantula jellyfish monarch =boobies =butterflies
        =damselflies =dragonflies =geese =mice =wolves
    """,
    "PLANT": """
        oak maple pine cedar hemlock spruce fir larch birch elm ash willow poplar redbud dogwood juniper alder mangrove
        poppy clover lily orchid iris currant elder
    """,
    "NAMED": """
        street avenue road lane square park hall station line university college school church bridge river lake creek
        mountain hill valley canyon island bay beach county city library museum theater theatre hotel inn
    """,
    "RANKED": """
        hat secret quality chef model speed scorer athlete player notch prize gear dog gun story priority job slot
        graduate pick choice student team official general brand seller billing form marks tips seed rated tier honour
        honor
    """,
    "RANK": """
        class classes management bound atmosphere ground echelon case body arm leg lip back school secondary teeth jaw
        price east west egypt manhattan saxony austria silesia income ranks house chamber limb extremity abdomen lobe
        eyelid torso crust chest gi thigh lung canine incisor molar spine lumbar respiratory gastrointestinal cost fat
        calorie tax taxes rate number
    """,
    "WAY": """
        street road aisle hall hallway corridor path sidewalk pavement river runway track lane line court field pitch
        beach coast trail avenue alley boulevard highway catwalk platform
    """,
    "ENTITLED": """
        way passage return appeal reply asylum assembly access association speech refusal ownership entry abode residence
        citizens kings women workers survivorship conquest inheritance petition privacy protest worship course
    """,
    "DISPUTE": """
        debate ruling referendum hearing campaign petition speech lecture seminar judgment vote law bill =legislation
    """,
    "VEHICLE": """
        train bus plane van taxi ship ferry boat bike bicycle motorcycle airplane jet tram
    """,
    "THING": """
        painting drawing building wing ring earring king string spring thing clothing opening awning railing ceiling
        parking marking crossing landing stocking dumpling sibling duckling sapling wedding topping lining housing pudding
        icing heading etching carving swing sling being seedling yearling gosling piping moulding molding covering
        engraving rigging clearing meeting filling dressing bearing casing bedding siding tubing wiring dwelling evening
        morning
    """,
    "FRUIT": """
        apple banana lemon lime pear grape grapefruit kiwi strawberry peach plum mango melon tangerine pineapple avocado
        clementine blueberry raspberry
    """,
    "FROM_ORANGES": """
        =juice peel slice tree =zest segment grove =marmalade wedge =soda blossom =sherbet =halves =half rind =pulp seed
        section =flavor =flavour =flavored =flavoured =pekoe
    """,
    "SLICE": "slice section piece glass segment wedge half =halves =peel =zest =juice =bits",
    "METAL": """
        ring earring necklace bracelet watch chain jewel =jewelry =jewellery bar coin =leaf =plated crown tooth =teeth bangle
        band pendant trophy cup spoon fork =cutlery platter tray statue button rim frame =trim
    """,
    "PEOPLE": """
        man =men woman =women =people person boy girl guy lady male female couple family community actor voter student =folks
        american kid child =children
    """,
    "AFLOAT": """
        officer ship seal =base jet sailor pilot =band cadet =personnel =yard vessel diver helicopter destroyer
    """,
}
