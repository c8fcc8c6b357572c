import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import {
	openMediaPreparer,
	refuses,
	temporaryDirectory,
	type TestMediaPreparer,
} from '../../../support/media/media-preparer.ts'
import { make, movingGif, plain, clip } from '../../../support/media/fixtures.ts'

const data = (bytes: Buffer) => ({ kind: 'data' as const, data: bytes.toString('base64') })
const noise = (width: number, height: number) =>
	sharp({
		create: {
			...{ width, height, channels: 3, background: '#000' },
			noise: { type: 'gaussian', mean: 128, sigma: 60 },
		},
	})

async function prepare(
	mediaPreparer: TestMediaPreparer,
	bytes: Buffer,
	role: 'image' | 'sticker' | 'picture',
) {
	const made = await mediaPreparer.prepare(data(bytes), role, 'file')
	return { made, metadata: await sharp(made.path).metadata() }
}

test('JPEG and PNG images stay as they are, with a thumbnail and their size', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	for (const [format, mimetype] of [
		['jpeg', 'image/jpeg'],
		['png', 'image/png'],
	] as const) {
		const bytes = await plain(300, 150)[format]().toBuffer()
		const { made, metadata } = await prepare(mediaPreparer, bytes, 'image')
		assert.equal(made.mimetype, mimetype)
		assert.equal(made.size, bytes.length)
		assert.deepEqual([made.width, made.height, metadata.format], [300, 150, format])
		const thumbnail = await sharp(made.thumbnail).metadata()
		assert.deepEqual([thumbnail.format, thumbnail.width, thumbnail.height], ['jpeg', 72, 36])
		await made.dispose()
	}
	assert.deepEqual(await mediaPreparer.left(), [])
})

test('WebP, GIF, AVIF, TIFF and BMP images become JPEG, white where they are transparent', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const directory = await temporaryDirectory(t)
	const clear = sharp({
		create: { width: 40, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
	})
	for (const image of [clear.webp(), clear.avif(), clear.tiff({ compression: 'lzw' })]) {
		const { made, metadata } = await prepare(mediaPreparer, await image.toBuffer(), 'image')
		assert.deepEqual([made.mimetype, metadata.format, metadata.width], ['image/jpeg', 'jpeg', 40])
		const { channels } = await sharp(made.path).stats()
		assert.ok(channels[0]!.mean > 250)
	}
	const gif = await prepare(mediaPreparer, await movingGif(3), 'image')
	assert.deepEqual([gif.metadata.format, gif.made.width, gif.made.height], ['jpeg', 60, 40])
	const bmp = await make(directory, 'bmp', ...clip(1), '-frames:v', '1')
	const fromBmp = await mediaPreparer.prepare({ kind: 'upload', path: bmp }, 'image', 'file')
	assert.deepEqual([fromBmp.mimetype, fromBmp.width, fromBmp.height], ['image/jpeg', 320, 240])
})

test('a photograph that was taken sideways is turned, and its thumbnail too', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const bytes = await plain(300, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer()
	const { made, metadata } = await prepare(mediaPreparer, bytes, 'image')
	assert.deepEqual([made.width, made.height], [100, 300])
	assert.deepEqual([metadata.width, metadata.height, metadata.orientation], [100, 300, undefined])
	const thumbnail = await sharp(made.thumbnail).metadata()
	assert.deepEqual([thumbnail.width, thumbnail.height], [24, 72])
})

