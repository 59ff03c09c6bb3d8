"""Names of accounts that are plain words, one to three of them: «xbox gamertag Old Turnip», «milk dealer is my bnet display».

What stands beside says that they are a name: a service's or a game's own word for names, or what one does with a name there.
"""

from deid.detect.context import Context, words
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.plain_words import END, STOP, WORD, is_plain_name, is_said_of_secrets

_PLAY = "psn|ps[45]|xbox|bnet|battle\\.?net|steam|epic|riot|switch|nintendo|minecraft|roblox|fortnite|valorant|ranked|league|runescape|osrs|wow|ffxiv|genshin|chess\\.com|lichess"
_SITES = f"{_PLAY}|discord|twitch|insta(?:gram)?|ig|tiktok|snap(?:chat)?|twitter|reddit|tumblr|youtube|spotify|duolingo|strava|pinterest|etsy|depop|vinted|ebay|telegram|bluesky|threads|soundcloud|letterboxd|last\\.?fm|vrchat|zwift|goodreads|quizlet|deviantart|livejournal|neopets|pubg|bgmi|tetr\\.io|mastodon|bsky|wattpad|ao3|fpl|moodle|mattermost|okc|livejournal|myspace|second life|club penguin"
_NAME_WORD = "name|nick(?:name)?|display(?: name)?|handle|tag|id|user(?:name)?"
_CUE = rf"(?i:(?<![A-Za-z])(?:gamer ?tag|ign|psn(?! plus)|battle ?tag|bnet|riot ?id|(?:{_SITES}|summoner|display|player|character|char|toon|in[- ]?game|game|gamer|screen|stream(?:ing|er)?|forum|profile|duel|arena|raid|pay|blog|channel|shop|server) (?:{_NAME_WORD}))(?: (?:on (?:there|here)|for the game|in there))?(?![A-Za-z]))"
_NAMES = rf"{WORD}(?: {WORD}){{0,2}}?"
_CAPITALS = r"[A-Z][a-z'’]{1,14}(?: [A-Z][a-z'’]{1,14}){1,2}"
_GENERIC = frozenset(
    "name names id ids tag tags user users handle handles nick account accounts taken available invalid changer change changes generator ideas idea history list error check checker feature setting settings options field color colour colors font size length limit lookup search page plus store card cards gift code codes"
    " network support servers server party friend friends people everyone players player music songs song videos video memes bot bots stuff emojis emoji channels channel roles role apps app games game posts post pictures pics photos photo group groups accounts one pass wallet key keys banned hacked stolen above below"
    " person mario luigi link zelda kirby peach yoshi bowser sonic mercy genji tracer hanzo reinhardt widowmaker jinx yasuo teemo ahri lux garen sans steve master chief pikachu charizard samus fox ness snake ryu ken chun cloud sephiroth healer tank support dps carry jungle jungler mid midlane top adc bot black white medic scout engineer soldier wizard rogue"
    " cleric paladin ranger druid bard monk sorcerer warlock fighter barbarian goalkeeper keeper striker defender midfielder winger centre center forward germany france england brazil spain italy arsenal chelsea liverpool barcelona barca madrid".split()
)

_RIDES = frozenset(
    "bus uber lyft train car taxi cab bike foot tube metro plane ferry tram boat coach subway rail scooter".split()
)


def is_account_name(surface: str) -> bool:
    """Refuse what is said of names, and what everybody's are: «player name is taken», «add friends on psn»."""
    parts = surface.lower().split()
    return is_plain_name(surface) and surface.lower() not in _RIDES and _GENERIC.isdisjoint(parts)


_MEMBERS = frozenset(
    "active new admin mod moderator popular famous verified muted mute live friends mutuals big small huge toxic nice mean funny free bored lurking following follower member subscribed subscriber owner silent quiet loud invisible visible"
    " anonymous known listed registered first last early late next ready busy away afk home alone sick tired happy sad great big better best worse top number viral trending suspended private public cringe based real fake legit sus everywhere somewhere stuck lost dead alive"
    " right wrong sure out back up down in english chat talk time help something money work fun it lots loads tons".split()
)
"""What people say that somebody is on a service."""


