"""Coffee before the kettle: grind size, brewing water, tasting notes, bean storage."""

from __future__ import annotations

NOTEBOOK = """
# grind size #GrindSize #CoffeeGeek

question: What is your grinder trying to say?
point: Taste is the dial. The numbers only help you find your way back.
- Thin and sharp, like lemon? | Water ran through too fast. Grind finer and slow it down.
- Bitter, drying, a bit like ash? | Water stayed too long with too much surface. Go coarser.
- Both at once? | Dust and boulders in one dose. The burrs may be worn, or a blade is involved.
- Sweet, and you want another sip? | Write the number down. Then write the bag's name next to it.
caption: No setting is right for every bag, so learn the four complaints instead. Which one do you hear most?
image: A hand grinder and four small heaps of coffee from fine to coarse on dark paper, like a scale of shadows

comparison: Salt, sand, sugar: grind by feel
point: Rub it between two fingers. Your fingertips are a fair scale.
- Espresso: fine table salt. | It clumps when pinched and holds a fingerprint.
- Moka pot: a little coarser. | Between salt and sand. Fine as flour is too much; it chokes.
- Filter: beach sand. | You feel single grains. Begin here for most cones.
- French press: raw sugar. | Distinct, crunchy bits. Cold brew can go here as well.
caption: Grinder numbers don't travel between brands, but fingertips do. Save this for the next borrowed kitchen.
image: Macro of four textures of ground coffee in neat squares beside salt, sand and raw sugar

myth: Pre-ground isn't a crime
point: Fresh-ground is better. Pre-ground and drunk soon is still good.
- It does go stale faster. | More surface meets more air. The perfume leaves first, within days.
- But a good bag, ground for you, wins. | A real grinder at the shop beats a worn blade at home.
- Buy for ten days, not for two months. | Small bags, closed tight. Then the loss is small too.
- Spend on beans first. | The grinder can be a birthday present. The cup should be good until then.
caption: Nobody was ever kept from good coffee by the lack of a burr set. Tell the shop what you brew with and let
  them grind it.
image: A paper bag being filled at a shop grinder, motion blur of falling grounds, brass scoop beside it

experiment: Three clicks, three cups
point: Half an hour with three cups teaches more than a year of guessing.
- Brew your normal setting. | That cup is the middle of the map. Set it down between the others.
- Brew three clicks finer. | Same dose, same water. Watch how much longer it drips.
- Brew three clicks coarser. | The fast one. Don't fix it with more coffee, let it be thin.
- Line them up and sip across. | Sour, sweet, bitter: there they are in a row. Now you know which way to turn.
caption: Invite someone, because three cups is a lot and opinions are half of the fun.
image: Three coffee cups in a row on a long board, increasingly dark, three labelled heaps of grounds behind them

# brewing water #WaterForCoffee #BetterBrewing

number: A cup of coffee is 98% water
point: If you'd not drink the water, don't brew with it.
- Only a sliver is coffee. | In a filter cup, little more than one part in a hundred was ever a bean.
- So taste your tap first. | Cold, from a glass. Chlorine and pipes will be in the cup too.
- A jug filter is a fair start. | It takes out chlorine and some hardness. Change the cartridge when it says so.
- Distilled isn't the answer. | A few minerals help pull out flavour. Water with nothing in it brews flat.
caption: The most used ingredient gets the least attention. Have you ever tasted your water cold, on its own?
image: A clear glass of water in front of a coffee dripper, refracting it upside down, clean cool light

mistake: Chasing degrees, ignoring limescale
point: A descaled kettle beats a precise one.
- 93 or 94 degrees? | Almost nobody can taste that difference. The argument is warmer than the water.
- Meanwhile, inside the kettle. | White crust, flakes, a film on the tea. That is dissolved rock, waiting.
- Citric acid, a soak, two rinses. | A spoonful per litre, as long as it takes. Read your kettle's leaflet first.
- Then hard water becomes visible. | Crust back in two weeks? A filter would help both the kettle and the cup.
caption: Look into your kettle before you buy a better one. How bad is it in there?
image: Looking down into an old kettle with white limescale patterns like a map, torchlight, dramatic shadows

experiment: Two waters, one spoon
point: Same bean, two waters. The difference is rarely subtle.
- Fill one cup from the tap. | Heat it freshly. Water that has boiled all morning is a different matter.
- Fill one from a bottle. | Choose a soft one: the label lists minerals. Low numbers, light water.
- Steep ten grams in each. | Four minutes, stir, wait for the grounds to sink. No filter, no tricks.
- Slurp from a spoon. | One will seem louder. Decide whether louder is better.
caption: A ten-minute test that may save you a very expensive machine. Which water does your coffee prefer?
image: Two glass bowls of steeping coffee, a tap on one side and a plain bottle on the other, silver spoon across

untold: The kettle's last minute matters
point: Off the boil, lid on, grounds ready. Then pour.
- Boil, then do nothing. | Water settles in half a minute. Use the time to level the grounds.
- Cold drippers steal heat. | Ceramic and glass are thirsty for warmth. Rinse them hot before you begin.
- Small kettles cool sooner. | A nearly empty one loses degrees on the way. Fill a little more than you need.
- Light roasts want it hottest. | They're denser and give less willingly. Dark ones forgive a pause.
caption: Temperature is mostly about what you do in the final minute, and no app is needed for that.
image: A kettle at the moment the steam settles, hand reaching for the handle, window fogging behind

# tasting notes #TastingNotes #CoffeeTasting

myth: Nobody put blueberries in there
point: A tasting note is a comparison, not an ingredient.
- The bag says blueberry. | No syrup, no aroma drops. Just a coffee that reminds somebody of a fruit.
- Some of it is chemistry. | Coffee shares many aroma compounds with fruit, nuts and flowers.
- Some of it is memory. | If you never ate a gooseberry, you'll find something else. Also correct.
- So name your own. | “Grandmother's biscuit tin” is a fine note. It's better than “nice”.
caption: You can't be wrong about what a coffee reminds you of. What was your strangest note?
image: A coffee cup surrounded by loose blueberries, orange peel, cocoa nibs and a biscuit tin, overhead still life

how_to: Slurp like you mean it
point: Cool it, slurp it, ask three small questions.
- Wait five minutes. | Very hot coffee tastes of hot. Flavour turns up when the steam calms down.
- Slurp, loudly. | Air carries aroma to the nose from behind. Dignity is not part of the method.
- Ask: sharp or soft? | That's acidity. Think of apple against banana.
- Ask: thin or thick? Short or long? | Water or cream on the tongue, and how long it stays. You've just cupped a
  coffee.
caption: Three questions will take you further than a wheel with ninety words. Try them on tomorrow's first cup.
image: A silver spoon lifted to the lips over a row of cupping bowls, droplets in the air, copper rim light

tale: The note that was a street
point: The best note is the one only you could write.
- Everyone said “nutty”. | Around the table went the spoons. Hazelnut, almond, some more hazelnut.
- She said “the street after rain”. | Somebody laughed. Then somebody tasted again.
- Warm stone, they decided. | And something green. The form had no box for it.
- It went on the bag anyway. | People bought it to find out. Several wrote to say which street.
caption: The cupping table is made up; the feeling isn't. Which place does your coffee taste of?
image: A wet cobbled street at dusk reflected in the surface of a black coffee, surreal and quiet

checklist: A tasting evening for four friends
point: Three coffees, hidden names, no experts.
- Buy three unlike bags. | One dark, one light, one decaf as a joke that often wins.
- Hide the labels. | Socks over the bags work. So does somebody who can keep a secret.
- Brew all of them the same. | Same dose, same water, same pot. Otherwise you taste the recipe.
- Write before you talk. | The first loud opinion wins otherwise. Pens down, then argue.
caption: It costs three bags and one evening, and everyone goes home with a favourite. Who would you invite?
image: Three coffee bags wearing woollen socks on a table, four cups and pencils around, lamp-lit evening

# bean storage #FreshCoffee #CoffeeStorage

untold: Too fresh is also a thing
point: Give a new bag a week. It has some settling to do.
- Roasting leaves gas behind. | For days it escapes. That's why the bag has a little valve.
- Gas pushes water away. | Very fresh coffee foams, sputters and brews unevenly.
- Filter: wait about a week. | Many coffees open up between day seven and day twenty.
- Espresso: a little longer. | Pressure makes the gas louder. Ten days is a fair first guess.
caption: The roast date is not a countdown, it's a sowing date. When do yours taste best?
image: A coffee bag with a stamped date beside a wall calendar, one day circled in copper pencil

mistake: The pretty jar on the sunny shelf
point: Dark, dry, closed. Pretty is optional.
- Light ages coffee. | So does heat, and the shelf above the oven has both.
- So does air. | Each time the big lid opens, perfume gets out and oxygen gets in.
- The bag was fine. | Squeeze the air out, roll it down, clip it. Then into a cupboard.
- Keep the jar for pasta. | Pasta looks good in the sun and has no perfume to lose.
caption: Interior design has cost more coffee than bad roasting. Where does yours live?
image: A beautiful glass jar of beans on a sunlit shelf casting a long shadow, a plain bag in a dark cupboard behind

myth: The freezer can work, the fridge can't
point: Freeze it sealed, in portions, once. Or don't.
- The fridge is damp and smells. | Beans take up both. Nobody wants washed notes of leftovers.
- The freezer slows ageing. | Cold and dry, it works for weeks. If the bag is airtight.
- The enemy is condensation. | Thaw a portion closed until it's at room temperature. Then open.
- Freeze portions, not the bag. | In and out each morning collects frost. One jar, one week.
caption: Both sides of this old argument are half right. Fridge, freezer or cupboard?
image: Small sealed jars of coffee beans with frost on the lids in a freezer drawer, blue light against warm brown

number: Buy for fourteen days
point: Your weekly grams, times two. That's the right bag.
- Count your cups. | Two a day at fifteen grams is thirty. Just over two hundred a week.
- So two weeks is a 400-gram habit. | Two small bags beat one kilo, even if the kilo is cheaper.
- Write the opening date on it. | Keep a pen next to the grinder for that alone.
- Old bag? Make it cold brew. | Stale perfume, decent chocolate. Cold water is a forgiving reader.
caption: The freshest coffee is simply the one you finish in time. How many grams is your fortnight?
image: Two small coffee bags on a kitchen scale, a pencil note of arithmetic beside them, morning light
"""
