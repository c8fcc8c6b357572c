import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import sharp from 'sharp'
import type { TargetRole } from '../../../../gateway/src/media/index.ts'
import { until } from '../../../support/wait.ts'
import {
	openMediaPreparer,
	refuses,
	temporaryDirectory,
} from '../../../support/media/media-preparer.ts'
import { clip, h264, make, movingGif, plain, probe, tone } from '../../../support/media/fixtures.ts'

async function bench(t: TestContext, options = {}) {
	const mediaPreparer = await openMediaPreparer(t, options)
	const directory = await temporaryDirectory(t)
	return {
		...mediaPreparer,
		directory,
		make: (extension: string, ...args: string[]) => make(directory, extension, ...args),
		prepare: (path: string, role: TargetRole) =>
			mediaPreparer.prepare({ kind: 'upload', path }, role, 'file'),
	}
}

test('an MP4 of H.264 and AAC stays as it is, with thumbnail, size and length', async (t) => {
	const { make, prepare } = await bench(t)
	const path = await make('mp4', ...clip(2), ...tone(2), ...h264, '-c:a', 'aac')
	const made = await prepare(path, 'video')
	assert.deepEqual(await readFile(made.path), await readFile(path))
	assert.deepEqual(
		[made.mimetype, made.width, made.height, made.seconds],
		['video/mp4', 320, 240, 2],
	)
	const thumbnail = await sharp(made.thumbnail).metadata()
	assert.deepEqual([thumbnail.format, thumbnail.width, thumbnail.height], ['jpeg', 72, 54])
})

test('other videos become MP4 of H.264 and AAC; suitable streams are only repackaged', async (t) => {
	const { make, prepare } = await bench(t)
	const others = [
		await make('webm', ...clip(1, '322x242'), ...tone(1), '-c:v', 'libvpx', '-c:a', 'libvorbis'),
		await make('avi', ...clip(1), ...tone(1), '-c:v', 'mpeg4', '-c:a', 'libmp3lame'),
		await make('mov', ...clip(1), ...tone(1), ...h264, '-c:a', 'pcm_s16le'),
		await make('mkv', ...clip(1, '1920x1080'), '-c:v', 'mpeg2video'),
		await make('mp4', ...clip(1), '-c:v', 'libx264', '-pix_fmt', 'yuv444p'),
		await make('3gp', ...clip(1, '176x144'), '-c:v', 'h263'),
	]
	for (const path of others) {
		const made = await prepare(path, 'video')
		const { format, video, audio } = await probe(made.path)
		assert.match(format.format_name, /mp4/)
		assert.deepEqual([video.codec_name, video.pix_fmt], ['h264', 'yuv420p'], path)
		assert.ok(!audio || audio.codec_name === 'aac', path)
		assert.deepEqual([made.width, made.height], [video.width, video.height])
		assert.ok(made.width! <= 1280 && made.width! % 2 === 0 && made.height! % 2 === 0)
		assert.ok(made.thumbnail?.length)
	}
})

test('a GIF and a video with sound become a silent MP4 of even size', async (t) => {
	const { make, prepare, directory } = await bench(t)
	const gif = join(directory, 'moving')
	await writeFile(gif, await movingGif(5, 61, 41))
	const loud = await make('mp4', ...clip(1), ...tone(1), ...h264, '-c:a', 'aac')
	for (const path of [gif, loud]) {
		const made = await prepare(path, 'gif')
		const { video, audio } = await probe(made.path)
		assert.deepEqual([video.codec_name, video.pix_fmt, audio], ['h264', 'yuv420p', undefined])
		assert.deepEqual([made.width! % 2, made.height! % 2], [0, 0])
		assert.equal(made.mimetype, 'video/mp4')
	}
})

test('a video note is square and no longer than a minute', async (t) => {
	const { make, prepare } = await bench(t)
	const wide = await make('mp4', ...clip(62, '480x270'), ...h264)
	const made = await prepare(wide, 'video-note')
	assert.deepEqual([made.width, made.height, made.seconds], [270, 270, 60])
	const large = await prepare(
		await make('webm', ...clip(1, '900x1200'), '-c:v', 'libvpx'),
		'video-note',
	)
	assert.deepEqual([large.width, large.height], [640, 640])
})

