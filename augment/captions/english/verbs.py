"""English verbs by the classes that its rules speak of, in all regular forms; after ``=`` further ones."""

from __future__ import annotations

VERBS = {
    "STEER": "turn veer swerve bank steer",
    "TURN": "bend curve tilt pan swipe drift swing slant lean tack wind =swung =bent",
    "FACE": "face point head",
    "LOOK": "look gaze glance stare aim peer peek",
    "GO": """
        go walk run move drive sail swim fly ride step keep stay travel march gallop jump crawl exit enter merge fork
        branch sweep dash sprint jog spin rotate slide roll shift reach scroll race dive throw kick pass pull push hit
        lead flow slope stretch extend hop skate ski cross row steam trot dribble stroll stride pedal cycle paddle glide
        float wander carve pivot lunge skid weave lurch stumble stampede sidle slink prowl wade zigzag canter
        scurry scamper slither waddle taxi coast skateboard cruise chug bound signal rush speed hurry
        =goes =went =ran =drove =flew =rode =swam =threw =led
    """,
    "BLOW": "blow break part stream billow flutter trail sweep hook =blew",
    "TRAVEL": "move travel head drift",
    "WALK": """
        walk run trot gallop canter march ride drive swim sail roll jog stroll pedal cycle dribble scurry scamper =ran
        =rode =drove
    """,
    "SPORT": """
        kick score pass tackle challenge defend clear cross shoot dribble sprint celebrate sign train warm run slide jump
    """,
    "STAND": """
        stand sit lie lay hang rest lean kneel crouch perch wait pose sleep =stood =sitting =sat =lay =lying =lies =hung
        =laying
    """,
    "CHOOSE": """
        find choose pick get need buy want use know say give select provide seek search have make learn hire offer deserve
        try =found =chose =got =bought =gave =made
    """,
    "VERB": """
        wear hold eat carry talk play read watch smile wave show contain appear seem say write open close cut wash brush
        feed drink catch hit kick lift raise reach touch use try work need want =held =ate =wore =caught
    """,
    "FALL": """
        light shine fall hang drop come pour descend dangle drip rain stream beam flow suspend lower dive swoop =fell
        =hung =came =lit =shining
    """,
    "GROW": "hang dangle grow blow roll wind curl water =grew =hung =blew",
    "PUT": "put set hold pick prop fold take tie build paint clean wash size open load =took =held =built",
    "MOTION": """
        go climb clamber scramble hike trudge ascend descend fall drop sink rise soar float hoist cascade tumble drip
        trickle pour stream rain flutter swoop dive plunge plummet zoom creep crawl shoot spring bounce hurtle toss throw
        reach stretch dangle drape swing slide point look gaze stare glance peer peek fly walk run move drive ride ski
        sled jump leap hop jog stroll march race speed step rush hover come wave drift billow spill slop lead glide
        parachute spray splash swim paddle rappel abseil scurry spiral snake smile beam blast launch send carry haul drag
        tip course flow thunder hurry scamper skip bound face aim angle shin hang =goes =went =gone =came =fell =fallen
        =rose =risen =flew =flown =ran =swam =swung =slid =threw =thrown =shot =sprang =sprung =crept =drove =driven =rode
        =ridden =led =sank =sunk =leapt =sped =hung =halfway =high =higher =straight =right =from =further =farther =way
        =far
    """,
}
