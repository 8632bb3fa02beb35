"""Frames into a film: H.264 and silence in an MP4 that starts to play before it is loaded whole."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

# No B-frames: with them x264 looks at memory that nobody wrote, so that the same frames give different bytes.
_VIDEO = {"preset": "veryfast", "profile": "high", "crf": "18", "threads": "1", "bf": "0"}
_RATE = 44_100  # samples a second
_SAMPLES = 1024  # in one frame of AAC


def encode(frames: Iterable[av.VideoFrame], size: tuple[int, int], rate: int, seconds: float, path: Path) -> None:
    """Writes the frames, `rate` a second, with a silent track as long as `seconds`, since some networks ask for one.

    One thread, because there is a renderer for each core. Raises `OSError` where the disk refuses.
    """
    try:
        _write(frames, size, rate, seconds, path)
    except av.FFmpegError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _write(frames: Iterable[av.VideoFrame], size: tuple[int, int], rate: int, seconds: float, path: Path) -> None:
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=rate, options=_VIDEO)
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        video.codec_context.thread_count = 1
        video.codec_context.gop_size = 2 * rate
        video.codec_context.color_range = ColorRange.MPEG
        video.codec_context.colorspace = Colorspace.ITU709
        video.codec_context.color_primaries = ColorPrimaries.BT709
        video.codec_context.color_trc = ColorTrc.BT709
        audio = container.add_stream("aac", rate=_RATE, options={"b": "64k"})
        audio.layout = "stereo"
        for silence in _silence(seconds):
            container.mux(audio.encode(silence))
        container.mux(audio.encode(None))
        for number, frame in enumerate(frames):
            frame.pts = number
            frame.time_base = Fraction(1, rate)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))


def _silence(seconds: float) -> Iterable[av.AudioFrame]:
    for start in range(0, round(seconds * _RATE), _SAMPLES):
        frame = av.AudioFrame(format="fltp", layout="stereo", samples=_SAMPLES)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate = _RATE
        frame.pts = start
        frame.time_base = Fraction(1, _RATE)
        yield frame
