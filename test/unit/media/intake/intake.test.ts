import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { PreparedSource } from '../../../../gateway/src/media/index.ts'
import {
	openMediaPreparer,
	refuses,
	temporaryDirectory,
	type TestMediaPreparer,
} from '../../../support/media/media-preparer.ts'

const document = (mediaPreparer: TestMediaPreparer, source: PreparedSource) =>
	mediaPreparer.prepare(source, 'document', 'file')
const data = (mediaPreparer: TestMediaPreparer, data: string, mimetype?: string) =>
	document(mediaPreparer, { kind: 'data', data, mimetype })

test('base64, base64url, with line breaks or without padding, and data URIs are read', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const bytes = Buffer.from('<<???>>üöä, and a little more')
	const base64 = bytes.toString('base64')
	for (const text of [
		base64,
		base64.replaceAll('=', ''),
		bytes.toString('base64url'),
		base64.replace(/.{8}/g, '$&\r\n'),
		`data:text/plain;base64,${base64}`,
		`data:text/plain;charset=utf-8;BASE64,${base64}`,
		`DATA:,${encodeURIComponent(bytes.toString())}`,
	]) {
		const made = await data(mediaPreparer, text)
		assert.deepEqual(await readFile(made.path), bytes, text)
		assert.equal(made.size, bytes.length)
	}
})

test('text that is not base64 is refused', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const wrong = [
		'not base64!',
		'abcde',
		'ab=cd',
		'====',
		'aGk=aGk=',
		'data:;base64,*',
		'äöü',
		'http://x/',
	]
	for (const text of [...wrong, 'data:text/plain', 'data:,%']) {
		await refuses(data(mediaPreparer, text), 'media_unreadable', /base64|data URI|empty/)
	}
	await refuses(data(mediaPreparer, 'data:,'), 'media_unreadable', /is empty/)
	assert.deepEqual(await mediaPreparer.left(), [])
})

test('large base64 becomes the same bytes, and too large is refused', async (t) => {
	const bytes = Buffer.alloc(5_000_001, 'abcdefg')
	const mediaPreparer = await openMediaPreparer(t, { maxBytes: bytes.length })
	const lines = bytes.toString('base64').replace(/.{76}/g, '$&\n')
	assert.deepEqual(await readFile((await data(mediaPreparer, lines)).path), bytes)
	const more = Buffer.alloc(bytes.length + 1).toString('base64')
	await refuses(data(mediaPreparer, more), 'media_too_large', /5000001 bytes/)
	const most = Buffer.alloc(bytes.length * 2).toString('base64')
	await refuses(data(mediaPreparer, most), 'media_too_large', /5000001 bytes/)
})

async function mediaDir(t: TestContext) {
	const directory = await temporaryDirectory(t)
	const inside = join(directory, 'media')
	await mkdir(join(inside, 'sub'), { recursive: true })
	await mkdir(join(directory, 'media-secret'))
	await writeFile(join(inside, 'a.txt'), 'a')
	await writeFile(join(inside, 'sub/b.txt'), 'bb')
	await writeFile(join(directory, 'secret.txt'), 'secret')
	await writeFile(join(directory, 'media-secret/x.txt'), 'secret')
	return { directory, inside }
}

test('files below MEDIA_DIR are accepted by absolute or relative path, and copied', async (t) => {
	const { inside, directory } = await mediaDir(t)
	await symlink('a.txt', join(inside, 'link.txt'))
	await symlink(inside, join(directory, 'other-name'))
	const mediaPreparer = await openMediaPreparer(t, { mediaDir: inside })
	const paths = ['a.txt', './a.txt', join(inside, 'a.txt'), 'link.txt']
	for (const path of paths) {
		const made = await document(mediaPreparer, { kind: 'path', path })
		assert.equal(await readFile(made.path, 'utf8'), 'a')
		await made.dispose()
	}
	assert.equal((await stat(join(inside, 'a.txt'))).size, 1)
	const deep = await document(mediaPreparer, { kind: 'path', path: join(inside, 'sub/b.txt') })
	assert.deepEqual([deep.filename, deep.size, deep.mimetype], ['b.txt', 2, 'text/plain'])
	const throughLink = await openMediaPreparer(t, { mediaDir: join(directory, 'other-name') })
	for (const path of [join(directory, 'other-name/a.txt'), join(inside, 'a.txt')]) {
		assert.equal((await document(throughLink, { kind: 'path', path })).size, 1)
	}
})

