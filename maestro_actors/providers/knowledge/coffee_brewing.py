"""Coffee at the kettle: pour-over, espresso, cold brew, steamed milk."""

from __future__ import annotations

NOTEBOOK = """
# pour-over #PourOver #FilterCoffee

how_to: A pour-over in four pours
point: 15 grams of coffee, 250 of water, about three minutes.
- Bloom: 45 grams, then wait. | Wet all the grounds and count to thirty. Fresh coffee puffs up as gas escapes.
- First pour: to 120 grams. | Slow circles, from the middle outwards. Leave the paper walls alone.
- Second pour: to 190 grams. | Start when the bed is nearly dry. A gentle swirl levels it.
- Last pour: to 250, then hands off. | Done near three minutes? Good. Much faster: grind finer. Much slower:
  grind coarser.
caption: A scale is the one gadget worth defending in court. Print this, tape it inside the cupboard, adjust from there.
image: Water falling in a thin stream into a ceramic dripper, steam curling, a scale reading below, dark slate counter

mistake: The bitter cup is not the bean's fault
point: Bitter means too much was taken out. Grind coarser first.
- You blame the roast. | Sometimes rightly. But the same bag tasted fine on Saturday, when you weren't in a
  hurry.
- Look at the clock. | If the water takes five minutes to pass, it keeps dissolving things you didn't order.
- Move one step coarser. | Water runs quicker and takes less. Change nothing else, or you'll never know what
  helped.
- Taste, then decide. | Still bitter? Another step. Suddenly sour? You went past it; come half-way back.
caption: Before the bag goes in the bin, give it one coarser cup. What does your pour-over taste like on a weekday?
image: Two cups of coffee side by side, one darker, coffee grounds in two textures on a tray beside them

experiment: Brew the same bean twice
point: Same coffee, two temperatures: one kitchen, one real answer.
- Cup A: straight off the boil. | Use your usual recipe. Put it on the left so you don't cheat.
- Cup B: five minutes off the boil. | Same dose, same grind, same pours. Only the water has cooled.
- Sip them warm, then cool. | Coffee talks more as it cools. Wait for the temperature of a bath.
- Keep the one you finished. | The empty cup is the verdict. Dark roasts often like it cooler, light roasts
  hotter.
caption: You need one kettle, two cups and ten minutes. Which one did you finish first?
image: Two identical glass cups labelled with paper A and B on a wooden counter, gooseneck kettle between them

myth: The paper filter taste is real
point: Five seconds of hot water, and the paper keeps its opinions to itself.
- Smell a dry filter. | Cardboard, faintly. Now imagine it as the first note in your cup.
- Rinse it with hot water. | Pour a little through, all round. The paper sticks and the dripper warms up too.
- Empty the cup below. | Everyone forgets this exactly once. It makes a memorably thin coffee.
- Unsure? Taste the rinse. | Drink a spoon of it. If you taste nothing, skip the step for good.
caption: Rinsing sounds like ritual, and can be tested with a spoon. Do you rinse?
image: A cone paper filter being rinsed, droplets and steam, backlit on a dark counter

# espresso #Espresso #HomeBarista

number: 18 in, 36 out, about 28 seconds
point: Start at one to two, then let your tongue take over.
- 18 grams of ground coffee. | Or whatever your basket was made for. Weigh it; scoops lie.
- 36 grams in the cup. | Put the scale under the cup. Crema makes volume a poor witness.
- 25 to 30 seconds, roughly. | Time is a symptom, not a goal. It tells you which way to turn the grinder.
- Sour? Finer. Harsh? Coarser. | One notch at a time, and throw away the first shot after each change.
caption: Three numbers are enough to find your way back to any good shot. Which of them do you never measure?
image: Twin streams of espresso falling into a small cup on a tiny scale, copper light, machine details blurred

untold: The first shot is for the grinder
point: After a change, the first dose still tells the old story.
- You turned the collar. | The burrs moved. The grounds sitting in the chute did not.
- So shot one is half and half. | Old grind and new grind in one basket. Whatever it tells you is a rumour.
- Purge a few grams first. | A small dose through and out. It goes to the plants' compost, not the cup.
- Now trust what you taste. | One change, one purge, one honest shot. Dialling in gets shorter at once.
caption: Half of all confusing espresso is yesterday's grind in today's basket. Purge, then judge.
image: Fresh coffee grounds falling from a grinder chute into a portafilter, shallow focus, warm copper reflections

checklist: Five minutes of care for the machine
point: Clean metal is the cheapest upgrade espresso has.
- Wipe the wand. Then steam it. | Milk dries in seconds and tastes of it for days.
- Flush the group after each shot. | Two seconds of water carries off the grounds that would bake on.
- Scrub the screen weekly. | Old coffee oil turns rancid. A brush and hot water do most of it.
- Smell the basket. | If a dry basket smells of anything but metal, it wants a soak.
caption: Nobody films the cleaning, and everyone tastes it. Which of the four have you been avoiding?
image: A gleaming espresso group head with a brush and folded cloth below, droplets on steel, moody side light

before_after: The puck, before and after patience
point: Level first, press second. Water takes every shortcut you leave.
- Before: a heap, pressed hard. | One side is dense and the other loose. You can't see it, but water can.
- Before: a fountain at second nine. | Water found the loose side. That side is over-extracted, the rest barely
  wet.
- After: stir out the clumps. | A thin needle or an opened paper clip in a cork. Ten seconds, down to the
  bottom.
- After: tap, level, press once. | How hard matters less than how straight. Then lock in and leave it be.
caption: Even beats strong. If your shots spray, put the muscles away and pick up a paper clip.
image: A portafilter seen from above with perfectly level coffee, a cork with fine needles beside it, dark wood

# cold brew #ColdBrew #IcedCoffee

how_to: Cold brew with a jar and one evening
point: Coarse coffee, cold water, one night. The jar does the work.
- 80 grams, ground coarse. | Like raw sugar, not like sand. Fine grounds make it muddy.
- One litre of cold water. | Pour it over, stir until nothing floats dry, put the lid on.
- Fridge, overnight. | Twelve to eighteen hours is a fair range. Longer gets woody before it gets stronger.
- Filter twice. | Sieve first, paper second. Keep it cold, and finish it within a few days.
caption: No machine, no skill, only a bit of foresight. Start the jar while you wash up.
image: A large glass jar of dark cold brew with condensation on an open fridge shelf, night kitchen, one warm bulb

comparison: Cold brew or iced filter?
point: Time makes it mellow; heat makes it bright. Ice does not care.
- Cold brew: soft and round. | Cold water takes less acidity and some of the perfume stays behind. Chocolate
  coffees love it.
- Iced filter: bright and quick. | Brew hot, straight onto ice. Fruit and flowers survive the trip.
- One needs a night. | The other needs four minutes and a tray of ice that you remembered to fill.
- Pick by the bean. | Nutty and dark, go slow. Light and fruity, go hot and onto ice.
caption: Two glasses that look identical and taste like different countries. Which one is in your fridge?
image: Two tall glasses of iced coffee, one amber and one near black, sun through ice on a white windowsill

mistake: Pouring concentrate like coffee
point: Taste, then thin. Concentrate is a syrup with a day job.
- It goes down very easily. | Cold and low in bitterness, so nothing warns you. The caffeine is all there.
- Check your ratio. | At one to twelve it's ready to drink. At one to five you've made a concentrate.
- Cut it by half, then taste. | Water, milk or tonic. Add the ice last, since it thins things further.
- Label the jar. | Date and strength, on tape. Somebody else in the house will be grateful at 8 a.m.
caption: A short public service announcement for everyone with a jar in the fridge door. Do you dilute?
image: A hand pouring dark coffee concentrate into a glass of sparkling water, layers swirling, hard summer light

experiment: A pinch less, a night longer
point: Two jars, one difference. Sleep on it and taste.
- Jar one: your usual. | Same dose, twelve hours. Tape the time on the lid.
- Jar two: a quarter less coffee. | Give it eighteen hours. If time makes up for dose, you save a bag a month.
- Filter both, pour blind. | Ask somebody to number the glasses underneath. No peeking at the colour.
- Write one word for each. | “Round”, “thin”, “cocoa”, “pond”. One honest word is worth a scorecard.
caption: Perhaps the thrifty jar wins, perhaps it tastes of pond. Only one way to know.
image: Two jars of cold brew with handwritten tape labels side by side on a stone counter, early morning light

# steamed milk #LatteArt #MilkFoam

how_to: Milk like wet paint, in twenty seconds
point: Air first, whirlpool second, and stop before it scalds.
- Start cold, fill a third. | Cold milk buys you time. A cold jug buys a little more.
- Tip just under the surface. | Two or three seconds of paper-tearing sound. That is all the air you need.
- Sink it and make it spin. | The whirlpool folds big bubbles into small ones. The sound should go quiet.
- Stop when the jug is too hot to hold. | Around 60 degrees. Past 70 it loses its sweetness.
caption: Glossy, pourable, no visible bubbles: wet paint. Which second does yours go wrong?
image: Glossy steamed milk swirling in a steel jug seen from above, reflections like wet paint

myth: Latte art is not a quality seal
point: A rosetta says the milk is good. Ask the cup about the coffee.
- It proves one thing well. | Milk that pours art has fine, even foam, and that is worth something.
- It says nothing of the shot. | A beautiful swan can sit on a sour lake.
- Drink the first third plain. | Before you stir, sip through the foam. Sweet, round? Someone cared twice.
- Then admire the swan. | We like swans. We just don't let them vouch for anybody.
caption: A small defence of the ugly flat white. Have you had a great one that looked like an accident?
image: A flat white with a wonderfully lopsided heart, thumbprint on the cup rim, raking copper light

comparison: Oat, whole, soy: how each one foams
point: Any of them can be silky, once you know its temper.
- Whole milk: forgiving. | Protein holds the bubbles, fat makes it feel like velvet. A good place to learn.
- Oat: sweet and quick. | Look for a barista version. Add less air than you think and pour at once.
- Soy: strong foam, short fuse. | It may curdle in hot, acidic coffee. A cooler shot and slower pour help.
- Skimmed: tall and dry. | Big stiff foam with little body. Lovely on a cappuccino, awkward for art.
caption: Each jug has its own manners. Which milk lives in your fridge door?
image: Four small steel jugs with different milks in a row, seen from above, pale tones against dark slate

tale: The swan that took three hundred jugs
point: Pour once a day, look once, change one thing.
- January: white blobs. | He kept every picture. Jug one looks like a cloud with regrets.
- March: an accidental heart. | He could not do it again for eleven days. That is how he knew it was luck.
- June: he moved closer. | The spout had been too high all along. Milk from above dives; milk from nearby
  floats.
- Autumn: a swan, nearly. | His sister said duck. He framed the duck.
caption: An invented barista, a very real learning curve. Send this to someone still in their January.
image: A grid of many coffee cups with increasingly better latte art, the last one a slightly wonky swan
"""