test('a video that was filmed sideways is measured as it is seen', async (t) => {
	const { make, prepare } = await bench(t)
	const lying = await make('mp4', ...clip(1), ...h264)
	const turned = await make('mp4', '-i', lying, '-c', 'copy', '-metadata:s:v:0', 'rotate=90')
	const made = await prepare(turned, 'video')
	assert.deepEqual([made.width, made.height], [240, 320])
})

test('MP3, M4A and OGG Opus stay as they are; other audio becomes M4A', async (t) => {
	const { make, prepare } = await bench(t)
	const same = {
		mp3: 'audio/mpeg',
		m4a: 'audio/mp4',
		opus: 'audio/ogg; codecs=opus',
	}
	for (const [extension, mimetype] of Object.entries(same)) {
		const path = await make(extension, ...tone(3))
		const made = await prepare(path, 'audio')
		assert.deepEqual([made.mimetype, made.seconds], [mimetype, 3])
		assert.equal(made.size, (await stat(path)).size)
	}
	const others = [
		await make('wav', ...tone(3)),
		await make('flac', ...tone(3)),
		await make('aac', ...tone(3)),
		await make('ogg', ...tone(3), '-c:a', 'libvorbis'),
		await make('webm', ...tone(3), '-c:a', 'libopus'),
		await make('aiff', ...tone(3)),
		await make('mp4', ...tone(3), '-c:a', 'aac'),
	]
	for (const path of others) {
		const made = await prepare(path, 'audio')
		assert.deepEqual([made.mimetype, made.seconds], ['audio/mp4', 3], path)
		assert.equal((await probe(made.path)).audio.codec_name, 'aac')
	}
})

test('a voice note is OGG Opus of one channel, with a waveform of 64 values', async (t) => {
	const { make, prepare } = await bench(t)
	const quietThenLoud = ['-af', "volume='if(lt(t,2),0.1,1)':eval=frame"]
	for (const extension of ['mp3', 'wav', 'webm', 'm4a']) {
		const path = await make(extension, ...tone(4), ...quietThenLoud)
		const made = await prepare(path, 'voice')
		const { format, audio } = await probe(made.path)
		assert.equal(format.format_name, 'ogg')
		assert.deepEqual([audio.codec_name, audio.sample_rate, audio.channels], ['opus', '48000', 1])
		assert.deepEqual([made.mimetype, made.seconds], ['audio/ogg; codecs=opus', 4])
		assert.equal(made.waveform?.length, 64)
		assert.equal(Math.max(...made.waveform!), 100)
		assert.ok(made.waveform![10]! < 30 && made.waveform![50]! > 80, `${made.waveform}`)
	}
	const ready = await make('ogg', ...tone(2), '-c:a', 'libopus')
	const made = await prepare(ready, 'voice')
	assert.deepEqual(await readFile(made.path), await readFile(ready))
	assert.equal(made.waveform?.length, 64)
})

test('silence has a flat waveform', async (t) => {
	const { make, prepare } = await bench(t)
	const made = await prepare(await make('wav', '-f', 'lavfi', '-i', 'anullsrc', '-t', '1'), 'voice')
	assert.deepEqual([...made.waveform!], Array(64).fill(0))
})

test('a file of the wrong kind is refused by its bytes, whatever type it claims', async (t) => {
	const { make, directory, prepare, left } = await bench(t)
	const video = await make('mp4', ...clip(1), ...tone(1), ...h264)
	const audio = await make('mp3', ...tone(1))
	const soundOnly = await make('mp4', ...tone(1), '-c:a', 'aac')
	const image = join(directory, 'image')
	await writeFile(image, await plain(10, 10).jpeg().toBuffer())
	const playlist = join(directory, 'list')
	await writeFile(playlist, '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n/etc/passwd\n')
	const wrong: [string, TargetRole[]][] = [
		[video, ['image', 'sticker', 'picture', 'audio', 'voice']],
		[audio, ['image', 'sticker', 'video', 'gif', 'video-note']],
		[soundOnly, ['video', 'gif', 'video-note']],
		[image, ['video', 'gif', 'video-note', 'audio', 'voice']],
		[playlist, ['video', 'gif', 'audio', 'voice', 'image']],
	]
	for (const [path, roles] of wrong) {
		for (const role of roles) {
			await refuses(prepare(path, role), 'unsupported_media_type', /`file` must be a/)
		}
	}
	assert.deepEqual(await left(), [])
})

