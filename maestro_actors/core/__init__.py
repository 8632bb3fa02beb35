"""The pure heart: no thread, no I/O, no clock (time is an argument), no actor. In reading order:

content     brands, proposals, jobs, assets, and where each object lies in the bucket
events      what can happen to a burst
burst       the burst as a fold over its events: phase, counts, outcome
review      which proposals become jobs, and how an order is dealt
calendar    publishing slots across timezones and daylight saving
fair_queue  a queue in which groups take turns
narration   what the people watching read
snapshot    the one shape in which all of it reaches a screen
"""
