"""The pure heart: no thread, no I/O, no clock (time is an argument), no actor. In reading order:

content     brands, proposals, jobs, assets, and where each object lies in the bucket
events      what can happen to a burst
burst       the burst as a fold over its events: phase, counts, outcome
order       what a burst is asked for, and which agent is asked for it
review      which proposals become jobs
calendar    publishing slots across timezones and daylight saving
daily       when the daily burst runs
fields      plain JSON read field by field, with every problem said
validation  what a brand and an agent may be
fair_queue  a queue in which groups take turns
wording     numbers, lists and lasting in words
narration   what the people watching read
chronicle   what happened, as sentences
life        one job's life, from its events
snapshot    the one shape in which all of it reaches a screen
figures     how long things took and what came of bursts, for whoever keeps watch over many
"""