test('a song with a cover is audio', async (t) => {
	const { make, prepare, directory } = await bench(t)
	const cover = join(directory, 'cover.png')
	await writeFile(cover, await plain(50, 50).png().toBuffer())
	const inputs = [
		...tone(1),
		'-i',
		cover,
		'-map',
		'0',
		'-map',
		'1',
		'-disposition:v',
		'attached_pic',
	]
	const made = await prepare(await make('mp3', ...inputs), 'audio')
	assert.equal(made.mimetype, 'audio/mpeg')
})

test('a damaged video is refused', async (t) => {
	const { make, prepare, directory } = await bench(t)
	const whole = await readFile(await make('mp4', ...clip(2), ...h264))
	const cut = join(directory, 'cut')
	await writeFile(cut, whole.subarray(0, 2000))
	await refuses(prepare(cut, 'video'), 'media_unreadable', /damaged/)
})

test('a conversion that grows over the limit is refused', async (t) => {
	const maxBytes = 60_000
	const { make, prepare, left } = await bench(t, { maxBytes })
	const path = await make('opus', ...tone(20), '-b:a', '8k')
	const webm = await make('webm', '-i', path, '-c', 'copy')
	await refuses(prepare(webm, 'audio'), 'media_too_large', /MAX_MEDIA_BYTES/)
	assert.deepEqual(await left(), [])
})

test('without ffmpeg only conversions that need it are refused', async (t) => {
	const ffmpegPath = '/nonexistent/ffmpeg'
	const { make, prepare, directory, left } = await bench(t, { ffmpegPath })
	const passing: [string, TargetRole, number | undefined][] = [
		[await make('ogg', ...tone(2), '-c:a', 'libopus'), 'voice', 2],
		[await make('mp3', ...tone(2)), 'audio', 2],
		[await make('mp4', ...clip(2), ...tone(2), ...h264, '-c:a', 'aac'), 'video', 2],
	]
	for (const [path, role, seconds] of passing) {
		const made = await prepare(path, role)
		assert.deepEqual([made.seconds, made.waveform], [seconds, undefined], role)
		await made.dispose()
	}
	const image = join(directory, 'image')
	await writeFile(image, await plain(10, 10).webp().toBuffer())
	for (const role of ['image', 'sticker', 'picture', 'document'] as const) {
		await (await prepare(image, role)).dispose()
	}
	const wav = await make('wav', ...tone(1))
	const webm = await make('webm', ...clip(1), '-c:v', 'libvpx')
	const gif = join(directory, 'gif')
	await writeFile(gif, await movingGif(2))
	for (const [path, role] of [
		[wav, 'voice'],
		[wav, 'audio'],
		[webm, 'video'],
		[webm, 'video-note'],
		[gif, 'gif'],
	] as const) {
		await refuses(prepare(path, role), 'ffmpeg_missing', /Install ffmpeg/)
	}
	assert.deepEqual(await left(), [])
})

test('conversions run two at a time, and closing the mediaPreparer ends them', async (t) => {
	const { make, prepare, close, left } = await bench(t)
	const long = await make(
		'webm',
		...clip(90, '1280x720'),
		'-c:v',
		'libvpx',
		'-deadline',
		'realtime',
	)
	const works = [1, 2, 3, 4].map(() => assert.rejects(prepare(long, 'video')))
	const converters = () => runningOn('-map_metadata')
	await until('two conversions run', () => converters() === 2)
	await close()
	await Promise.all(works)
	await until('no conversion runs', () => converters() === 0)
	assert.deepEqual(await left(), [])
})

/** How many children of this process have this among their arguments. */
function runningOn(argument: string): number {
	const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
	const pids = children.trim().split(' ').filter(Boolean)
	const isRunning = (pid: string) => {
		try {
			return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(argument)
		} catch {
			return false
		}
	}
	return pids.filter(isRunning).length
}
