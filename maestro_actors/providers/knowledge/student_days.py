"""Student wellness, the busy half: cheap meals, study focus, roommates, daily movement."""

from __future__ import annotations

NOTEBOOK = """
# cheap meals #BudgetCooking #StudentKitchen

checklist: Four tins that turn rice into dinner
point: Four tins and a bag of rice: a week of dinners on one shelf.
- Chickpeas. | Fry them hard in oil until they crackle, then salt and whatever spice you own. Rice, lemon, done.
- Chopped tomatoes. | Simmer with garlic for ten minutes. Crack two eggs in at the end and cover until set.
- Tuna or beans. | Mix with mustard, a little oil and something crunchy. Cold on hot rice is better than it
  sounds.
- Coconut milk. | Half a tin, curry paste, any frozen vegetables. Freeze the other half in a cup.
caption: None of this needs a recipe, a second pan or a good mood. Which tin is missing from your shelf?
image: Four open tins and a bowl of rice on a small kitchen counter, overhead view, steam rising

week_plan: One pot on Sunday, four dinners after it
point: Cook plain, season later: the same pot tastes different each night.
- Sunday: a big pot of lentils. | Onion, garlic, lentils, water, salt. Keep it plain; the week will dress it.
- Monday: soup with toast. | Thin it with stock, add a squeeze of lemon. Eat one bowl, pack another.
- Tuesday: tacos, more or less. | Fry a scoop with cumin and chilli until dry. Wraps, cabbage, yoghurt.
- Wednesday: pasta sauce. | Stir the rest into tomatoes. It is quietly close to a ragù, for pocket money.
caption: The secret of leftovers is not seasoning them too early. Start plain on Sunday and change the accent every
  night.
image: A deep pot of lentils on a stove with four small bowls of different toppings around it

mistake: Shopping hungry, without a list, at six
point: Ten lines on paper are worth more than any discount app.
- Hungry shoppers buy snacks. | Everything near the till looks like dinner. None of it is dinner.
- Offers sell you three of one. | Three bags of salad are only cheap if you eat three bags of salad by Thursday.
- Write meals, not ingredients. | Four dinners on a card, then what each lacks. The rest you already own.
- Go after lunch. | The shop is emptier and so is the basket. Late in the day, look for yellow stickers only.
caption: The expensive part of cooking is often the walk past the crisps. Eat first, write four dinners down, then go.
image: A handwritten shopping list on the edge of a half-empty basket, supermarket aisle blurred behind

number: Frozen peas: three dinners in one bag
point: Frozen vegetables keep for months, and nobody has to chop them.
- Dinner one: peas on toast. | Boil three minutes, crush with butter and mint or pepper. Toast, egg if there is
  one.
- Dinner two: fried rice. | Yesterday's rice, an egg, a fistful of peas, soy sauce. Hot pan, seven minutes.
- Dinner three: green soup. | Peas, stock, half an onion. Blend, or crush and call it rustic.
- And no guilt in the drawer. | Vegetables are frozen soon after picking and wait patiently. Fresh ones wilt at
  you.
caption: The bag at the bottom of the freezer is a plan. Three dinners, no chopping, nothing thrown away.
image: A bright bag of frozen peas spilling onto a dark worktop beside a skillet, frost on the peas

# study focus #DeepWork #StudyTips

experiment: One tab, one timer, twenty-five minutes
point: Don't test your willpower. Test what happens with fewer tabs.
- Choose one page of work. | A page, not a project. “Section two, first draft” is a good size.
- Close everything else. | Yes, the reference too. Copy out the line you need, then close it.
- Twenty-five minutes, then stand. | When it rings, stop mid-sentence. A half-finished line is the easiest
  place to begin again.
- Make a mark for each wander. | No scolding, just a dot on paper. By round three the dots tend to thin out.
caption: Focus is easier to arrange than to summon. Try three rounds and count the dots on the paper.
image: A kitchen timer beside a single sheet of handwritten notes with small ink dots in the margin, clean desk

myth: Rereading feels like learning
point: If it feels smooth, you may only be getting used to the page.
- The third read goes quickly. | That ease is familiarity. The exam won't show you the page, though.
- So close the book. | Write down what you remember, badly and in any order. It will feel worse. That is the
  work.
- Then check, in another colour. | The gaps are now visible, and you know exactly where tomorrow starts.
- Ask again in two days. | Testing yourself after a pause makes things stick. Rereading mostly makes them shiny.
caption: Self-testing is one of the sturdier findings about how people learn. Close the book sooner than is
  comfortable.
image: A closed textbook with a blank page on top, a pen mid-word, correction marks in red pencil

question: Where do you actually work well?
point: Notice where the good hours happen, then book them again.
- Think of your last good hour. | Not the most recent one. The one when you looked up and it was dark.
- What was around you? | A hum of people, or nobody? A window, a wall, a train? Details, please.
- What was missing? | Usually it is one thing: the phone, the flatmate, the second screen.
- Make that your Tuesday. | Go back to the same chair at the same time. Places learn our habits for us.
caption: Some people need silence and some need the back table of a loud café. Where was your last good hour?
image: An empty chair at a library window at dusk, lamp on, one open notebook, city lights beginning outside

untold: Breaks only work if they are breaks
point: A break should use a different part of you than the work did.
- Scrolling is more reading. | Your eyes stay near, your head keeps sorting. It fills the gap without resting
  anything.
- Look at something far away. | A tree, a roof, a bus. Near work tires the eyes; distance lets go.
- Use your hands or legs. | Wash two plates. Climb one flight. Water the plant that has been hinting.
- Come back by the clock. | Ten minutes, said aloud before you get up. Open-ended breaks end the day.
caption: If you return more tired than you left, it was not a break. Try a window, a plate or a staircase instead.
image: A student leaning on a balcony rail looking far over rooftops, laptop left open inside behind the glass

# roommates #DormLife #RoommateTips

how_to: How to bring up the dishes
point: One request, one object, no history.
- Pick a calm hour. | Not next to the sink, not while holding the evidence. Walking somewhere together is best.
- Talk about one thing. | The pan. Not the pan, the bins and October. One thing can be agreed on.
- Say what you would like. | “Could pans be done by the next morning?” A request can be answered; a complaint
  can only be defended.
- Ask what bugs them. | There will be something, and it will be fair. Now it is a trade and not a trial.
caption: Most kitchen wars are two people waiting for the other to notice. What is the pan in your flat?
image: A single frying pan soaking in a sink by a window, two mugs drying side by side

number: The twenty-minute house meeting
point: Twenty minutes a month, with snacks, and nothing has to be a fight.
- Five minutes: what worked. | The bins went out. The heating stayed sane. Say so; it costs nothing.
- Five minutes: what grates. | Each person names one thing. Listening only, no rebuttals yet.
- Five minutes: one new rule. | Just one, and only until next month. Rules with an end date are easier to try.
- Five minutes: dessert. | End on something that has nothing to do with the house. This part is not optional.
caption: A monthly meeting sounds like a company, and works like a friendship. Put a date on the fridge.
image: Three mismatched chairs around a small table with cake, a fridge calendar with one date circled

before_after: Night owl, early bird, one small room
point: You can't share a clock, but you can share a lamp plan.
- Before: the big light at six. | One person's morning is the other's middle of the night. Nobody meant any harm.
- Before: whispering at one. | Whispers carry. So do zips, crisps and the kettle.
- After: one lamp each. | A clip lamp is enough to dress or read by. The ceiling light keeps office hours.
- After: pack outside the room. | Bag in the corridor, clothes on the chair. Fewer zips, better breakfasts.
caption: Different clocks can live together, given two small lamps and a rule about zips.
image: Two single beds with two small clip lamps, one lit and one dark, a window turning blue between them

mistake: Becoming best friends by Friday
point: You need a good neighbour first. Friendship may follow.
- Week one is all togetherness. | Every meal, every walk, every song. It is lovely, and it can't last.
- Week three needs some air. | Wanting an evening alone is no verdict on anyone. It is a Tuesday.
- Keep one thing of your own. | A club, a run, a library seat. You return with something to tell.
- Agree on quiet early. | “Headphones on means later” is a sentence worth saying before it is needed.
caption: Good roommates are mostly good neighbours with a shared kettle. Give it a term.
image: Two people reading at opposite ends of a sunny common-room sofa, a kettle on the table between them

# daily movement #MoveMore #CampusWellness

comparison: Stairs, bike or bus stop: where steps hide
point: The best exercise is the one your timetable already contains.
- Stairs: short and honest. | Two floors, several times a day. Your legs notice before your calendar does.
- Bike: it gives time back. | Often quicker than the bus over a few kilometres, and always leaving now.
- One stop early: no kit needed. | Get off one before yours. Ten minutes, no shower, no membership.
- The long way: free and scenic. | Pick a prettier route to the same lecture. Nobody will ask for a receipt.
caption: You already travel all day, so some of it may as well count. Which of the four fits your Monday?
image: A bicycle leaning at the foot of wide stone campus stairs, a bus passing softly out of focus

experiment: A walk after each lunch, for one week
point: Ten minutes after eating, five days, one line of notes.
- Monday: straight out. | Don't clear the table first. Tables are where walks go to die.
- Wednesday: take someone. | Conversations are better side by side. So are silences.
- Thursday: rain. Go anyway. | Five minutes then. The streak is allowed to be short, it just can't be zero.
- Friday: read your lines. | How was two o'clock this week? If it was lighter, you know what to keep.
caption: An after-lunch walk needs no kit and no plan. Write one line a day and let Friday decide.
image: Two pairs of shoes walking on a leaf-covered campus path just after noon, soft shadows

untold: Starting again is part of the habit
point: A missed week is a gap, not a verdict.
- Everyone falls off. | Exams, colds, visitors, weather. The calendar was never going to hold still.
- The gap is not the problem. | The speech you give yourself about the gap is. Keep it to one sentence.
- Return at half size. | Half the distance, half the weights. Leave while it still feels easy.
- Then do it again soon. | Two short days in a row matter more than one big comeback.
caption: The people who look consistent have usually just restarted more often. Today can be half size.
image: Muddy running shoes by a door in morning light, laces loosely tied, a jacket on a hook above

myth: It counts even if you don't sweat
point: Small movement, often, is real movement.
- Gyms are one way of many. | A good one, if you like it. There are others, and they are open now.
- Ten minutes here and there add up. | Health advice used to want longer bouts. Current guidelines count every
  bit.
- Break up the sitting. | Stand for the phone call. Stretch at each new chapter. Refill a small glass often.
- Choose what you would repeat. | Dancing while the pasta boils beats the plan you dread.
caption: Movement doesn't have to look like sport. What do you already do that should count?
image: A person dancing in a small kitchen while a pot boils, socks on tiles, evening window light
"""
