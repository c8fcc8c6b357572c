import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp, { type Sharp } from 'sharp'

const run = promisify(execFile)

/** Makes a file with ffmpeg; returns its path. */
export async function make(directory: string, extension: string, ...args: string[]) {
	const path = join(directory, `${randomUUID()}.${extension}`)
	await run('ffmpeg', ['-loglevel', 'error', '-y', ...args, path])
	return path
}

/** A beep of so many seconds. */
export const tone = (seconds: number) => [
	'-f',
	'lavfi',
	'-i',
	`sine=frequency=440:duration=${seconds}`,
]

/** A moving test picture. */
export const clip = (seconds: number, size = '320x240') => [
	...['-f', 'lavfi', '-i', `testsrc=duration=${seconds}:size=${size}:rate=10`],
]

export const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

/** What ffprobe says of a file. */
export async function probe(path: string) {
	const args = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', path]
	const { stdout } = await run('ffprobe', args)
	const { streams, format } = JSON.parse(stdout)
	const find = (type: string) => streams.find((s: any) => s.codec_type === type)
	return { format, video: find('video'), audio: find('audio') }
}

/** A picture of one colour. */
export function plain(width: number, height: number, background = '#3366cc'): Sharp {
	return sharp({ limitInputPixels: false, create: { width, height, channels: 3, background } })
}

/** A GIF of so many frames, each of another colour. */
export async function movingGif(frames: number, width = 60, height = 40): Promise<Buffer> {
	const colours = ['#ff0000', '#00ff00', '#0000ff', '#ffff00']
	const pages = Array.from({ length: frames }, (_, i) =>
		plain(width, height, colours[i % colours.length])
			.png()
			.toBuffer(),
	)
	return sharp(await Promise.all(pages), { join: { animated: true } })
		.gif({ delay: 100 })
		.toBuffer()
}
