import type { Readable } from 'node:stream'
import type { Probe, VideoStream } from '../ffmpeg/probe.ts'
import { wrongKind } from '../errors.ts'
import type { Job, Converted } from './job.ts'
import { probed, secondsOf, withoutFfmpeg } from './duration.ts'

const MP4 = 'video/mp4'
const MAX_SIDE = 1280
const NOTE_SIDE = 640
const NOTE_SECONDS = 60
const THUMBNAIL_SIDE = 72

const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-pix_fmt', 'yuv420p']
const aac = ['-c:a', 'aac', '-b:a', '128k', '-ac', '2']
const even = 'force_original_aspect_ratio=decrease:force_divisible_by=2'
const fitting = `scale='min(${MAX_SIDE},iw)':'min(${MAX_SIDE},ih)':${even}`
const square = `crop='min(iw,ih)':'min(iw,ih)',scale='trunc(min(${NOTE_SIDE},iw)/2)*2':-2`

/** MP4 with H.264 and AAC: as it is if it is that already. */
export async function toVideo(job: Job): Promise<Converted> {
	const probe = await watched(job, job.mimetype?.startsWith('video/'))
	// Without ffmpeg nobody can look: most MP4 files are what they should be.
	if (job.mimetype === MP4 && (!probe || isFine(probe))) return describeVideo(job, probe)
	return describeVideo(await convert(job, [...videoArgs(probe), ...audioArgs(probe)]))
}

/** A silent MP4, of a GIF or of any video. */
export async function toGif(job: Job): Promise<Converted> {
	const isMoving = job.mimetype === 'image/gif' || job.mimetype?.startsWith('video/')
	const probe = await watched(job, isMoving)
	const isSilent = probe && isFine(probe) && !probe.audio
	if (job.mimetype === MP4 && (!probe || isSilent)) return describeVideo(job, probe)
	return describeVideo(await convert(job, [...videoArgs(probe), '-an']))
}

/** A square MP4 of up to a minute. */
export async function toVideoNote(job: Job): Promise<Converted> {
	const probe = await watched(job, job.mimetype?.startsWith('video/'))
	if (job.mimetype === MP4 && probe && isNote(probe)) return describeVideo(job, probe)
	const cut = ['-t', String(NOTE_SECONDS), '-vf', square, ...h264]
	return describeVideo(await convert(job, [...cut, ...audioArgs(probe)]))
}

async function watched(job: Job, isRightKind: boolean | undefined): Promise<Probe | undefined> {
	if (!isRightKind) throw wrongKind(job.field, 'a video', job.mimetype)
	const probe = await probed(job)
	if (probe && !probe.video) throw wrongKind(job.field, 'a video', 'a file without a picture')
	return probe
}

function isFine({ video, audio }: Probe): boolean {
	return isPlayable(video) && (!audio || audio === 'aac')
}

function isNote(probe: Probe): boolean {
	const { video, seconds = Infinity } = probe
	const isSquare = video?.width === video?.height && video!.width <= NOTE_SIDE
	return isFine(probe) && isSquare && seconds <= NOTE_SECONDS
}

function isPlayable(video: VideoStream | undefined): boolean {
	return video?.codec === 'h264' && ['yuv420p', 'yuvj420p'].includes(video.pixels ?? '')
}

// What is right already is only packed anew.
function videoArgs(probe: Probe | undefined): string[] {
	return isPlayable(probe?.video) ? ['-c:v', 'copy'] : ['-vf', fitting, ...h264]
}

function audioArgs(probe: Probe | undefined): string[] {
	return probe?.audio === 'aac' ? ['-c:a', 'copy'] : aac
}

async function convert(job: Job, args: string[]): Promise<Job> {
	const path = await job.scratch.create()
	const all = ['-map', '0:v:0', '-map', '0:a:0?', ...args, '-movflags', '+faststart']
	await job.ffmpeg.convert(job, { path, format: 'mp4', args: all, maxBytes: job.maxBytes })
	return { ...job, path, mimetype: MP4 }
}

async function describeVideo(job: Job, known?: Probe): Promise<Converted> {
	const probe = known ?? (await probed(job))
	return {
		path: job.path,
		mimetype: MP4,
		width: probe?.video?.width,
		height: probe?.video?.height,
		seconds: await secondsOf(job, probe),
		thumbnail: await withoutFfmpeg(() => firstFrame(job)),
	}
}

async function firstFrame(job: Job): Promise<Buffer> {
	const chunks: Buffer[] = []
	const scale = `scale=${THUMBNAIL_SIDE}:${THUMBNAIL_SIDE}:force_original_aspect_ratio=decrease`
	const args = ['-map', '0:v:0', '-frames:v', '1', '-vf', scale, '-q:v', '6', '-f', 'mjpeg']
	await job.ffmpeg.decode(job, args, async (stdout: Readable) => {
		for await (const chunk of stdout) chunks.push(chunk)
	})
	return Buffer.concat(chunks)
}
