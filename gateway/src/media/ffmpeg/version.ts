import type { Readable } from 'node:stream'
import { SECOND_MS } from '../../lib/units.ts'
import { probeBeside } from './index.ts'
import { runProgram } from './program.ts'

const PATIENCE_MS = 10 * SECOND_MS

/** What is wrong with a program: it is not there, may not be run, does not end in time, or ends with an error. */
export type ProgramTrouble = 'missing' | 'forbidden' | 'silent' | 'broken'

/** The version of ffmpeg, `unknown` if it does not say; or the program of the two that cannot be used, and why. */
export type FfmpegFacts = { version: string } | { program: string; trouble: ProgramTrouble }

/** The version of ffmpeg; null if it, or the ffprobe beside it, cannot be run. */
export async function ffmpegVersion(path: string): Promise<string | null> {
	const facts = await examineFfmpeg(path)
	return 'version' in facts ? facts.version : null
}

/** Runs ffmpeg and the ffprobe beside it. */
export async function examineFfmpeg(path: string): Promise<FfmpegFacts> {
	const texts: string[] = []
	for (const program of [path, probeBeside(path)]) {
		try {
			texts.push(await versionTextOf(program))
		} catch (error) {
			return { program, trouble: programTrouble(error) }
		}
	}
	return { version: /^ffmpeg version (\S+)/.exec(texts[0]!)?.[1] ?? 'unknown' }
}

function programTrouble(error: unknown): ProgramTrouble {
	const { name, code, cause } = error as Error & { code?: string; cause?: { code?: string } }
	if (name === 'AbortError') return 'silent'
	if (cause?.code === 'EACCES' || code === 'EACCES') return 'forbidden'
	return cause?.code === 'ENOENT' ? 'missing' : 'broken'
}

async function versionTextOf(program: string): Promise<string> {
	let text = ''
	const read = async (stdout: Readable) => {
		for await (const chunk of stdout.setEncoding('utf8')) text += chunk
	}
	const signal = AbortSignal.timeout(PATIENCE_MS)
	const { ok, complaint } = await runProgram({ program, args: ['-version'], read, signal })
	if (!ok) throw new Error(complaint)
	return text
}