def _is_member(surface: str) -> bool:
    parts = surface.lower().split()
    doing = parts[0].endswith("ing") and is_said_of_secrets(parts[0])
    return is_account_name(surface) and len(surface) > 3 and not doing and _MEMBERS.isdisjoint(parts)


PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.plain_is",
        rf"{_CUE}(?i:(?: is| says| shows| reads|['’]s| was| ?[:=→]| ?[-=]>)(?: (?:just|still|now|literally|currently))?) [\"'“‘]?(?P<v>{_NAMES}){END}",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:gamer ?tag|ign|psn|battle ?tag|bnet|riot ?id| (?:{_NAME_WORD}))(?: on there| on here| in there| for the game)?(?: is| says| shows| reads|['’]s| was| ?[:=→]| ?[-=]>)",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_adjacent",
        rf"(?i:(?<![A-Za-z])(?:(?:xbox |psn |my |his |her )?gamer ?tag|(?:my |his |her )?(?:ign|psn|bnet)|(?:{_PLAY}|summoner|in[- ]?game|gamer) (?:name|nick(?:name)?|tag|id|display))),? [\"'“‘]?(?P<v>{_CAPITALS}|[a-z]{{3,14}} [a-z]{{3,14}}(?=[.!,)]?$))(?![A-Za-z])",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:gamer ?tag|ign|psn|bnet|(?:{_PLAY}|summoner|game|gamer) (?:name|nick|tag|id|display)),? [A-Za-z\"'“‘]",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_before",
        rf"(?:^|[\n.!?,;:] {{0,2}}|[^ -~] ?|(?i:yeah|and|so|ok|its|btw) )(?P<v>{_NAMES})[\"'”’]? (?i:is|['’]s|was) (?i:my|his|her|their|the kid['’]s|my [a-z]+['’]s) (?:[a-z]+ )?{_CUE}",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:(?:is|['’]s|was) (?:my|his|her|their|the) (?:[a-z'’]+ ){{0,2}}(?:gamer ?tag|ign|psn|battle ?tag|bnet|riot ?id|[a-z.-]+ (?:{_NAME_WORD})))",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_plays",
        rf"(?i:(?<![A-Za-z])(?:(?:i|he|she|they|we) (?:usually |mostly |always |only |now )?(?:plays?|streams?|raids?|queues?)|(?:i|he|she) (?:usually |mostly |always |only |now )?(?:goes|go)|playing|streaming|queueing|raiding) (?:as|under|by)(?: the name)?(?: of)?) [\"'“‘]?(?P<v>[A-Z][a-z'’]{{2,15}}(?: [A-Z][a-z'’]{{2,15}}){{0,2}})(?![A-Za-z]){END}",
        accept=is_account_name,
        score=0.5,
        trigger="(?i:(?:plays?|streams?|raids?|queues?|goes|go|playing|streaming|queueing|raiding) (?:as|under|by) )",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_looked_up",
        rf"(?i:(?<![A-Za-z])(?:look (?:me|him|her|us) up|find (?:me|him|her|us)|search (?:for )?me|add me|friend me|i ?['’]?m|im|known|listed|registered|signed up) (?:(?:on|in) (?:there|{_SITES}) )?(?:as|under|by)) [\"'“‘]?(?P<v>{_NAMES})(?:{STOP}| (?:on|in) (?:there|(?i:{_SITES}))(?![A-Za-z]))",
        accept=is_account_name,
        context=Context(
            words(
                f"{_SITES}|there|online|game|app|site|server|lobby|guild|clan|look me up|find me|add me|search|friend me"
            ),
            None,
            0.0,
            before=60,
            after=24,
        ),
        score=0.5,
        trigger="(?i:(?:up|me|him|her|us|i ?['’]?m|im|known|listed|registered) (?:(?:on|in) [a-z.]+ )?(?:as|under|by) )",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_there",
        rf"(?i:(?<![A-Za-z])(?:on|in) (?:t?here|{_SITES}|the [a-z]{{2,12}} (?:board|forum|app|server|discord|list)),? (?:i ?['’]?m|i go by|i am|im|i was|i play|i show (?:up )?as|they know me as|my name['’]?s|call me|they call me|s?he['’]?s)(?: called| just)?) [\"'“‘]?(?P<v>{_NAMES}){STOP}",
        accept=is_account_name,
        score=0.5,
        trigger="(?i:(?:on|in) (?:the [a-z]+ )?[a-z0-9.]+(?: life| penguin)?,? (?:i ?['’]?m|i go by|i am|im|i was|i play|i show (?:up )?as|they know me as|my name['’]?s?|call me|they call me|s?he['’]?s) )",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_here",
        rf"(?i:(?<![A-Za-z])(?:i ?['’]?m|im|(?:s?he|they) ?['’]?(?:s|re)|i am|used to be|i was|was)(?: just| still| called)?) [\"'“‘]?(?P<v>{_NAMES})[\"'”’]? (?i:on (?:there|here|irc|slack|mattermost|{_SITES}|the (?:old |new )?(?:boards?|forums?|reading app|running app|[a-z]+ (?:app|forum|board)))|in the (?:irc|discord|slack) (?:channel|server))(?![A-Za-z])",
        accept=_is_member,
        score=0.5,
        trigger=rf"(?i: on (?:t?here|irc|slack|mattermost|{_SITES})(?:[^a-z]|\z)| (?:boards?|forums?|app)(?:[^a-z]|\z)| (?:irc|discord|slack) (?:channel|server))",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_on",
        rf"(?i:(?<![A-Za-z])(?:add|friend|invite|follow|message|msg|dm|hmu|i ?['’]?m|im|i am)) [\"'“‘]?(?P<v>{_CAPITALS}|(?-i:[a-z]{{3,14}} [a-z]{{3,14}}))[\"'”’]? (?i:on (?:my )?(?:{_PLAY}))(?![A-Za-z])",
        accept=is_account_name,
        score=0.5,
        trigger=rf"(?i: on (?:my )?(?:{_PLAY}))",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_player",
        rf"(?i:(?<![A-Za-z])(?:player|user|summoner|account|seller|trader)) (?P<v>{_CAPITALS}) (?:wants|wanted|keeps|invited|joined|left the|has (?:joined|left|invited|sent|reported)|sent (?:you|me|us)|reported|traded|was (?:kicked|banned|muted|reported)|is (?:online|offline|afk|cheating|griefing|typing))(?![a-z])",
        accept=is_account_name,
        score=0.7,
        trigger="(?i:player|user|summoner|account|seller|trader) [A-Z][a-z'’]+ [A-Z]",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_wanted",
        rf"(?i:(?<![A-Za-z])(?:summoner|player|seller|user|account|channel|profile|page|streamer|character|char) (?:(?:you|u) (?:want|need|are after|re after|should add)|to (?:look for|add|search|find|search for)|in question|i mean)(?: is|['’]s| ?=|:)) [\"'“‘]?(?P<v>{_NAMES}){STOP}",
        accept=is_account_name,
        score=0.7,
        trigger="(?i:(?:you|u) (?:want|need|are after|re after|should add)|to (?:look for|add|search|find)|in question|i mean)(?: is|['’]s| ?=|:)",
    ),
    Pattern(
        "USERNAME",
        "handle.plain_searched",
        rf"(?i:(?<![A-Za-z])(?:go to )?(?:the )?search (?:bar )?(?:and|n|then) (?:say|type|put|enter)(?: in)?) [\"'“‘]?(?P<v>{_NAMES})(?:{STOP}| (?:and|n) (?:i|you['’]?ll|scroll|it)(?![A-Za-z]))",
        accept=is_account_name,
        score=0.5,
        trigger="(?i:search (?:bar )?(?:and|n|then) (?:say|type|put|enter))",
    ),
)
