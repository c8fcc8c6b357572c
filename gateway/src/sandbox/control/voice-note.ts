import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { ControlError } from './context.ts'

const ARGUMENTS =
	'-hide_banner -loglevel error -f matroska -i pipe:0 -vn -c:a libopus -f ogg pipe:1'
const DEADLINE_MS = 30_000

/** A recording of a browser as an ogg with opus. @throws ControlError where ffmpeg cannot do it */
export async function toVoiceNote(webm: Buffer, ffmpeg: string): Promise<Buffer> {
	const child = spawn(ffmpeg, ARGUMENTS.split(' '), {
		stdio: ['pipe', 'pipe', 'ignore'],
		timeout: DEADLINE_MS,
	})
	const ended = new Promise<number | null>((resolve, reject) => {
		child.once('error', (cause) => {
			const advice = 'Recordings need ffmpeg: install it, or attach a file instead.'
			reject(new ControlError(409, `${advice} (${(cause as Error).message})`))
		})
		child.once('close', resolve)
	})
	// It may close its input before it has read all of it.
	child.stdin.on('error', () => undefined)
	child.stdin.end(webm)
	const [code, ogg] = await Promise.all([ended, buffer(child.stdout)])
	if (code !== 0) throw new ControlError(400, 'ffmpeg cannot read this recording.')
	return ogg
}
