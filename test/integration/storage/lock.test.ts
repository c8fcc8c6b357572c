import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { LockedError } from '../../../gateway/src/storage/json/lock.ts'
import { atEnd, temporaryDirectory } from '../../support/gateway/gateway.ts'

const holder = (root: string) => `
	import { jsonStorage } from ${JSON.stringify(new URL('../../../gateway/src/storage/json/index.ts', import.meta.url).href)}
	await jsonStorage(${JSON.stringify(root)}, { onLost: () => {} })
	console.log('held')
	setInterval(() => {}, 1000)
`

async function holdInOtherProcess(root: string) {
	const child = spawn(process.execPath, ['--input-type=module', '-e', holder(root)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	await once(child.stdout, 'data')
	return child
}

test('a directory in use is refused, and its holder named', async (t) => {
	const root = await temporaryDirectory(t)
	const child = await holdInOtherProcess(root)
	atEnd(t, () => child.kill())
	await assert.rejects(jsonStorage(root, { onLost: () => {} }), (error: Error) => {
		assert.ok(error instanceof LockedError)
		assert.match(error.message, new RegExp(`in use by process ${child.pid} on `))
		return true
	})
})

test('the lock of a gateway that was killed is taken over at once', async (t) => {
	const root = await temporaryDirectory(t)
	const child = await holdInOtherProcess(root)
	child.kill('SIGKILL')
	await once(child, 'exit')
	const storage = await jsonStorage(root, { onLost: () => {} })
	await storage.close()
})

test('of several that start after a crash only one gets the directory', async (t) => {
	const root = await temporaryDirectory(t)
	const child = await holdInOtherProcess(root)
	child.kill('SIGKILL')
	await once(child, 'exit')
	const children = await Promise.allSettled(Array.from({ length: 4 }, () => startHolder(root)))
	atEnd(t, () => children.forEach((result) => result.status === 'fulfilled' && result.value.kill()))
	assert.equal(children.filter(({ status }) => status === 'fulfilled').length, 1)
})

async function startHolder(root: string) {
	const child = spawn(process.execPath, ['--input-type=module', '-e', holder(root)], {
		stdio: ['ignore', 'pipe', 'ignore'],
	})
	const gone = once(child, 'exit').then(() => {
		throw new Error('refused')
	})
	await Promise.race([once(child.stdout, 'data'), gone])
	return child
}

test('a directory that was given back can be opened again', async (t) => {
	const root = await temporaryDirectory(t)
	for (let round = 0; round < 3; round++) {
		const storage = await jsonStorage(root, { onLost: () => {} })
		await storage.close()
	}
})
