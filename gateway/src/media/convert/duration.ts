import { isGatewayError } from '../../errors.ts'
import type { Probe } from '../ffmpeg/probe.ts'
import type { Job } from './job.ts'

/** What ffprobe says, or undefined without ffmpeg. */
export function probed(job: Job): Promise<Probe | undefined> {
	return withoutFfmpeg(() => job.ffmpeg.probe(job))
}

/** The result of work that only adds something, or undefined where ffmpeg is missing. */
export async function withoutFfmpeg<T>(work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await work()
	} catch (error) {
		if (isGatewayError(error, 'ffmpeg_missing')) return undefined
		throw error
	}
}

/** Seconds, as well as they can be had. */
export async function secondsOf(job: Job, probe: Probe | undefined): Promise<number | undefined> {
	const seconds = probe ? probe.seconds : await readWithoutFfmpeg(job)
	return seconds ? Math.max(1, Math.round(seconds)) : undefined
}

async function readWithoutFfmpeg({ path }: Job): Promise<number | undefined> {
	const { parseFile } = await import('music-metadata')
	const found = await parseFile(path, { skipCovers: true }).catch(() => undefined)
	return found?.format.duration
}
