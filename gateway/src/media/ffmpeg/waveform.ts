import type { Readable } from 'node:stream'
import type { Ffmpeg, Input } from './index.ts'

const RATE = 8000
const SAMPLES_PER_STEP = 80
const BARS = 64

/** How loud a voice note is over its length: 64 values, the loudest is 100. The way Baileys makes them. */
export async function waveformOf(input: Input, ffmpeg: Ffmpeg): Promise<Uint8Array> {
	const steps: number[] = []
	const args = ['-map', '0:a:0', '-ac', '1', '-ar', String(RATE), '-f', 's16le']
	await ffmpeg.decode(input, args, (stdout) => readSteps(stdout, steps))
	return toBars(steps)
}

// An hour is 58 MB of samples; of 10 ms each we keep one number.
async function readSteps(stdout: Readable, steps: number[]) {
	let sum = 0
	let count = 0
	let rest = Buffer.alloc(0)
	for await (const chunk of stdout) {
		const bytes = Buffer.concat([rest, chunk])
		const end = bytes.length - (bytes.length % 2)
		for (let at = 0; at < end; at += 2) {
			sum += Math.abs(bytes.readInt16LE(at))
			if (++count < SAMPLES_PER_STEP) continue
			steps.push(sum / count)
			sum = count = 0
		}
		rest = bytes.subarray(end)
	}
	if (count) steps.push(sum / count)
}

function toBars(steps: number[]): Uint8Array {
	const bars = Array.from({ length: BARS }, (_, bar) => {
		const from = Math.floor((bar * steps.length) / BARS)
		const to = Math.max(from + 1, Math.floor(((bar + 1) * steps.length) / BARS))
		const part = steps.slice(from, to)
		return part.reduce((sum, step) => sum + step, 0) / Math.max(1, part.length)
	})
	const loudest = Math.max(...bars)
	return Uint8Array.from(bars, (bar) => (loudest ? Math.floor((100 * bar) / loudest) : 0))
}