test('an image becomes a sticker: WebP of 512 × 512 with transparent edges, within 100 KB', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const wide = await prepare(mediaPreparer, await plain(400, 100).png().toBuffer(), 'sticker')
	const { format, width, height, hasAlpha } = wide.metadata
	assert.deepEqual([format, width, height, hasAlpha], ['webp', 512, 512, true])
	assert.deepEqual([wide.made.mimetype, wide.made.animated], ['image/webp', false])
	const pixels = await sharp(wide.made.path).ensureAlpha().raw().toBuffer()
	assert.equal(pixels[3], 0, 'the corner is transparent')
	assert.equal(pixels[(256 * 512 + 256) * 4 + 3], 255, 'the middle is not')

	const busy = await prepare(mediaPreparer, await noise(800, 800).png().toBuffer(), 'sticker')
	assert.ok(busy.made.size <= 1024 * 1024, `${busy.made.size}`)
	const photo = await noise(64, 64).png().toBuffer()
	const enlarged = await prepare(mediaPreparer, photo, 'sticker')
	assert.ok(enlarged.made.size <= 100 * 1024, `${enlarged.made.size}`)
})

test('an animation becomes an animated sticker', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const gif = await movingGif(4)
	const webp = await sharp(gif, { animated: true }).webp().toBuffer()
	for (const bytes of [gif, webp]) {
		const { made, metadata } = await prepare(mediaPreparer, bytes, 'sticker')
		assert.equal(made.animated, true)
		assert.deepEqual([metadata.pages, metadata.width, metadata.height], [4, 512, 512])
		assert.deepEqual(metadata.delay, [100, 100, 100, 100])
	}
})

test('a valid sticker is not changed', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const bytes = await plain(512, 512).webp().toBuffer()
	const { made } = await prepare(mediaPreparer, bytes, 'sticker')
	assert.equal(made.size, bytes.length)
	const gif = await movingGif(3, 512, 512)
	const animated = await sharp(gif, { animated: true }).webp().toBuffer()
	const moving = await prepare(mediaPreparer, animated, 'sticker')
	assert.deepEqual([moving.made.size, moving.made.animated], [animated.length, true])
})

test('a picture for a profile is the middle of an image, 640 × 640', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const { made, metadata } = await prepare(
		mediaPreparer,
		await plain(900, 300).png().toBuffer(),
		'picture',
	)
	assert.deepEqual([made.mimetype, metadata.width, metadata.height], ['image/jpeg', 640, 640])
})

test('a file that is not an image is refused naming its field', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const svg = Buffer.from(
		'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text/></svg>',
	)
	const wrong: [Buffer, RegExp][] = [
		[svg, /image\/svg\+xml/],
		[Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), /application\/pdf/],
		[Buffer.from('just words'), /text\/plain/],
		[Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8]), /unknown kind/],
	]
	for (const role of ['image', 'sticker', 'picture'] as const) {
		for (const [bytes, found] of wrong) {
			const declared = { ...data(bytes), mimetype: 'image/png' }
			await refuses(mediaPreparer.prepare(declared, role, 'file'), 'unsupported_media_type', found)
		}
	}
	assert.deepEqual(await mediaPreparer.left(), [])
})

test('a damaged image is refused', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const whole = await noise(200, 200).png().toBuffer()
	const cut = whole.subarray(0, whole.length / 2)
	for (const role of ['image', 'sticker'] as const) {
		await refuses(mediaPreparer.prepare(data(cut), role, 'file'), 'media_unreadable', /damaged/)
	}
})

test('pictures that would fill the memory are refused, and quickly', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const directory = await temporaryDirectory(t)
	const bomb = join(directory, 'bomb')
	await writeFile(bomb, await plain(20_000, 20_000).png({ compressionLevel: 9 }).toBuffer())
	const before = process.memoryUsage().rss
	const started = performance.now()
	for (const role of ['image', 'sticker', 'picture'] as const) {
		const source = { kind: 'upload', path: bomb } as const
		await refuses(
			mediaPreparer.prepare(source, role, 'file'),
			'media_too_large',
			/50 million pixels/,
		)
	}
	assert.ok(performance.now() - started < 3000)
	assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024)
})

test('a long animation is shortened to the size limit of stickers', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const { made, metadata } = await prepare(
		mediaPreparer,
		await movingGif(60, 1500, 1000),
		'sticker',
	)
	assert.equal(made.animated, true)
	assert.equal(metadata.pages, 33)
})
