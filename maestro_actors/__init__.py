"""Maestro runs a social-media studio as actors. In reading order:

core        the pure heart: content, events, the burst as a fold over them, slots, what people read
actors      one file per actor; messages.py is what they tell each other
rendering   from a spec to a picture or a video, in child processes
providers   text and images: the offline studio, and what a remote provider has to be
examples    three brands and their agents, to begin with
storage     the bucket, through the supabase client
settings    what can be set
workspace   the folder for temporary files
system      the composition root: what starts, in which order, and how it stops
cli         the command line
"""
