"""Slow travel under way: night trains, ferries, packing light, walking cities."""

from __future__ import annotations

NOTEBOOK = """
# night trains #NightTrain #TrainTravel

comparison: Seat, couchette or sleeper?
point: Pay for the bed you will sleep in, not the one you'd photograph.
- Seat: cheapest, longest night. | Fine at twenty, or for six hours. Bring a scarf you can hide under.
- Couchette: a bunk and company. | Four or six to a room, sheets provided, strangers included.
- Sleeper: a door that locks. | A real bed, a basin, sometimes breakfast. Book early; there are few.
- Compare it with a hotel. | The ticket carries you and puts you up. Do the sum with both in it.
caption: The right bunk depends on what the next day asks of you. Which one do you book?
image: A blue night train at an empty platform, one lit compartment window, frost in the air, signal lamps glowing

checklist: What to pack for a night on rails
point: Pack one small bag for the bunk and leave the big one shut.
- Earplugs and an eye mask. | Stations light up at three in the morning, and so do other people's phones.
- Slippers or thick socks. | The corridor is long, and you won't want laces.
- A litre of water, real food. | The dining car may be glorious. It may also be elsewhere.
- Paper ticket, small padlock. | Batteries die and hooks wobble. Both weigh next to nothing.
caption: Everything on this list fits a tote bag, and the bag fits beside your pillow. What would you add?
image: A small canvas bag open on a train bunk: eye mask, thick socks, apple, book, reading lamp on

tale: The woman who got off at four
point: Slow trains introduce you to places that fast ones delete.
- Her ticket said the coast. | The train stopped at four for no reason anyone announced.
- She saw a bakery with its light on. | One street, one window, one man with flour to the elbows.
- The next train was at nine. | She had five hours, warm bread and a town without a single sight.
- She still talks about it. | The coast was nice too. She can't quite remember it.
caption: An invented passenger and a real temptation. Would you have got off?
image: A lone figure on a small station platform before dawn, one glowing bakery window across the street

mistake: Booking the tightest connection
point: A long change is part of the journey. A short one is a bet.
- Eleven minutes looks generous. | On paper the platforms are next to one another. Paper has no stairs.
- Night trains run late. | They share the track with freight and repairs. It's nobody's fault in particular.
- Leave two hours. | Long enough for a delay, or for breakfast on a square if there's none.
- Look up the train after yours. | Knowing when it leaves makes the first one feel much less important.
caption: The cheapest insurance in train travel is a slow breakfast. How tight do you dare?
image: A station clock above a grand hall, one traveller having coffee on a suitcase while others run past blurred

# ferries #FerryTravel #SlowTravel

untold: The best seat is outside, on the lee side
point: Find the side without wind and you'll have it nearly to yourself.
- Everyone sits in the bar. | It's warm, it's loud and it smells of chips. The view is a window with fingerprints.
- Walk around once. | One side of the deck will be oddly still. That's the lee, away from the wind.
- Bring one layer more. | The sea is colder than the harbour promised, even in July.
- Watch the wake, not the bow. | Ahead there is mostly weather. Behind, there's where you have been.
caption: A thermos, a jumper, the quiet side: the finest hours at sea are free. Where do you sit?
image: An empty bench on a ferry's open deck, white wake curving behind, blue-grey sea, one red lifebuoy

how_to: How to be less seasick
point: Low, central, outside, with your eyes on the horizon.
- Sit low and in the middle. | A ship moves least at its centre. The prettiest cabin is the liveliest.
- Look at something that's still. | The horizon will do. Books and phones are the shortest way downhill.
- Eat a little, plain. | An empty stomach is no safer than a full one. Crackers are popular for a reason.
- Ask before you sail. | A pharmacist can say what suits you; most remedies want a head start.
caption: Waves are not negotiable, but your seat is. What works for you?
image: A calm horizon line seen over a ferry railing, handrail sharp, grey-green water under pale sky

question: What can you see only from the water?
point: Arrive by sea once, and the map turns round.
- The front door of old towns. | Harbours were built to be looked at from a deck. Roads came in at the back.
- The order of things. | First the hill, then the tower, then the roofs. Cities introduce themselves by height.
- How long far is. | An hour of open water has a size. You feel it in the tea going cold.
- Who lives by the timetable. | Crates, a goat, a cello, the mail. Foot passengers are the interesting deck.
caption: Islands know their visitors by the boat they came on. Which arrival do you remember?
image: An old harbour town seen from a ferry at first light, tower and rooftops rising from sea mist

number: One hour early, and worth it
point: Be early for ferries, so that waiting becomes the view.
- Gates close before departure. | Check the ticket: for cars it's often much earlier than you'd think.
- Foot passengers board last. | Or first. It's different in every port, and the sign is behind the truck.
- The harbour is a good café. | Ropes, gulls, forklifts, somebody shouting in three languages.
- Then you choose your bench. | On the quiet side, out of the wind. Everyone else gets the bar.
caption: An hour on a quay is not lost time, it's the overture. Are you an early boarder?
image: Coiled ropes and a single suitcase on a quay at golden hour, ferry bow open in the background

# packing light #PackLight #OneBag

number: Three shirts are enough for a month
point: One on, one clean, one drying. The rest is luggage.
- One you're wearing. | The one you'd choose anyway. Everybody rewears favourites.
- One clean, rolled up. | For the dinner, or for the day the first one met a peach.
- One on the line. | Soap, basin, towel roll, window. Thin wool and linen are dry by breakfast.
- None for “just in case”. | Just in case is what shops are for. They have shirts there, too.
caption: Laundry in a basin takes five minutes and saves about three kilos. How many shirts do you pack?
image: Three shirts on a line at an open window above old rooftops, one swinging in the breeze

experiment: Walk a mile with the packed bag
point: Your shoulders edit better than your list does.
- Pack it as you would. | All of it. Shoes, charger, the umbrella, that second book.
- Go once round the neighbourhood. | Include stairs and one annoying kerb. Travel is mostly kerbs.
- Empty it on the bed. | What were you cursing on the stairs? It goes back into the cupboard first.
- Go round again. | If you forget it's there, you're done. If not, there's a book to discuss.
caption: One mile, one evening, and the suitcase question is settled. Try it before the next trip.
image: A small worn backpack alone on a flight of stone steps, evening light, chalk hopscotch on the pavement

mistake: Packing for the weather report
point: Pack layers for a range, never outfits for a day.
- It said sun. | It said so eight days ahead, of a mountain, in April.
- Heavy things do one job. | A winter coat is warm, and that's all. In May it becomes a passenger.
- Thin things combine. | Shirt, wool, shell: together they're warmer than the coat and dry overnight.
- Buy the umbrella there. | If it rains, you'll meet a shopkeeper. If it doesn't, you've carried nothing.
caption: Forecasts change daily and layers don't mind. What did you carry for nothing, last time?
image: Three thin folded layers on a chair beside a huge winter coat on a hook, soft grey window light

untold: Half of packing is emptying
point: The space you leave is what you'll bring home in.
- Things come towards you. | A book from a market, a jar, a stone you couldn't leave.
- A full bag says no. | Either the jar stays behind or you buy a second bag. Everyone owns that second bag.
- Leave a hand's width. | At the top, on purpose. It'll look wrong at first, like a shelf after moving.
- Use it or don't. | If it's empty on the way home, you have carried air. There is nothing lighter.
caption: A gap at the top of the bag is an invitation. What did you last bring home in yours?
image: A suitcase two-thirds full with a deliberate empty space on top, a jar of honey and a book next to it

# walking cities #CityWalks #OnFoot

how_to: How to walk a city without a list
point: Choose a direction, a rule and a place to end up.
- Begin at the end of a line. | Take a tram to its last stop. Walk back, roughly.
- Give yourself a rule. | Left at every church. Towards the smell of bread. Only streets with trees.
- Sit when something happens. | A wedding, a delivery, a quarrel with a pigeon. Stay until it's over.
- End at a table. | Know one place that cooks until late. Then you can be lost all day.
caption: Sights will find you anyway, they're tall. Which rule would you walk by?
image: A narrow sunlit street bending out of sight, tram rails in the cobbles, one chair outside a door

experiment: Same street, three times of day
point: Don't see more streets. See one street more often.
- At seven: the deliveries. | Crates, hoses, shutters. A city brushing its teeth.
- At two: the shade. | Watch who sits where. Benches keep their own timetable.
- At ten: the windows. | Lamps go on from the bottom floor up. Someone is always practising a piano.
- Then write one line for each. | By the third you'll greet somebody. That's called a neighbourhood.
caption: A tourist sees thirty streets once. Try it the other way round for a day.
image: A triptych of the same street corner in morning, noon and night light, painterly and quiet

checklist: Four comforts for a long city walk
point: Feet, water, layers, a reason to sit.
- Shoes you've already forgotten. | New ones will ask for attention by noon, usually on a bridge.
- A bottle you can refill. | Many old cities have public fountains. Look for the sign that says drinkable.
- One dry pair of socks. | The change at half past two feels like a second morning.
- A postcard to write. | It turns any step into an office. You'll look up every other line.
caption: Twenty thousand steps are friendly if you sit down often enough. What's in your day bag?
image: Worn leather shoes on a stone fountain step, refilled bottle glinting, half-written postcard alongside

myth: You don't have to see it all
point: Three good hours beat nine tired ones.
- Lists are made by nobody. | “Top twenty” fits no pair of legs, no weather and no appetite.
- Tired eyes see less. | After the second museum, paintings turn into wallpaper. Coffee won't help for long.
- Pick one must, one maybe. | The must in the morning, while you're fresh. The maybe only if lunch was short.
- Leave a reason to return. | A town you haven't finished is a town you are still in touch with.
caption: Skipping something is a way of looking properly at something else. What did you happily miss?
image: A person asleep on a sunny park bench with a folded map over the face, cathedral far behind
"""
