import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryDirectory } from '../../support/directories.ts'
import { disk } from './broken/disk.ts'
import { network } from './broken/network.ts'
import { settings } from './broken/settings.ts'
import { findingsOf } from './support/set-up.ts'

const said = new Map<string, string>()

for (const { what, make, check, state, says, advises } of [...settings, ...disk, ...network])
	test(`doctor has a sentence for ${what}`, async (t) => {
		const setUp = await make(t)
		if (!setUp) return t.skip('this user cannot make such a set-up')
		const findings = await findingsOf(t, check, setUp)
		const found = findings.find(({ sentence }) => says.test(sentence))
		assert.ok(found, JSON.stringify(findings))
		assert.equal(found.state, state)
		assert.match(found.sentence, /\.( |\n|$)/)
		if (advises) assert.match(found.advice ?? '', advises)
		said.set(what, found.sentence)
		assert.doesNotMatch(JSON.stringify(findings), /secret|user:/)
	})

test('each of them has a sentence of its own', () => {
	assert.ok(said.size >= 20)
	// A number, a path or an address is no difference.
	const plain = [...said.values()].map((text) => text.replaceAll(/\d+|\/\S+/g, ''))
	assert.deepEqual(
		plain.filter((text, at) => plain.indexOf(text) !== at),
		[],
	)
})

test('all settings that cannot be used are named at once, and the other checks run with the defaults', async (t) => {
	const env = { PORT: 'abc', LOG_LEVEL: 'loud', MEDIA_KEEP_DAYS: '9' }
	const findings = await findingsOf(t, 'settings', { env, argv: ['--colour', 'red'] })
	const sentences = findings.map(({ sentence }) => sentence).join('\n')
	for (const word of ['--colour', 'PORT=abc', 'LOG_LEVEL=loud', 'MEDIA_KEEP_DAYS must'])
		assert.ok(sentences.includes(word), word)
	const [port] = await findingsOf(t, 'port', { env: { PORT: 'abc', HOST: '127.0.0.1' } })
	assert.match(port!.sentence, /Port 3000/)
})

test('a directory that does not exist yet is fine', async (t) => {
	const root = await temporaryDirectory(t)
	await mkdir(join(root, 'there'))
	const [found] = await findingsOf(t, 'data_dir', { env: { DATA_DIR: join(root, 'there/a/b') } })
	assert.equal(found!.state, 'fine')
})
