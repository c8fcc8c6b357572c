import type { Readable } from 'node:stream'
import { SECOND_MS } from '../../lib/units.ts'
import { probeBeside } from './index.ts'
import { runProgram } from './program.ts'

const PATIENCE_MS = 10 * SECOND_MS

/** The version of ffmpeg; null if it, or the ffprobe beside it, cannot be run. */
export async function ffmpegVersion(path: string): Promise<string | null> {
	try {
		const [text] = await Promise.all([versionTextOf(path), versionTextOf(probeBeside(path))])
		return /^ffmpeg version (\S+)/.exec(text)?.[1] ?? 'unknown'
	} catch {
		return null
	}
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
