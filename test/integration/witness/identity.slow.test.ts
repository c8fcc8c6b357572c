import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { newIdentity, openAuthState } from '../../../gateway/src/session/signal/auth-state.ts'
import { DamagedError } from '../../../gateway/src/storage/driver.ts'
import { MANIFEST } from '../../../gateway/src/storage/json/manifest.ts'
import { openStore, stateIn } from '../../support/state-store.ts'

const neverAnew = () => assert.fail('a new identity')
/** Saved twice: what was last saved may be torn, what was saved before may not. */
const FIRST_SAVE = 7
const LAST_SAVE = 8

let directory: string
let noiseKey: Uint8Array

before(async () => {
	directory = await mkdtemp(join(tmpdir(), 'identity-'))
	const store = await openStore(join(directory, 'whole'), { initial: newIdentity })
	const { creds, save } = await openAuthState(store)
	for (creds.nextPreKeyId of [FIRST_SAVE, LAST_SAVE]) await save()
	noiseKey = creds.noiseKey.public
	await store.close()
})
after(() => rm(directory, { recursive: true }))

/** The credentials in a copy of the state in which one file holds other bytes. */
async function credsWith(file: string, bytes: Buffer) {
	const copy = join(directory, 'copy')
	await rm(copy, { recursive: true, force: true })
	await cp(join(directory, 'whole'), copy, { recursive: true })
	await writeFile(join(stateIn(copy), file), bytes)
	const store = await openStore(copy, { initial: neverAnew })
	const { creds } = await openAuthState(store).finally(() => store.close())
	return creds
}

const garbledAt = (bytes: Buffer, at: number) => {
	const changed = Buffer.from(bytes)
	changed[at]! ^= 0xff
	return changed
}

test('credentials that are cut or garbled at any byte of their last saving are those before', async () => {
	const bytes = await readFile(join(stateIn(join(directory, 'whole')), '1.journal'))
	const last = bytes.lastIndexOf(10, bytes.length - 2) + 1
	for (let at = last; at < bytes.length; at++)
		for (const damaged of [bytes.subarray(0, at), garbledAt(bytes, at)]) {
			const creds = await credsWith('1.journal', damaged)
			assert.deepEqual(creds.noiseKey.public, noiseKey, `byte ${at}`)
			assert.equal(creds.nextPreKeyId, FIRST_SAVE, `byte ${at}`)
		}
	assert.equal((await credsWith('1.journal', bytes)).nextPreKeyId, LAST_SAVE)
})

test('credentials that are cut or garbled at any byte of an earlier saving are damaged', async () => {
	const journal = await readFile(join(stateIn(join(directory, 'whole')), '1.journal'))
	for (let at = 0; at <= journal.lastIndexOf(10, journal.length - 2); at++)
		await assert.rejects(credsWith('1.journal', garbledAt(journal, at)), DamagedError, `byte ${at}`)
	const manifest = await readFile(join(stateIn(join(directory, 'whole')), MANIFEST))
	for (let at = 0; at < manifest.length; at++)
		for (const damaged of [manifest.subarray(0, at), garbledAt(manifest, at)])
			await assert.rejects(credsWith(MANIFEST, damaged), DamagedError, `byte ${at}`)
})
