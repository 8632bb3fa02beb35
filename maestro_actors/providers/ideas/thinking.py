"""Ideas that fit any topic: what one believes, compares, measures and shares."""

from __future__ import annotations

NOTEBOOK = """
mistake: The rule about {t} you never checked
point: Ask of every rule: who says so, and since when?
- Everyone has one. | “You must always.” “You can't without.” It came with the first lesson.
- Perhaps it was true there. | In that house, with that teacher, in that year. Rules travel without luggage.
- Break it once, on purpose. | In a place where it costs nothing. Write down what happened.
- Keep it or let it go. | If it held, you now know why. If it didn't, you just got some time back.
caption: Some rules about {t} are wisdom, and some are only old. Which one have you never tested?
image: A framed old rule about {t} hanging slightly crooked on a wall, screwdriver on the floor beneath

experiment: {T}, minus one thing
point: Take something away and see whether you miss it.
- List all that belongs to it. | Things, steps, apps, habits. It's always longer than you think.
- Cross out one. | Not the dearest and not the silliest. One from the middle.
- Leave it out for two weeks. | Don't replace it. The gap is what you're measuring.
- Ask what came in its place. | Sometimes chaos. Often just some room.
caption: Adding is easy to sell. Try {t} with one piece less, and see who notices.
image: A neat arrangement of things used for {t} with one empty outline where an object used to be

mistake: Your {t}, their highlights
point: Compare your Tuesday with your other Tuesdays.
- You see one picture in forty. | The other thirty-nine are blurred, or the dog's in them.
- You don't see the conditions. | Years, money, a helper, a better window. Nobody crops those in.
- Ask a smaller question. | What exactly do I like about that one? Usually it's one thing, and it can be learned.
- Look at your own archive. | Half a year back. That's your competition, and you're winning.
caption: Other people's {t} can be an inspiration or a stick. It depends on what you ask of the picture.
image: A phone showing a glossy picture face down next to an honest, lived-in scene of {t}, natural light

question: What annoys you most about {t}?
point: The annoyance you describe exactly is half mended.
- Not “everything”. | Choose one. The one that makes you sigh before you've begun.
- When does it happen? | At the start, at the end, only with others there? Find the minute.
- What would be ten per cent better? | Not solved. Just a bit less of a sigh. Those answers tend to be cheap.
- Do that one today. | A hook, a label, a better lamp, a no.
caption: Grumbling about {t} is data. What would make it ten per cent less annoying by tonight?
image: A single bright hook newly screwed into a wall in an otherwise tangled corner for {t}, morning light

number: Three words to collect about {t}
point: A thing with a name is easier to notice.
- One for what goes right. | What do the good ones call it, when it just flows? Ask.
- One for what goes wrong. | The fault you keep meeting has a name. With a name it can be looked up.
- One that nobody else uses. | Your own word. Every workshop and every kitchen has some.
- Use them by Friday. | Out loud, to someone. Words that are used stay.
caption: Every field has words that make you see more. Which three belong to {t}?
image: Three hand-lettered word cards clipped to a string above things to do with {t}, shallow depth of field

number: One question a day about {t}
point: Collect questions for a week before you look for answers.
- Write it down as it comes. | In the queue, in the shower, half asleep. Don't look it up yet.
- Seven by Sunday. | You'll see that three of them are the same one wearing different hats.
- Answer the odd one. | The question nobody else would ask. It leads somewhere.
- Pass one on. | “Do you know why?” is a lovely way to begin a conversation.
caption: Curiosity about {t} needs a place to stay. Give it a page, and a week.
image: A page with seven handwritten question marks of different sizes, a small object from {t} as paperweight

untold: You may quit parts of {t}
point: You can love something and drop a third of it.
- There's a part you dread. | It was in the package, so you took it. Nobody said that it was optional.
- Try a month without it. | The world stays up. Most things turn out to be a custom.
- Hand it over, or buy it. | Someone likes that part. Odd, and true.
- More of what you came for. | There was a reason you started. It deserves the hour.
caption: Being serious about {t} doesn't mean doing all of it. Which part would you hand over tomorrow?
image: A box labelled “free to a good home” with surplus bits and pieces of {t} on a doorstep, cheerful morning sun

comparison: {T}, alone or with company?
point: Alone you go deeper. Together you go again.
- Alone: your own pace. | You can stop and look, or do one bit nine times. Nobody sighs.
- Together: a fixed date. | You'd have cancelled on yourself. On her you don't.
- Alone: silence. | Mistakes are small there. Good for what is new.
- Together: second eyes. | Someone sees in a minute what you've missed since May.
caption: Perhaps there's room in {t} for both, a closed door and an open one. Which have you had too little of?
image: Two overlapping scenes of {t}, one solitary under a lamp and one around a busy shared table

before_after: A corner for {t}, tidied
point: Put away what you don't use, and what you do use gets found.
- Before: all of it, always there. | The new, the broken, the “might need that”. You work round it.
- Before: looking for one thing. | Three minutes, each time. It's never where it was.
- After: a tray for today. | Only what you need now. The rest stands further off and is quiet.
- After: a reset at the end. | Two minutes and it looks as if someone expects you tomorrow.
caption: The finest tool for {t} may be a clear half metre. What's been lying in yours since spring?
image: A before-and-after of one small corner for {t}, cluttered left, calm tray and lamp right

comparison: Spend time or money on {t}?
point: Spend money on what hurts and time on what you enjoy.
- Money: for what's unsafe. | If it's sharp, hot, heavy or electric, buy the good one.
- Time: for what teaches you. | Do the parts by hand that you want to understand.
- Money: for what you dread. | If a small sum removes the sigh, it's well spent.
- Neither: for what impresses. | It costs both, and it's usually for someone who isn't looking.
caption: Every budget for {t} has two columns. Where has money bought you real time?
image: Coins and a wristwatch balanced on an old kitchen scale, objects to do with {t} blurred in the background

checklist: A stop list for {t}
point: Each thing you stop makes room for one you meant to do.
- Stop starting at the hardest end. | Warm up on something that works. The hard part will wait for you.
- Stop redoing what was fine. | Fine is finished. Nobody but you has seen the second coat.
- Stop reading one more guide. | The next one will say what the last three said, with other photos.
- Stop saying “only”. | “It's only a small one.” Small is a size, not an excuse.
caption: There are plenty of to-do lists for {t} and hardly any of the other kind. What would you cross out first?
image: A list with every line firmly crossed out next to a calm clear space for {t}, red pencil resting on it

question: A year of {t}: what stayed?
point: What you still do without being told is what you've learned.
- What did you stop? | No guilt, just a list. Some of it had done its job.
- What did you keep? | The things you do by now without thinking. Write them down; they're invisible to you.
- What surprised you? | Something you'd have laughed at a year ago. There's always one.
- What's next, in one line? | Not a resolution. A direction is enough.
caption: Before you plan the next year of {t}, look at the one you've had. What stayed?
image: Twelve small objects or notes about {t} laid out like a calendar on linen, a few spaces empty

myth: It's not too late for {t}
point: Next year you'd be glad to have begun today, even slowly.
- Someone began at six. | Good for them. They also had no rent, and somebody else cooked.
- You bring other things. | Patience, taste, a credit card, the knowledge that nobody's watching.
- Beginners of any age improve fast. | The first twenty hours are generous to everyone.
- Have a first day. | Put it in the calendar, with a time. Dates make it real.
caption: The best year to start was perhaps another one. This one is still open, and that goes for {t} too.
image: A well-worn pair of reading glasses on a beginner's guide to {t}, autumn light, a fresh page ready

myth: You needn't finish all of {t}
point: A half that you love is worth more than a whole you endure.
- Finishing is a virtue in dishes. | In curiosity it's optional.
- Leave where it's dull. | Skip a chapter, a step, a season. You may come back, or you may not.
- Notice what you skip to. | That's your actual interest. Follow it.
- Depth can start anywhere. | Begin with the part that pulls. The rest gets interesting from there.
caption: Nobody checks whether you know {t} from cover to cover. Which part pulls you?
image: A book about {t} lying open in the middle, several bookmarks in odd places, afternoon floor light
"""
