"""How an agent's voice sounds: what it opens and closes a caption with, what it likes to tell, which light it sees.

A voice is a few words that a person chose, such as "warm, wry". Each word that is known leads to a tone; a voice
without a known word is plain. No tone claims to have lived through something: the agents are AI.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from maestro_actors.providers.stories import Angle


@dataclass(frozen=True, slots=True)
class Tone:
    """One way of speaking. Openers and closers are whole sentences; `{t}` in them is the topic.

    `closings` head a carousel's last slide and fit a slide's heading; `loves` are the angles it would rather take.
    """

    name: str
    openers: tuple[str, ...]
    closers: tuple[str, ...]
    closings: tuple[str, ...]
    mood: str
    emoji: str
    loves: frozenset[Angle]


_WARM = Tone(
    name="warm",
    openers=(
        "Pull up a chair for this one.",
        "A small note about {t}, from here to you.",
        "This one is for sharing.",
        "Good to see you here.",
        "A small thing, with love.",
        "For the friend who would love this.",
        "No hurry, just a thought.",
    ),
    closers=(
        "Send it to someone who could use it tonight.",
        "Be kind to yourself while you try.",
        "Tell us how it went.",
        "Take it gently, and take someone along.",
        "You don't have to get {t} right all at once.",
        "Half of it today is plenty.",
        "Who should see this?",
        "Save it for a day when you need it.",
        "Wherever you are with {t}, you're welcome here.",
        "Good things are allowed to be small.",
    ),
    closings=("To take with you", "One kind thought", "If you keep one thing", "Before you go", "In short, and kindly"),
    mood="warm, tender, late golden light, lived-in",
    emoji="🧡",
    loves=frozenset({Angle.TALE, Angle.UNTOLD, Angle.WEEK_PLAN, Angle.BEFORE_AFTER}),
)

_WRY = Tone(
    name="wry",
    openers=(
        "We regret to report that this works.",
        "Nobody asked, and yet.",
        "Filed under things that look obvious afterwards.",
        "A modest scandal.",
        "Against our better jokes, some actual advice.",
        "Please act surprised.",
        "Breaking news from the world of {t}.",
        "There will be no certificate for this.",
    ),
    closers=(
        "Results may vary, and so may your patience.",
        "Tag the person who will pretend they knew.",
        "Objections about {t} are accepted in writing.",
        "You may now feel slightly superior.",
        "The old way remains available, sadly.",
        "Do tell us we're wrong; we like the company.",
        "It won't make you famous, only better off.",
        "We'd have made it more complicated, but it isn't.",
        "Your move, {t}.",
        "Keep this between us and the internet.",
    ),
    closings=("The moral, if any", "The small print", "So, annoyingly", "Long story short", "For the record"),
    mood="wry, deadpan, crisp shadows, one object slightly out of place",
    emoji="🙃",
    loves=frozenset({Angle.MYTH, Angle.MISTAKE, Angle.UNTOLD, Angle.TALE}),
)

_PRACTICAL = Tone(
    name="practical",
    openers=(
        "Two minutes well spent.",
        "Straight to the useful part.",
        "Here's the short version on {t}.",
        "Save this before you need it.",
        "Here's something you can use.",
        "One page, no theory.",
        "Start anywhere and stop when it helps.",
        "For the fridge door.",
    ),
    closers=(
        "Pick one thing from it and do it today.",
        "Write your first move down before you scroll on.",
        "Screenshot it before it scrolls away.",
        "If you only do one part, do the easiest.",
        "Put a note about {t} where you'll see it.",
        "Tell us what you'd change.",
        "Give it two tries before you judge it.",
        "Set a reminder for Thursday.",
        "Good enough by Friday beats perfect in spring.",
        "Questions about {t} go in the comments; answers too.",
    ),
    closings=("The short version", "In a sentence", "Next step", "In one line", "Put it to work"),
    mood="clear, orderly, even daylight, everything within reach",
    emoji="✅",
    loves=frozenset({Angle.CHECKLIST, Angle.HOW_TO, Angle.WEEK_PLAN, Angle.NUMBER}),
)

_CURIOUS = Tone(
    name="curious",
    openers=(
        "Here's a small thing worth wondering about.",
        "Something to turn over in your head.",
        "A question that refuses to leave us alone.",
        "Look closely at {t} and wait.",
        "Let's find out.",
        "Somebody should test this, so why not you?",
        "The interesting part hides in the middle.",
        "Notice something with us.",
    ),
    closers=(
        "What did you notice that we missed?",
        "Look into it, and report back like a scientist.",
        "Does it hold where you live?",
        "What would you test next about {t}?",
        "Tell us the exception; there's always one.",
        "Which part surprised you?",
        "Ask one more person and compare.",
        "What else do we all believe about {t}?",
        "Guess first, then check.",
    ),
    closings=("What we'd keep", "So far, this much", "The finding", "A working answer", "Worth testing"),
    mood="curious, close-up, shallow focus, a detail that invites a second look",
    emoji="🔎",
    loves=frozenset({Angle.EXPERIMENT, Angle.QUESTION, Angle.NUMBER, Angle.COMPARISON}),
)

_CALM = Tone(
    name="calm",
    openers=(
        "Slowly, now.",
        "A quiet note about {t}.",
        "Nothing here is urgent.",
        "Take a breath, then read.",
        "One thing at a time.",
        "There is time for this.",
        "Let the rest of the feed wait.",
    ),
    closers=(
        "Leave the rest for tomorrow.",
        "There's no prize for rushing {t}.",
        "Let it be easy for once.",
        "Read it again when the house is quiet.",
        "Small and steady will do.",
        "Sit with it for a day.",
        "Nothing about {t} has to be settled tonight.",
        "Put the phone down after this one.",
    ),
    closings=("Quietly, then", "What remains", "To come back to", "The still point", "Only this"),
    mood="calm, airy, muted morning light, wide empty space",
    emoji="🌿",
    loves=frozenset({Angle.UNTOLD, Angle.WEEK_PLAN, Angle.HOW_TO, Angle.QUESTION}),
)

_BOLD = Tone(
    name="bold",
    openers=(
        "Say it louder for the back row.",
        "Strong opinion, freely given.",
        "Forget the usual advice on {t}.",
        "Argue with this one.",
        "Ready, set, go.",
        "No more maybe.",
        "This is the hill.",
    ),
    closers=(
        "Do it today, not on Monday.",
        "Make your case if you disagree.",
        "Go and break one rule about {t}.",
        "Prove us wrong by Friday.",
        "Pick a side.",
        "Be loud about {t} for once.",
        "Start before you feel ready.",
        "Your turn, and no warm-up.",
    ),
    closings=("Loud and clear", "The bottom line", "No excuses left", "Remember this", "Now go"),
    mood="bold, high contrast, saturated colour, hard light, strong diagonals",
    emoji="⚡",
    loves=frozenset({Angle.MYTH, Angle.MISTAKE, Angle.COMPARISON, Angle.EXPERIMENT}),
)

_PLAIN = Tone(
    name="plain",
    openers=("A thought on {t}.", "From the notebook.", "Worth a minute.", "Today's note is about {t}.", "One idea."),
    closers=(
        "What would you add about {t}?",
        "Keep what helps and leave the rest.",
        "Save it for later.",
        "Pass it on if it's useful.",
        "What has worked for you?",
    ),
    closings=("In short", "The point", "To remember", "What it comes to"),
    mood="natural, unposed, soft daylight",
    emoji="✏️",
    loves=frozenset(),
)

_WORDS: dict[Tone, str] = {
    _WARM: "warm kind friendly tender caring gentle encouraging supportive cosy cozy heartfelt motherly empathetic",
    _WRY: "wry witty funny dry ironic humorous sarcastic playful cheeky deadpan mischievous",
    _PRACTICAL: "practical direct clear useful precise concise pragmatic organised organized efficient expert",
    _CURIOUS: "curious nerdy geeky inquisitive scientific thoughtful analytical playful exploring wondering",
    _CALM: "calm quiet slow serene mindful minimal patient poetic soft reflective",
    _BOLD: "bold loud energetic punchy confident provocative daring fearless sporty enthusiastic",
}


@lru_cache(maxsize=256)
def tones(voice: str) -> tuple[Tone, ...]:
    """The tones of a voice, in the order of its words; never empty."""
    found = dict.fromkeys(
        tone for word in re.findall(r"[a-z]+", voice.lower()) for tone, words in _WORDS.items() if word in words.split()
    )
    return tuple(found) or (_PLAIN,)
