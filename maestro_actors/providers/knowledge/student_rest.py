"""Student wellness, the quiet half: sleep, exam stress, caffeine, mornings."""

from __future__ import annotations

NOTEBOOK = """
# sleep #SleepWell #StudentSleep

myth: You cannot save up sleep for Sunday
point: A steady wake-up time beats one heroic lie-in.
- Sunday noon feels like a full repair. | It helps a little. It also moves your body clock later, so Sunday
  night takes ages to arrive.
- Then Monday starts at 2 a.m. | You lie awake, not because you are bad at sleep, but because you have only
  been up for twelve hours.
- Sleep in an hour, not four. | An hour is enough to feel generous and small enough that Sunday night still
  works.
- Still flat? Take an early nap. | Twenty minutes before mid-afternoon takes the edge off without stealing from
  the night.
caption: The weekend lie-in borrows from Monday at a terrible rate. Keep the alarm within an hour of your weekday
  one and see what Sunday night feels like.
image: A rumpled bed in a small dorm room at noon, curtain half open, a stripe of sun across the duvet

experiment: Charge your phone across the room
point: Five nights, one rule: the phone sleeps where your arm cannot reach.
- Night one: it is oddly quiet. | Put the charger by the door. You will reach for a phone that isn't there at
  least twice. That is the data.
- Night two: you find a book again. | Leave one on the pillow before dinner, so the tired version of you has
  nothing to decide.
- Night four: the alarm makes you stand. | Walking to switch it off is half of getting up. The other half is
  not walking back.
- Night five: compare notes. | Write down when you put the lights out each night. Keep the rule only if the
  times moved.
caption: No app, no tracker, only an extension cord in a different place. Run it for five nights and let the times
  decide whether it stays.
image: A phone charging on a chair by a dorm-room door at night, bed and reading lamp soft in the background

checklist: A ten-minute wind-down for a shared room
point: Same four steps, same order: your body learns the cue.
- Lights: lamp on, ceiling off. | Bright overhead light tells your body it is still daytime. One low lamp is
  enough to find your socks.
- Sound: earplugs or one steady noise. | A fan works, and costs nothing if you own one. Steady is what matters:
  sudden noises wake you, even ones don't.
- Head: write tomorrow's first task. | A task on paper stops circling. One line is plenty, and no, you need not
  do it now.
- Room: crack the window. | Most people sleep better slightly cool. Ask your roommate first; a second blanket
  settles most debates.
caption: You cannot control the corridor at midnight. You can control a lamp, a fan, a pen and a window.
image: A warm desk lamp, folded earplugs, a small notebook and a half-open window at night in a shared dorm room

mistake: Your bed is not a second desk
point: Keep the laptop off the bed and the bed gets better at its one job.
- It starts with one chapter. | The desk is full of laundry, the bed is free, and the reading is only thirty
  pages long.
- Soon the bed means deadlines. | Places remind us of what we do there. Study in bed often enough and lying
  down starts to feel like work.
- Move the work one metre. | The floor with a cushion will do. A library table is better. What matters is that
  it isn't the mattress.
- Let the bed be boring again. | Sleep, a novel, a phone call home. When you lie down, there should be nothing
  left to hand in.
caption: One metre between mattress and laptop is the cheapest sleep upgrade on campus. Clear the chair tonight and
  start there.
image: An unmade bed with an abandoned laptop and highlighters on it, an empty desk chair piled with laundry beside

# exam stress #ExamSeason #StudyWell

before_after: The night before an exam, in two versions
point: Pack the bag, close the notes, go to bed a little bored.
- Before: one more chapter at 1 a.m. | New material this late mostly crowds out the old. It feels like progress
  because it feels like effort.
- Before: hunting a pen at 7:40. | The search takes four minutes. The hurry it starts takes the whole first
  page.
- After: bag by the door at nine. | Student card, two pens, water, a jumper. Check the room number once more,
  then zip it shut.
- After: one page, then lights out. | Read your own summary sheet slowly. If it is on the page, you already
  know more than you think.
caption: Same exam, same student, different evening. Which version is yours?
image: A packed backpack by a door, two pens and a student card on top, evening light through a corridor window

how_to: Steady yourself in the first exam minute
point: Feet, breath, easy question: sixty seconds that buy back an hour.
- Put both feet flat on the floor. | It sounds too small to matter. It gives your attention somewhere to stand
  that isn't the clock.
- Make three out-breaths long. | A slow out-breath settles a racing body. Nobody in the hall will notice you
  doing it.
- Read it all before you write. | You will spot a question you can answer. Now part of your mind can start on
  the hard one.
- Begin with the one you know. | A few sure marks change the mood of the whole paper. Then go where the points
  are.
caption: Nerves in the first minute are ordinary, and they pass sooner with something to do. Practise it once at
  your desk, with any old paper.
image: Rows of empty desks in a bright exam hall, one sheet of paper and a pencil in sharp focus

untold: Nervous is not the same as unready
point: Nerves measure how much it matters, not how much you know.
- Your heart is early to the exam. | A fast pulse is your body getting ready. It looks the same before a race,
  a date and a statistics final.
- It has not read your notes. | The feeling cannot tell whether you studied. It only knows that something is
  about to count.
- So ask the notes instead. | Close the book and explain one topic aloud. What comes out is better evidence
  than your stomach.
- And tell someone if it won't lift. | If worry takes your sleep or your meals for days, campus counselling is
  there for exactly this.
caption: The butterflies have never opened a textbook. Check what you know by saying it out loud, not by how it
  feels.
image: A student's hands around a mug on library steps, open notes beside, early light and long shadows

week_plan: Exam week on one sheet of paper
point: Four days, four jobs, and nothing new on the last one.
- Monday: list every topic. | Mark each one green, amber or red. Be honest; nobody collects this sheet.
- Tuesday: only the reds. | Start with the red topic worth the most marks. One hour, one problem set, then a
  real break.
- Wednesday: an old paper, timed. | Do it where you can't be reached. Correct it in another colour and turn the
  errors into tomorrow's list.
- Thursday: the list, then a walk. | Fix yesterday's errors, read the summary, go outside. Evening is for
  packing the bag and sleeping.
caption: Big weeks get smaller on paper. Borrow this plan and shift the days until it ends the evening before yours.
image: A hand-drawn four-day plan in three colours of pencil on a kitchen table, a cup of tea holding down a corner

# caffeine #StudentLife #CoffeeBreak

number: Count back eight hours from bedtime
point: Bed at eleven? Make three o'clock the last coffee.
- A 4 p.m. coffee attends your night. | Caffeine leaves slowly. Hours later, a good part of that cup is still
  at work.
- You may sleep. It still shows. | Many people drop off fine and then sleep more lightly. They blame the
  mattress.
- Find your own last call. | Eight hours before bed is a kind place to start. Some people need ten, a few need
  six.
- After that: anything warm. | Half of the afternoon coffee is the walk and the mug. Keep both, change the
  contents.
caption: Your last coffee has a closing time, and it is earlier than the café's. Try eight hours for one week and
  adjust from there.
image: A paper cup on a library windowsill in late afternoon sun, its long shadow pointing like a clock hand

comparison: Coffee, tea or a walk: what helps at three
point: Choose by what you lack: sleep, warmth or daylight.
- Coffee: fast, strong, long. | Best early, when the day still has room for it. Poor company after
  mid-afternoon.
- Tea: slower, and smaller. | A cup usually has less caffeine than coffee, and it takes longer to drink. Both
  are features.
- Water: dull, often right. | A dry mouth and a heavy head can simply be a long morning without a glass.
- A walk: ten minutes, no side effects. | Daylight and stairs wake most people up. You come back with the same
  essay and a better head.
caption: The three o'clock slump has more than one cure. What do you reach for?
image: Four objects in a row on a stone step: espresso cup, steaming tea glass, water bottle, worn sneakers

mistake: The can that starts tomorrow's slump
point: If today's fix costs tonight's sleep, tomorrow needs a bigger one.
- One can at nine to finish early. | You do finish. You also lie there at two with a very clear view of the
  ceiling.
- Short night, heavy morning. | So the first can comes at breakfast now. It works a little less well than
  yesterday's.
- The loop needs one cut. | Choose the evening can. Hand in the slightly worse paragraph and go to bed.
- Day three feels different. | Not magic. Just a morning that starts on its own, with the can still in the
  fridge.
caption: The cheapest can is the one that isn't needed. Cut the evening one first and leave the morning alone for now.
image: A single unopened can glowing in an almost empty mini fridge, dark dorm room around it

tale: The barista who drank one cup a day
point: Less often, better made, sitting down.
- She made two hundred cups a shift. | And drank from every machine she passed, mostly standing up, mostly
  without noticing.
- One day she counted her own: six. | And it was only four o'clock. Not one she could remember the taste of.
- So she kept only the best one. | Ten in the morning, in a real cup, on the back step, with the phone inside.
- What she had missed was the break. | The sitting down, more than the coffee. The other five had
  been walking about.
caption: A little fiction with a practical middle. If you could keep only one cup of the day, which would it be?
image: A barista sitting on a back step in morning light with one ceramic cup, apron on, alley plants around

# morning routines #MorningRoutine #CampusLife

myth: A good morning does not start at five
point: The best hour to wake is the one you can keep all week.
- Five o'clock suits some people. | They tend to be asleep by nine, which is the part the videos leave out.
- Your timetable is the real clock. | Count back from your first class: travel, breakfast, shower. There is
  your hour.
- Same time beats early time. | A regular wake-up makes falling asleep easier, and mornings less of a
  negotiation.
- Late chronotypes are real. | Some bodies run later, especially in your early twenties. Work with yours where
  the timetable allows.
caption: Nobody grades the hour you get up. Choose one you can keep from Monday to Friday, and let the five o'clock
  people have the sunrise.
image: A round alarm clock showing 7:30 on a sunlit stool, tangled blanket at the frame's edge

how_to: Out of the door in twenty minutes
point: A fast morning is packed the evening before.
- Choose clothes while you're awake. | Tonight's you has opinions and good light. Tomorrow's only has eight
  minutes.
- Give the keys one home. | A hook, a bowl, a shoe. The place hardly matters, as long as it never changes.
- Eat the same breakfast. | Oats with anything, or toast with anything. Save your decisions for things that
  deserve them.
- Leave when the song ends. | Put one track on as you tie your shoes. It is a kinder countdown than a clock.
caption: Twenty minutes is plenty once nothing needs finding. Which of the four would save you the most?
image: A tidy hallway hook with keys, a canvas bag and a jacket, shoes lined up below, morning sun

checklist: Three things before the phone
point: The news can wait the length of a glass of water.
- Curtain. | Daylight is the oldest alarm there is. Thirty seconds at the window counts.
- Water. | You have gone all night without a drink. A glass by the bed removes the excuse.
- One sentence about today. | Say the one thing that would make today feel done. Aloud, if your roommate is out.
caption: Curtain, water, sentence: under two minutes, and the phone is still there afterwards.
image: A hand drawing back a linen curtain, a glass of water catching light on the sill

experiment: Take your first ten minutes outside
point: One week of morning daylight, and your evenings may notice.
- Coffee comes with you. | Any bench, any step, any bus stop one further than yours. Ten minutes.
- No headphones for this one. | You are collecting light and air. The podcast will keep.
- Grey days count double. | Even an overcast sky is many times brighter than your room.
- On Friday, look at bedtime. | Morning light helps set the body clock. See whether sleep came any earlier.
caption: An experiment with a sample of one: you. Ten minutes outdoors, five mornings, and a note about how each
  evening went.
image: A student on a campus bench at early morning with a travel mug, breath visible, low gold light through trees
"""
