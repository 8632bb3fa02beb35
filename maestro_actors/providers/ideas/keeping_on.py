"""Ideas that fit any topic: how one keeps going, rests, plans and comes back."""

from __future__ import annotations

NOTEBOOK = """
experiment: Seven days of {t}, one line a night
point: Seven lines will show you a pattern that seven opinions can't.
- Take a card and seven rows. | Phone notes get lost among groceries. A card on the fridge gets read.
- Each night: what and how. | “Short, distracted, fine” is a complete entry.
- Don't improve anything yet. | This week you're only looking. It's harder than it sounds.
- On day eight, circle repeats. | The word that turns up three times is where to begin.
caption: A week of looking at {t} before a year of fixing it. All you need is a card and a pen.
image: A fridge door with one index card of seven handwritten rows about {t}, held by a plain magnet

before_after: {T}, with and without a plan
point: A plan on the back of an envelope is still a plan.
- Without: you start with mood. | On good days you do too much, on the others nothing. Both look like fate.
- Without: every time from zero. | What was next? Where was it? A quarter of an hour goes on remembering.
- With: the next step is written. | One line, left there by you, last time. You sit down and begin.
- With: you know when you're done. | A plan has an end. After it the evening belongs to you.
caption: Three lines on an envelope can rescue your {t} on a tired Tuesday. What's your next line?
image: Two desks side by side, one chaotic, one with a small envelope plan for {t}, split by a shaft of light

untold: {T} can be boring. Stay a bit
point: Boredom is often what getting better feels like from inside.
- The start is full of firsts. | Everything is new, so everything counts as progress.
- Then come the repeats. | The same thing again, a little straighter. Nobody claps for a little straighter.
- That's where it settles. | Hands and eyes learn while you think nothing's happening.
- Set one small dare. | Slower, quieter, in a new place. Attention comes back when it has a job.
caption: No one warns you about the dull middle of {t}. It passes, and it leaves something behind.
image: A long quiet corridor of repeated attempts at {t} pinned in a row, each a little neater, grey calm light

week_plan: A gentle week of {t}
point: Two short days, one long one, and the rest off.
- Monday: look, don't do. | Tidy, read, sharpen, choose. Ten minutes that make Wednesday easy.
- Wednesday: the short one. | A small, complete piece. Finish even if it's plain.
- Saturday: the long one. | Take the time it needs, phone in another room, something warm beside you.
- Sunday: one line. | What to do again, what to drop. Then close the book till Monday.
caption: A plan for {t} that survives a bad day, because it has four days without any. Move them as you like.
image: A simple wall calendar with three days marked in pencil for {t}, four left blank, afternoon shadow

tale: The second month of {t}
point: The second month is quiet. That's when it becomes yours.
- In month one he told everyone. | New kit, new words, a photo a day. It was a little bit about the photo.
- In month two it rained. | Nobody asked any more. The kit had a place in the hall.
- He carried on, smaller. | Fewer times, no photos. One evening he noticed that he hadn't checked the clock.
- In month three someone asked. | And he had an answer, not an announcement.
caption: A made-up beginner with a very common calendar. Which month are you in with {t}?
image: Rain on a hall window, well-used things to do with {t} by the door, one hook, one coat, soft dusk

how_to: Back to {t} after a long gap
point: Come back at half size, and leave while it's still fun.
- Skip the apology. | You don't owe anyone a reason, least of all a hobby. Begin in the middle.
- Halve it. | Half as long, half as hard. What you remember and what you can do now aren't the same.
- Expect one clumsy day. | It's the rust and not you. By the third time it has mostly gone.
- Fix the next date at once. | Before you put anything away. A return needs a second time to count.
caption: The gap always looks bigger from outside. If you and {t} lost touch over the winter, start gently.
image: Dust blown off a box of things to do with {t}, particles glowing in a beam of window light

week_plan: One small job a day for {t}
point: Five jobs of ten minutes, and the weekend stays free.
- Monday: clear. | Throw out, put back, wipe. Begin the week with space.
- Tuesday and Wednesday: repair. | The two things that annoy you each time. You know which two.
- Thursday: learn one thing. | One page, one clip, one question to someone who knows.
- Friday: lay it out. | So that on Saturday you can start without looking for anything.
caption: All the little chores around {t} weigh nothing if each has a day. Which would you give to Monday?
image: Five small paper tags from Monday to Friday tied to objects used for {t}, hanging in a row

comparison: {T}: weekday or weekend?
point: Let weekdays maintain and weekends explore.
- Weekday: short and known. | Do what you already can. Nothing new after eight in the evening.
- Weekend: long and curious. | Try the difficult version. A mistake has time to be interesting.
- Weekday: a fixed hour. | The clock decides, so you needn't. It's over before you can argue.
- Weekend: an open end. | Stop when it's good or when someone's hungry.
caption: It helps to have two versions of {t}, one for Tuesdays and one for rain on Sunday. Which do you neglect?
image: The same corner prepared for {t} twice, in lamp light and in broad Sunday daylight, split frame

myth: {T} won't eat your weekend
point: Give it edges, and it fits into the week you have.
- It looks endless from outside. | You see other people's best days stacked up. Nobody shows the short ones.
- A start time helps. | An end time helps more. It makes you choose what matters first.
- Leave one thing for next time. | An unfinished edge is a good handle.
- Then do something else. | Being with people also counts as a weekend.
caption: Most of what matters about {t} fits into an hour with a door at both ends. When does yours begin and end?
image: A clear hourglass on a table between things to do with {t} and a picnic basket, bright Saturday morning

before_after: {T}: first try, tenth try
point: Keep the first one. You'll need it to see the tenth.
- First: everything at once. | Hands, head, instructions, doubt. It took an afternoon and a biscuit.
- First: you saw only faults. | Every one of them, in large print.
- Tenth: your hands begin alone. | You notice other things now: a sound, the light, a better order.
- Tenth: a fault is a note. | It says what to do next time. It used to say something about you.
caption: Don't hide the first attempt at {t}. Put a date on it; in a few months it'll be your best witness.
image: Two dated attempts at {t} side by side on a wall, the first rough, the second calm and sure

number: The two-list trick for {t}
point: Two lists, three lines each: keep, and stop.
- List one: what to keep. | The three things that work even on bad days. They're easily forgotten.
- List two: what to stop. | Habits from some old tutorial, tasks nobody needs. Three are enough.
- No third list. | No wishes and no “someday”. That one is never short and never helps.
- Look again in a month. | Some of list one will have moved to list two. That's progress.
caption: Six lines about {t} on half a sheet. The second list is the one that gives you time back.
image: Half a sheet of paper with two short columns about {t}, one ticked and one struck through, good pen

untold: Rest is part of {t}
point: The pause isn't time off the work. It's where the work sets.
- Tired looks like bad luck. | Things slip, words won't come, everything takes twice as long.
- So you add an hour. | It's the most expensive one there is. Tomorrow repairs what it did.
- Stop one step early. | Leave the last bit for fresh eyes. Nearly always it's easy then.
- Rest on purpose. | A walk or a bath, with no tutorial running. You return with a better idea.
caption: Some problems with {t} have no solution at ten at night and a simple one at eight in the morning.
image: Things to do with {t} set down neatly under a folded cloth, an empty chair by an open window, evening calm

week_plan: A month of {t} in four Sundays
point: Four Sundays: look, try, repeat, share.
- First Sunday: look. | Visit, read, watch, listen. Choose the one thing that you'd like to be able to do.
- Second Sunday: try. | Badly, quickly, to the end. You need something that can be improved.
- Third Sunday: repeat. | The same thing, one change. It's less exciting and works better.
- Fourth Sunday: share. | Show it, serve it, tell it. Someone else will see what you can't.
caption: Four free hours are enough to get somewhere with {t}. Put them in the calendar before somebody else does.
image: A month page with four Sundays circled, small sketches about {t} in each circle, coloured pencils

untold: The flat middle of {t}
point: A plateau isn't the end of the road. It's the road.
- Progress comes in steps. | Long, level, then suddenly a stair. From the level part you can't see it.
- You're better than you feel. | Your eye has improved faster than your hand. So everything looks worse.
- Go back to something old. | A task that was hard in spring. Notice how little it asks now.
- Then change the question. | Not “why no faster?” but “what could I do more quietly?”
caption: If nothing has moved with {t} for weeks, you're probably about where everyone good has been.
image: A flat path across a wide plain with a single stair in the distance, a figure carrying something for {t}

experiment: A deliberately bad hour of {t}
point: Aim for terrible. It's the shortest way to begin.
- The goal: the worst version. | Not careless. Cheerfully, knowingly bad.
- No undoing. | What's happened has happened. On to the next part.
- Laugh at the result. | It'll contain one good accident. It nearly always does.
- Keep the accident. | Throw the rest away. That was a rather productive hour.
caption: Perfection is a poor opening move. Give {t} one hour in which nothing has to be good.
image: Gloriously messy attempt at {t} on a table, paint-bright colours, one tiny detail spotlit as if in a museum
"""
