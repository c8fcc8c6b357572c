import { rm, stat } from 'node:fs/promises'
import type { Resolve } from '../lib/net/ssrf-agent.ts'
import { GatewayError, isGatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import { converters } from './convert/index.ts'
import { createFfmpeg } from './ffmpeg/index.ts'
import { take, type IntakeOptions } from './intake/index.ts'
import { fetchTimes, limits, type FetchTimes } from './limits.ts'
import { previewOf } from './link-preview.ts'
import { createSemaphore } from '../lib/semaphore.ts'
import { overLimit } from './errors.ts'
import { sniff } from './sniff.ts'
import { openTempFiles, type Scratch } from './temp-files.ts'
import type { MediaPreparer, TargetRole, PreparedSource, PreparedMedia } from './types.ts'

export type MediaPreparerOptions = {
	/** Where files are kept while they are needed. What an earlier run has left there is removed at once. */
	tempDir: string
	/** The only directory from which a path may be named. */
	mediaDir?: string | undefined
	/** Hosts, host:port or CIDRs that may be fetched from although they are private. */
	allow: string[]
	maxBytes: number
	/** @default 'ffmpeg', from PATH */
	ffmpegPath?: string | undefined
	log: Log
	/** For tests: how long a fetch may take, and how names are resolved. */
	times?: Partial<FetchTimes>
	resolve?: Resolve
}

/** The one place where files come in and are made ready for WhatsApp. */
export function createMediaPreparer(options: MediaPreparerOptions): MediaPreparer {
	const { maxBytes, log } = options
	const temp = openTempFiles(options.tempDir)
	const closing = new AbortController()
	const ffmpegUntil = (signal: AbortSignal) => createFfmpeg(options.ffmpegPath ?? 'ffmpeg', signal)
	const conversions = createSemaphore(limits.conversions)
	const underWay = new Set<Promise<unknown>>()
	const intake: IntakeOptions = {
		mediaDir: options.mediaDir,
		allow: options.allow,
		times: { ...fetchTimes, ...options.times },
		resolve: options.resolve,
		signal: closing.signal,
	}

	async function make(
		source: PreparedSource,
		role: TargetRole,
		field: string,
		scratch: Scratch,
		signal: AbortSignal,
	) {
		const taken = await take(source, { scratch, maxBytes, field }, { ...intake, signal })
		const job = {
			...taken,
			mimetype: await sniff(taken.path),
			field,
			maxBytes,
			scratch,
			ffmpeg: ffmpegUntil(signal),
		}
		const convert = () => converters[role](job)
		const made = role === 'document' ? await convert() : await conversions.run(convert, signal)
		const { size } = await stat(made.path)
		if (size > maxBytes) throw overLimit(field, maxBytes)
		return { ...made, size, filename: taken.filename }
	}

	async function prepare(
		source: PreparedSource,
		role: TargetRole,
		field: string,
		ending?: AbortSignal,
	): Promise<PreparedMedia> {
		const scratch = temp.scratch()
		const signal = ending ? AbortSignal.any([closing.signal, ending]) : closing.signal
		try {
			signal.throwIfAborted()
			const made = await make(source, role, field, scratch, signal)
			await scratch.clear(made.path)
			return { ...made, dispose: () => rm(made.path, { force: true }) }
		} catch (error) {
			await scratch.clear()
			log.debug({ err: error, field, role, source: source.kind }, 'media not prepared')
			throw named(error, field)
		}
	}

	async function preview(url: string) {
		const scratch = temp.scratch()
		try {
			closing.signal.throwIfAborted()
			return await previewOf(url, {
				scratch,
				ffmpeg: ffmpegUntil(closing.signal),
				fetching: intake,
			})
		} catch (error) {
			log.debug({ err: error }, 'link not previewed')
			return undefined
		} finally {
			await scratch.clear()
		}
	}

	function followed<T>(work: Promise<T>): Promise<T> {
		underWay.add(work)
		const done = () => underWay.delete(work)
		work.then(done, done)
		return work
	}

	return {
		prepare: (...wanted) => followed(prepare(...wanted)),
		preview: (url) => followed(preview(url)),
		async close() {
			closing.abort()
			await Promise.allSettled(underWay)
			temp.clear()
		},
	}
}

/** The programs do not know which field they work for. */
function named(error: unknown, field: string): unknown {
	if (!isGatewayError(error, 'ffmpeg_missing') || error.facts.field) return error
	return new GatewayError(error.code, error.message, { field, cause: error.cause })
}