test('no path leads out of MEDIA_DIR', async (t) => {
	const { inside, directory } = await mediaDir(t)
	await symlink(join(directory, 'secret.txt'), join(inside, 'out.txt'))
	await symlink(directory, join(inside, 'up'))
	await symlink('/etc', join(inside, 'etc'))
	const mediaPreparer = await openMediaPreparer(t, { mediaDir: inside })
	const outside = [
		'../secret.txt',
		'sub/../../secret.txt',
		'sub/../a.txt',
		'..',
		'..\\secret.txt',
		'/etc/passwd',
		'/etc/there-is-no-such-file',
		join(directory, 'secret.txt'),
		join(directory, 'media-secret/x.txt'),
		`${inside}/../secret.txt`,
		`${inside}-secret/x.txt`,
		'out.txt',
		'up/secret.txt',
		'etc/passwd',
		'/proc/self/environ',
		'a.txt\0.png',
		'.',
		'/',
		inside,
	]
	for (const path of outside) {
		const work = document(mediaPreparer, { kind: 'path', path })
		await refuses(work, 'media_fetch_refused', /MEDIA_DIR/)
	}
	assert.deepEqual(await mediaPreparer.left(), [])
})

test('only regular files that exist are accepted', async (t) => {
	const { inside } = await mediaDir(t)
	execFileSync('mkfifo', [join(inside, 'pipe')])
	const mediaPreparer = await openMediaPreparer(t, { mediaDir: inside, maxBytes: 1 })
	const path = (path: string) => document(mediaPreparer, { kind: 'path', path })
	await refuses(path('sub'), 'media_fetch_refused', /regular file/)
	await refuses(path('pipe'), 'media_fetch_refused', /regular file/)
	await refuses(path('nothing.txt'), 'media_unreadable', /not there/)
	await refuses(path('sub/b.txt'), 'media_too_large', /1 bytes/)
})

test('without MEDIA_DIR no path is accepted, and the error says how to allow it', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	for (const path of ['/etc/passwd', 'a.txt']) {
		await refuses(
			document(mediaPreparer, { kind: 'path', path }),
			'media_fetch_refused',
			/with MEDIA_DIR/,
		)
	}
})

test('an uploaded file stays unchanged; its conversion is another file', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const path = join(mediaPreparer.tempDir, `upload-${randomUUID()}`)
	await writeFile(path, 'words')
	const upload = {
		kind: 'upload',
		path,
		filename: 'C:\\notes\\a\n.md',
		mimetype: 'text/markdown',
	} as const
	const made = await document(mediaPreparer, upload)
	assert.deepEqual([made.filename, made.mimetype], ['a.md', 'text/markdown'])
	await made.dispose()
	await made.dispose()
	assert.equal(await readFile(path, 'utf8'), 'words')
	const again = await document(mediaPreparer, upload)
	await writeFile(path + '-other', 'x')
	assert.equal(await readFile(again.path, 'utf8'), 'words')
})

test('a document has the type of its bytes, or the type given by the sender where those are ambiguous', async (t) => {
	const mediaPreparer = await openMediaPreparer(t)
	const directory = await temporaryDirectory(t)
	const cases: [string, string | undefined, string | undefined, string][] = [
		['%PDF-1.7\n', 'text/plain', 'x.txt', 'application/pdf'],
		['a,b', 'text/csv', undefined, 'text/csv'],
		['a,b', undefined, 'x.csv', 'text/csv'],
		['a,b', 'application/octet-stream', 'x.CSV', 'text/csv'],
		['words', undefined, undefined, 'text/plain'],
		['words', 'no type at all', undefined, 'text/plain'],
		['<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/png', 'x.png', 'image/svg+xml'],
		['\0\x01\x02', undefined, 'x.bin', 'application/octet-stream'],
		['\0\x01\x02', 'application/x-own', undefined, 'application/x-own'],
	]
	for (const [content, mimetype, filename, expected] of cases) {
		const path = join(directory, randomUUID())
		await writeFile(path, content)
		const made = await document(mediaPreparer, { kind: 'upload', path, filename, mimetype })
		assert.equal(made.mimetype, expected, content)
	}
})

test('files are for the gateway alone, and those that a crash has left are removed at the start', async (t) => {
	const tempDir = join(await temporaryDirectory(t), 'tmp')
	await mkdir(tempDir)
	await writeFile(join(tempDir, `media-${randomUUID()}`), 'left')
	await writeFile(join(tempDir, `upload-${randomUUID()}`), 'left')
	await writeFile(join(tempDir, 'not-ours'), 'kept')
	const mediaPreparer = await openMediaPreparer(t, { tempDir })
	assert.deepEqual(await mediaPreparer.left(), ['not-ours'])
	const made = await data(mediaPreparer, 'aGk=')
	assert.equal((await stat(made.path)).mode & 0o777, 0o600)
	await mediaPreparer.close()
	assert.deepEqual(await mediaPreparer.left(), ['not-ours'])
	await assert.rejects(data(mediaPreparer, 'aGk='))
})
