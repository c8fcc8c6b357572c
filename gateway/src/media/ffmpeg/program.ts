import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import type { Readable } from 'node:stream'
import { GatewayError } from '../../errors.ts'
import { limits } from '../limits.ts'

export type ProgramRun = {
	program: string
	args: string[]
	/** Reads what it prints. */
	read?: (stdout: Readable) => Promise<void>
	signal: AbortSignal
}

/** How a program ended that could be started. */
export type ProgramEnd = { ok: boolean; timedOut: boolean; complaint: string }

const COMPLAINT_LENGTH = 2000
const LOWER_PRIORITY = 10

/**
 * Runs ffmpeg or ffprobe: no shell, none of our environment, killed when its time is up.
 * @throws GatewayError ffmpeg_missing
 */
export async function runProgram({ program, args, read, signal }: ProgramRun): Promise<ProgramEnd> {
	const timeout = AbortSignal.timeout(limits.ffmpegSeconds * 1000)
	const child = spawn(program, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: plainEnvironment(),
		signal: AbortSignal.any([signal, timeout]),
		killSignal: 'SIGKILL',
	})
	const complaint = tailOf(child.stderr!)
	const ended = endOf(child)
	yieldToOthers(child)
	const reading = read ? read(child.stdout!) : drain(child.stdout!)
	try {
		const [code] = await Promise.all([ended, reading])
		return { ok: code === 0, timedOut: timeout.aborted, complaint: complaint() }
	} catch (error) {
		child.kill('SIGKILL')
		if (isMissing(error)) throw ffmpegMissing(program, error)
		if (timeout.aborted) return { ok: false, timedOut: true, complaint: complaint() }
		throw error
	}
}

async function endOf(child: ChildProcess): Promise<number | null> {
	const [code] = await once(child, 'close')
	return code
}

// Keys and passwords of the gateway are in its environment.
function plainEnvironment(): NodeJS.ProcessEnv {
	const { PATH, LD_LIBRARY_PATH } = process.env
	return { ...(PATH && { PATH }), ...(LD_LIBRARY_PATH && { LD_LIBRARY_PATH }) }
}

function yieldToOthers({ pid }: ChildProcess) {
	if (!pid) return
	try {
		setPriority(pid, LOWER_PRIORITY)
	} catch {
		// It may have ended already.
	}
}

function tailOf(stderr: Readable): () => string {
	let text = ''
	stderr.setEncoding('utf8').on('data', (more: string) => {
		text = (text + more).slice(-COMPLAINT_LENGTH)
	})
	return () => text.trim()
}

async function drain(stdout: Readable) {
	for await (const _ of stdout);
}

function isMissing(error: unknown): boolean {
	return ['ENOENT', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function ffmpegMissing(program: string, cause: unknown) {
	return new GatewayError(
		'ffmpeg_missing',
		`This file has to be converted and ${program} is not there. Install ffmpeg (Debian: apt-get install ffmpeg), ` +
			'name it with FFMPEG_PATH, or send a form that needs no conversion: MP4 (H.264, AAC), MP3, M4A, OGG Opus.',
		{ cause },
	)
}
