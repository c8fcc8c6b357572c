import { waveformOf } from '../ffmpeg/waveform.ts'
import type { Probe } from '../ffmpeg/probe.ts'
import { wrongKind } from '../errors.ts'
import type { Job, Converted } from './job.ts'
import { probed, secondsOf, withoutFfmpeg } from './duration.ts'

const OPUS = 'audio/ogg; codecs=opus'
const M4A = 'audio/mp4'

// By the bytes → as WhatsApp calls it.
const playable: Record<string, string> = {
	'audio/mpeg': 'audio/mpeg',
	[M4A]: M4A,
	'audio/x-m4a': M4A,
	[OPUS]: OPUS,
}

const aac = ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart']
const opus = [
	...['-map', '0:a:0', '-c:a', 'libopus', '-b:a', '32k', '-ar', '48000', '-ac', '1'],
	...['-application', 'voip'],
]

/** MP3, M4A and OGG Opus as they are, everything else as M4A. */
export async function toAudio(job: Job): Promise<Converted> {
	const probe = await heard(job)
	const seconds = await secondsOf(job, probe)
	const mimetype = playable[job.mimetype ?? '']
	if (mimetype) return { path: job.path, mimetype, seconds }
	return { path: await convert(job, aac, 'ipod'), mimetype: M4A, seconds }
}

/** M4A, whatever it was. */
export async function toM4a(job: Job): Promise<Converted> {
	const seconds = await secondsOf(job, await heard(job))
	const isM4a = playable[job.mimetype ?? ''] === M4A
	return { path: isM4a ? job.path : await convert(job, aac, 'ipod'), mimetype: M4A, seconds }
}

/** OGG Opus, with its waveform. */
export async function toVoice(job: Job): Promise<Converted> {
	const probe = await heard(job)
	const seconds = await secondsOf(job, probe)
	const path = job.mimetype === OPUS ? job.path : await convert(job, opus, 'ogg')
	// Of what came in: coding makes noise of silence.
	const waveform = await withoutFfmpeg(() => waveformOf(job, job.ffmpeg))
	return { path, mimetype: OPUS, seconds, waveform }
}

/** Recordings come in containers of video, too: what counts is that there is nothing to see. */
async function heard(job: Job): Promise<Probe | undefined> {
	const { mimetype, field } = job
	if (!/^(audio|video)\//.test(mimetype ?? '')) throw wrongKind(field, 'audio', mimetype)
	const probe = await probed(job)
	if (probe && (probe.video || !probe.audio)) throw wrongKind(field, 'audio', mimetype)
	return probe
}

async function convert(job: Job, args: string[], format: string): Promise<string> {
	const path = await job.scratch.create()
	await job.ffmpeg.convert(job, { path, format, args, maxBytes: job.maxBytes })
	return path
}
