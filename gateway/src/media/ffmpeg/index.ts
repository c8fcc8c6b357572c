import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { limits } from '../limits.ts'
import { overLimit, mediaTooLarge, mediaUnreadable, wrongKind } from '../errors.ts'
import { demuxerOf } from './demuxers.ts'
import { parseProbe, type Probe } from './probe.ts'
import { runProgram, type ProgramEnd } from './program.ts'

/** A file for ffmpeg, and what a refusal is to say. */
export type Input = { path: string; mimetype: string | undefined; field: string }

export type Ffmpeg = {
	/** Looks into a file. */
	probe(input: Input): Promise<Probe>
	/** Makes another file of one. `args` are ffmpeg's, `format` names the muxer. */
	convert(input: Input, output: Output): Promise<void>
	/** Reads what ffmpeg prints, as raw samples or an image. */
	decode(input: Input, args: string[], read: (stdout: Readable) => Promise<void>): Promise<void>
}

export type Output = { path: string; format: string; args: string[]; maxBytes: number }

/** ffmpeg and the ffprobe beside it. Nothing is looked for until it is needed. */
export function createFfmpeg(path: string, signal: AbortSignal): Ffmpeg {
	const run = (args: string[], read?: (stdout: Readable) => Promise<void>) =>
		runProgram({ program: path, args, signal, ...(read && { read }) })

	return {
		async probe(input) {
			let json = ''
			const args = [...quiet, ...inputArgs(input), '-of', 'json', '-show_format', '-show_streams']
			const read = async (stdout: Readable) => {
				for await (const chunk of stdout.setEncoding('utf8')) {
					if (json.length < limits.probeBytes) json += chunk
				}
			}
			expectOk(await runProgram({ program: probeBeside(path), args, read, signal }), input)
			return parseProbe(json) ?? fail(mediaUnreadable(input.field, 'has no audio and no video.'))
		},
		async convert(input, { path, format, args, maxBytes }) {
			const bounds = ['-threads', '2', '-fs', String(maxBytes), '-map_metadata', '-1', '-sn', '-dn']
			const output = [...bounds, ...args, '-f', format, `file:${path}`]
			const ended = await run([...bounded, ...inputArgs(input), ...output])
			expectOk(ended, input)
			// ffmpeg ends in peace when it has reached the size that -fs allows.
			const { size } = await stat(path)
			if (size >= maxBytes) throw overLimit(input.field, maxBytes)
		},
		async decode(input, args, read) {
			expectOk(await run([...bounded, ...inputArgs(input), ...args, 'pipe:1'], read), input)
		},
	}
}

const quiet = ['-hide_banner', '-loglevel', 'error']

const bounded = [
	...quiet,
	'-nostdin',
	'-y',
	'-timelimit',
	String(limits.ffmpegSeconds * 2),
	'-max_alloc',
	String(limits.ffmpegAllocation),
]

function inputArgs({ path, mimetype, field }: Input): string[] {
	const demuxer = demuxerOf(mimetype) ?? fail(wrongKind(field, 'audio or video', mimetype))
	return ['-protocol_whitelist', 'file', '-f', demuxer, '-i', `file:${path}`]
}

function expectOk({ ok, timedOut, complaint }: ProgramEnd, { field }: Input) {
	if (ok) return
	if (timedOut) {
		const advice = `takes longer than ${limits.ffmpegSeconds} seconds to convert. Send it as a document, or shorter.`
		throw mediaTooLarge(field, advice)
	}
	throw mediaUnreadable(field, 'cannot be read by ffmpeg; is it damaged?', new Error(complaint))
}

/** The path of the ffprobe that belongs to an ffmpeg. */
export function probeBeside(path: string): string {
	const name = basename(path).replace('ffmpeg', 'ffprobe')
	return path === basename(path) ? name : join(dirname(path), name)
}

function fail(error: Error): never {
	throw error
}
