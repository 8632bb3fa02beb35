"""Ideas that fit any topic: how one starts, what one buys, whom one asks."""

from __future__ import annotations

NOTEBOOK = """
mistake: {T}: change one thing at a time
point: Change one thing, keep the rest, and the result can teach you something.
- Everything new at once feels great. | New method, new kit, new hour of the day. Motivation loves a clean
  sweep.
- Then it works, or it doesn't. | Either way, nobody can say which of the five changes did it.
- Pick the change you believe in most. | Only that one. Leave the rest exactly as boring as it was.
- Give it three honest tries. | One good day is luck and one bad day is weather. Three begin to mean something.
caption: When something about {t} isn't working, the urge is to change all of it. Move one piece and watch.
image: Five identical wooden blocks in a row on a table, one painted bright, a notebook about {t} beside them

checklist: Before you spend money on {t}
point: Borrow, wait, ask, then buy. In that order.
- Borrow it for a week. | Friends, libraries, a neighbour's cupboard. Most things want to be used.
- Wait for the third wish. | Write it down each time you miss it. Once is a mood, three times is a need.
- Ask someone who owns it. | Not whether they like it. Ask when they last took it out.
- Price the whole habit. | Refills, repairs, space on the shelf. The tag is only the first payment.
caption: Shops are very good at making {t} look like a list of purchases. Run through these four before you pay.
image: A handwritten wish list about {t} pinned above an empty shelf, pencil on a string, plain daylight

question: {T}: what would be enough?
point: Decide what enough looks like before you start counting.
- More is not a finish line. | It moves. Whoever runs towards it tends to notice this rather late.
- Picture an ordinary good month. | Not the best one you can imagine. One you would gladly have again.
- Put a number or a name on it. | Twice a week. One finished thing. An evening without hurry.
- Tell someone. | Enough is easier to keep when one other person has heard it.
caption: It's a strange question to ask about {t}, and a freeing one. What would be enough for you this month?
image: A single filled glass standing in front of many empty ones, note card about {t} leaning against it

number: Ten minutes for {t}
point: Ten minutes today keep the door open for tomorrow.
- Ten minutes fit anywhere. | Before the kettle boils twice. Between two calls. After the bins.
- They're too short to dread. | Nobody needs courage for ten minutes, so there's nothing to put off.
- Stop when the timer rings. | Even when it goes well. Above all when it goes well; you'll want to come back.
- Add them up on Sunday. | Six of them make an hour that otherwise would never have been free.
caption: An hour for {t} is hard to find this week. Ten minutes are lying about everywhere.
image: A kitchen timer set to ten on a windowsill, a few things to do with {t} laid out ready beside it

how_to: How to explain {t} to a ten-year-old
point: If a ten-year-old would nod, you've understood it.
- Say what it's for. | One sentence, no names and no history. What does it make better, and for whom?
- Use something they've held. | A bike, a sandwich, a sandpit. Strange things become clear beside known ones.
- Skip the exceptions. | You know eleven. They can wait until somebody asks.
- Let them say it back. | Where their version goes wrong, yours was unclear. That's the part to look up.
caption: Simple words are a hard test. Try your two best sentences about {t} on the youngest person you know.
image: A child's chalk drawing explaining {t} on a pavement, adult shoes at the edge of the frame, bright noon

myth: You don't need talent for {t}
point: Early ease is a head start of weeks. Showing up is worth years.
- Some people begin faster. | It's true, and it's easy to see. The eye is drawn to the first month.
- You can't see the second year. | By then the quick ones are often bored, and the steady ones are good.
- Call it practice instead. | Talent is something you have or lack. Practice is something you could do at six.
- Compare yourself with March. | Your own March. It's the only fair race on offer.
caption: “I'm just not made for it” closes a door that was never locked. That goes for {t} as well.
image: Worn tools and well-thumbed notes about {t} on a bench, next to a small unused trophy, side light

how_to: How to ask for help with {t}
point: Show what you tried, then ask one small question.
- Name the exact spot. | “I'm lost” is hard to answer. “I'm lost after the second step” is nearly solved.
- Show your attempt. | Even the ugly one. It tells a helper where to begin, and that you did.
- Ask for a next step. | Not for the whole road. People have five minutes far more often than an hour.
- Report back. | Two lines on how it went. That's the thanks they'll remember.
caption: Most people like being asked about {t}; they just don't like being asked about everything. Keep it small.
image: Two chairs at a table with a half-finished attempt at {t} between them, one question written on a card

mistake: Stop collecting advice on {t}
point: One piece of advice tried beats forty pieces saved.
- Saving feels like doing. | The list grows, the evening passes, and something seems to have happened.
- The sources disagree. | Of course they do. Each one solved its own problem, in its own kitchen.
- Choose the plainest tip. | Something you could do today, with what's already there.
- No new tips until it's done. | The saved ones will keep. They have been keeping for months.
caption: How many saved posts about {t} have you opened twice? Try the oldest one today and delete two others.
image: A towering stack of clipped articles about {t} with a single sheet pulled out from the bottom

tale: A notebook, a mug and {t}
point: Write one line while it's fresh. That's the entire method.
- She had a memory like a sieve. | So she put a notebook where the mug stands. It was next to everything.
- One line each time. | What she did, what happened. Spelling not included.
- In spring she read it all. | The same mistake turned up nine times, in nine different moods.
- So she fixed that one. | It took a quarter of an hour. It had needed six months of being written down.
caption: A small invented story with an honest method. Where could a notebook about {t} live in your home?
image: A stained notebook open beside a steaming mug, short handwritten lines about {t}, morning at a kitchen table

comparison: {T}: book, video or friend?
point: Watch it, read it, ask it: each is good for something else.
- A book: for the why. | Slow, in order, checked by someone. Good when the pieces won't fit together.
- A video: for the hands. | You see the angle, the speed, the pause. Play it once, then try with the sound off.
- A friend: for the snag. | They look at your attempt, not at the ideal one. Two minutes can save a weekend.
- Yourself: for the rest. | Some of it can't be told. It arrives somewhere around the tenth time.
caption: If {t} won't click, perhaps it's only the wrong teacher for this step. Which of the four helps you most?
image: A book, a phone with a paused video and two coffee cups in a row, a first attempt at {t} in front

experiment: Explain {t} out loud, alone
point: Your own voice finds the gap faster than your eyes do.
- Close the door. | You're about to talk to a lamp. The lamp has heard worse.
- Start at the beginning. | As if it had asked. Full sentences, no “and so on”.
- Notice where you speed up. | That's the part you hope nobody asks about. It's also the part to look up.
- Do it again tomorrow. | Shorter. If it fits between two sips of tea, you've got it.
caption: Five minutes, one lamp, no notes. Find out which part of {t} you only think you understand.
image: An empty chair facing a reading lamp as if in conversation, a page about {t} turned face down

question: Who first showed you {t}?
point: Somebody's way of doing it is still in your hands.
- Think of the first time. | A kitchen, a garage, a screen late at night. Somebody went first.
- What did they do oddly? | Everybody has a habit that isn't in any manual. You probably have it too now.
- Is it still useful? | Some of it is gold, and some was only their chair being too low.
- Tell them. | It's a short message and a very good one to get.
caption: Nobody comes to {t} from nowhere. Whose habit are you still carrying?
image: An old photograph tucked into the frame of a workspace for {t}, two pairs of hands visible in it

tale: Three ways into {t}
point: There's no front door. Take the one that's open to you.
- One came for the company. | A friend had a spare seat. It took a year before it was about anything else.
- One came because of a problem. | Something had to be solved by Friday. It was, and the curiosity stayed.
- One came by mistake. | Wrong room, wrong link, wrong shelf. Best error of the year.
- They meet on Thursdays now. | Nobody can remember who was first, and nobody minds.
caption: Three made-up people, three honest reasons. Which door did you come through to {t}?
image: Three differently painted doors opening onto one shared room arranged for {t}, warm evening glow

checklist: Four questions to ask about {t}
point: Good questions are cheaper than good equipment.
- What goes wrong most often? | Ask anyone with two years behind them. They'll answer before you finish.
- What could I leave out? | Half of any routine is inheritance. Some of it nobody needs.
- What's worth doing slowly? | There's always one step where hurry costs double.
- What did you stop doing? | The quietest tips are the things good people no longer bother with.
caption: Take these four to whoever knows more about {t} than you. Which would you ask first?
image: Four paper cards with handwritten questions fanned out on a table, objects to do with {t} softly out of focus

how_to: How to make {t} easy to start
point: Shorten the way in, and you'll go in more often.
- Count the steps before step one. | Find it, unpack it, clear a space, look for the charger. That's the wall.
- Leave it half set up. | Visible, unfolded, within reach. Tidy is nice. Ready is better.
- Tie it to something you do anyway. | After coffee, after the school run, after the news. No new reminder.
- Make the first move tiny. | Open it. Sharpen it. Write the date. The second move is rarely the hard one.
caption: It's seldom willpower that's missing, more often a clear table. How many steps stand between you and {t}?
image: Everything for {t} laid out within reach of an open chair, lamp already on, rest of the room dim
"""
