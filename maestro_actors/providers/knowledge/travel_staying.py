"""Slow travel at rest: local markets, travel journals, off-season trips, longer stays."""

from __future__ import annotations

NOTEBOOK = """
# local markets #MarketDay #LocalFood

how_to: How to buy one peach abroad
point: Greet, point, one finger, thank you. That's fluent enough.
- Say good morning first. | In the local language, to the person and not to the fruit. It changes everything.
- Don't touch, point. | At many stalls the seller does the choosing. It's their pride you are buying.
- “For today?” | They may ask. Say when you'll eat it and you get one that's ripe for then.
- Eat it right there. | Lean forward, over the pavement. They'll see your face, and that's the tip.
caption: Four words are enough for a market, and one of them is thank you. Which language would you start with?
image: A hand offering a single ripe peach across a market stall, striped awning shade, juice and sunlight

number: Ten coins, one lunch
point: A small budget turns a market into a conversation.
- Two for bread. | Ask for the end of a loaf, or for half. Bakers cut.
- Three for cheese. | “Something from near here” is a full order. You'll be handed a taste.
- Three for fruit or tomatoes. | Whatever is heaped highest is in season. It's also cheapest.
- Two for something odd. | A pickle, a pastry, a leaf nobody can translate. This is the souvenir.
caption: Set a limit and a market becomes a game with a picnic at the end. What would your odd thing be?
image: Bread, cheese, tomatoes and a few coins laid out on paper on a harbour wall, hard noon light

question: Which stall has the queue?
point: Follow the people with wheeled trolleys.
- Visitors photograph the pyramid. | The tall one by the entrance, priced in three languages.
- Locals queue at the back. | No sign, cracked crates, a woman who knows everyone's knee.
- Stand in it for a while. | You'll learn what's good from what runs out, and the price by ear.
- Ask what to do with it. | Cooks in a queue can't help themselves. You may leave with a recipe.
caption: A queue of grandmothers is the most reliable review there is. What did you last learn in one?
image: A line of older shoppers with wheeled trolleys at a modest market stall, back view, early light

mistake: Coming to the market at noon
point: Go early for choice, or at closing time for bargains.
- By noon the fish has gone. | Restaurants came at six, neighbours at eight. You're looking at ice.
- Sellers are tired. | They've been up since three. The jokes were told around nine.
- At eight it's a theatre. | Shouting, tasting, a van reversing. There is coffee somewhere; find it.
- Or come for the last half hour. | Crates cost less than kilos. Bring a bag and a plan for tomatoes.
caption: Markets have two good hours and noon is neither. Early or late?
image: Half-empty market hall with wet floor and stacked crates, one seller drinking coffee, slanting light

# travel journals #TravelJournal #NotesFromTheRoad

experiment: Draw the breakfast, not the cathedral
point: A bad drawing keeps a good morning.
- Take five minutes. | Before the coffee goes cold. A pen is enough and lines may wobble.
- Draw what's on the table. | Cup, crumbs, key, crooked spoon. Nobody has drawn this one before.
- Write down one thing you heard. | A word, a bell, a name called twice. Drawings have no sound.
- Look again in a year. | You'll know the chair, the light and the weather. Photographs rarely manage that.
caption: The cathedral has been drawn by professionals, and your breakfast is still free. Show us a wobbly spoon.
image: An open sketchbook with a wobbly ink drawing of a breakfast table beside the actual breakfast

checklist: Four lines that make a diary
point: Four lines a day, and the trip keeps for decades.
- Where I woke up. | Street, floor, what the window showed. You will have forgotten it by Thursday.
- What I ate, and what it cost. | Prices age into poetry. Ask anyone with an old notebook.
- Who I spoke with. | A name if you have it. Otherwise “the man with the two dogs”.
- What I didn't understand. | A sign, a gesture, a bell at four. The best line of the four.
caption: A diary fails when it wants to be literature. Four lines are plenty, and they fit on a ticket.
image: A small notebook with four handwritten lines on a train table, landscape streaking past the window

untold: Empty pages are part of it
point: A journal with gaps is a journal. A perfect one is a chore.
- Day three gets nothing. | You were swimming, or ill, or in love with a bookshop.
- Don't catch up. | Three days rebuilt from memory all sound alike. Leave the page white.
- Glue something in. | A ticket, a sugar packet, a leaf. It'll say more than an apology.
- Begin with now. | “I'm on a wall. It is windy.” Anything at all can follow from that.
caption: The blank days are where the trip happened. How many are there in yours?
image: An open travel journal with one blank page and one with a pressed leaf and ticket stub, windy sea wall

tale: The notebook left on a bench
point: Write your address inside. And something worth returning.
- He lost his notebook up north. | Forty pages, two pressed flowers, a very rude drawing of a goose.
- No name inside, only a list for Ada. | “Things to tell her.” Eleven items, three crossed out.
- A stranger went and found Ada. | It took a month and one bookseller. The list had named the shop.
- Item twelve: “The goose is excellent.” | It was in other handwriting, at the very end. He had it framed.
caption: An invented notebook, found by exactly the right kind of person. Have you ever lost one?
image: A weathered notebook lying on a park bench under falling leaves, pressed flower peeking out, misty

# off-season trips #OffSeason #QuietTravel

before_after: The same bay, August and November
point: Off-season you lose the beach bar and gain the beach.
- August: towels by seven. | You own two square metres, next to a loudspeaker.
- August: a menu with pictures. | Seven languages, one sauce. The cook hasn't sat down since June.
- November: one dog, one walker. | The sea is too cold for you and perfectly happy about it.
- November: soup of the day. | There's one dish, and it's what they eat themselves. You're asked how it was.
caption: Some places only speak when everybody else has left. Which one would you visit in the rain?
image: An empty wintry beach with stacked sun loungers and a single dog running, soft pewter sky

checklist: Check this before you go off-season
point: Ring first. One call saves a closed door.
- Do the boats still run? | Winter timetables can be half as long. Look at the dates in the small print.
- Is there heating? | Summer houses are charming and made of tiles. Ask for a photograph of the radiator.
- What's closed on Tuesdays? | In a small town, it may be Tuesday for everybody at once.
- When does it get dark? | Plan walks backwards from sunset. Then plan a dinner, forwards.
caption: An empty season is lovely once you know who's open. What did you find closed?
image: A hand-painted closed sign on a seaside café door, chairs stacked inside, storm light on wet cobbles

myth: Rain doesn't cancel a trip
point: Plan a wet version of each day and hope to need it.
- Museums were built for it. | So were arcades, cafés, libraries and other people's stories.
- Rain sorts the crowd. | The square is yours. It's also reflected, which makes it two.
- Wool and a hat beat an umbrella. | You'll want both hands for the pastry.
- And then it clears. | Ten minutes of light on wet roofs. Those who went in for the day missed it.
caption: There's a kind of light that only comes after. Where were you last properly rained on?
image: A wet city square just after rain, reflections doubling the arcades, one person in a wool hat

week_plan: Four grey days by the sea
point: One walk, one warm room and one soup a day.
- Thursday: arrive by daylight. | Find the baker, the harbour and the light switch. That's enough.
- Friday: the long beach. | Go against the wind first. It'll carry you home.
- Saturday: market, then a book. | Buy for soup. Read by a window till the lamps come on.
- Sunday: one last look. | Take the early bench. Leave something unread, as a deposit.
caption: Nothing on this plan can be sold out. Which day would you make longer?
image: A steamed-up window above a grey sea, bowl of soup and open book on the sill, lamp glow

# longer stays #SlowTravel #StayLonger

comparison: Five cities or one kitchen?
point: Moving shows you distance. Staying shows you people.
- Five cities: five arrivals. | Stations, keys, a first dinner near the station. You get good at arriving.
- One kitchen: one Tuesday. | Then a second one, when the greengrocer keeps the parsley for you.
- Five cities: better photos. | You'll have a picture of each tower and a story about none.
- One kitchen: cheaper nights. | Weekly prices, your own coffee, no taxis. The budget turns into days.
caption: Neither is wrong, but only one of them learns your name. What would you choose for two weeks?
image: A small rented kitchen with market vegetables on the sill, a view of ordinary rooftops and laundry

question: When does a place become yours?
point: Stay until somebody asks you for directions.
- Day two: you know the way. | Home from the bakery, without the map. A small medal.
- Day five: you have a table. | Nobody said so. It's simply free when you come.
- Day nine: you complain. | The bus, the wind, the bells. Complaining is a form of belonging.
- Day twelve: you are asked. | “Where's the post office?” And you know, and even what's wrong with it.
caption: There's a morning on which you stop visiting. On which day did it happen to you?
image: A regular's small café table with a folded newspaper and a key on it, morning street behind

how_to: How to have a routine on the road
point: Three fixed points a day, and everything else may wander.
- Same coffee. | Same counter, same hour. By day four they start it when you come in.
- Same walk. | Ten minutes, before the day starts. You will notice what's changed, because something has.
- Same hour for post. | Answer, plan, pay, close. An hour with an end keeps the rest of it free.
- Then get lost. | Fixed points are for that. They're what you find your way back to.
caption: Habits don't make a journey smaller, they give it a floor. Which three would you keep?
image: An espresso on a zinc counter in early light, folded map unopened beside it, a hand with a pen

untold: Week two has a slump
point: On the flat day, do laundry. The trip resumes on its own.
- The newness has gone. | The view is still there, and you've stopped looking up.
- You miss silly things. | Your own kettle. A joke that needs no footnote.
- Don't book a way out. | Wash something, ring somebody, cook the dish you can do asleep.
- It lifts. | Usually around a Wednesday. Then you start to see what was under the newness.
caption: Nobody posts a picture of the tenth day, and it comes for everyone. What gets you through it?
image: Laundry turning in a small-town launderette, a traveller reading on a plastic chair, rain outside
"""
