import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { LockedError } from '../../../gateway/src/storage/json/lock.ts'
import { atEnd, temporaryDirectory } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

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

/** Files that crashes and other programs leave in a directory that is not in use. */
const leftovers: Record<string, (root: string) => Promise<unknown>> = {
	'a lock file': (root) => writeFile(join(root, '.gateway-lock'), ''),
	'the note of a process that is dead': (root) => note(root, { pid: 2 ** 22 + 1 }),
	'the note of a process whose number another one has now': (root) => note(root, { pid: 1 }),
	'a note that is cut': (root) => writeFile(join(root, '.holder'), '{"pid":'),
	'an empty note': (root) => writeFile(join(root, '.holder'), ''),
	'the note of another machine that has been silent': async (root) => {
		await note(root, { host: 'other', boot: 'other' })
		const past = new Date(Date.now() - 11_000)
		await utimes(join(root, '.holder'), past, past)
	},
	'staging directories with files': async (root) => {
		await mkdir(join(root, '.staging-a/deep'), { recursive: true })
		await writeFile(join(root, '.staging-a/deep/file'), 'half')
	},
	'the lock directory of an older version': (root) => mkdir(join(root, '.lock')),
}

async function note(root: string, what: object) {
	const mine = {
		pid: process.pid,
		host: hostname(),
		boot: null,
		since: 'then',
		staging: '.staging-a',
	}
	await writeFile(join(root, '.holder'), JSON.stringify({ ...mine, ...what }))
}

for (const [what, leave] of Object.entries(leftovers))
	test(`${what} does not keep a gateway from starting`, async (t) => {
		const root = await temporaryDirectory(t)
		await leave(root)
		const storage = await jsonStorage(root, { onLost: () => {} })
		const stagings = (await readdir(root)).filter((name) => name.startsWith('.staging-'))
		assert.equal(stagings.length, 1)
		await storage.close()
		assert.deepEqual(
			(await readdir(root)).filter((name) => name.startsWith('.staging-')),
			[],
		)
	})

test('a directory that another machine used seconds ago is refused', async (t) => {
	const root = await temporaryDirectory(t)
	await note(root, { pid: 7, host: 'other', boot: 'other' })
	await assert.rejects(jsonStorage(root, { onLost: () => {} }), /in use by process 7 on other/)
})

test('a zombie does not hold a directory', async (t) => {
	const root = await temporaryDirectory(t)
	// The shell stays and does not wait for its child, which is a zombie after its death.
	const script = '"$NODE" --input-type=module -e "$HOLDER" & echo $!; exec sleep 60'
	const parent = spawn('sh', ['-c', script], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE: process.execPath, HOLDER: holder(root) },
	})
	atEnd(t, () => parent.kill())
	const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]()
	const pid = Number((await lines.next()).value)
	assert.equal((await lines.next()).value, 'held')
	process.kill(pid, 'SIGKILL')
	await until('it is a zombie', async () => /^State:\s+Z/m.test(await statusOf(pid)))
	// Its other threads may still be ending, and with them its open files.
	const open = () => jsonStorage(root, { onLost: () => {} }).catch(undefinedIfLocked)
	const storage = await until('the directory is free', open)
	assert.match(await statusOf(pid), /^State:\s+Z/m)
	await storage.close()
})

function undefinedIfLocked(error: Error): undefined {
	if (!(error instanceof LockedError)) throw error
}

const statusOf = (pid: number) => readFile(`/proc/${pid}/status`, 'utf8')

/** Ways to lose a directory that is in use, and the words that say so. */
const losses: Record<string, [lose: (root: string) => Promise<unknown>, says: RegExp]> = {
	'is removed': [(root) => rm(root, { recursive: true }), /was removed/],
	'loses its note': [(root) => rm(join(root, '.holder')), /was removed, or the note/],
	'is taken over': [
		(root) => note(root, { pid: 7, host: 'other' }),
		/was taken over by process 7 on other/,
	],
}

for (const [what, [lose, says]] of Object.entries(losses))
	test(`a gateway whose directory ${what} is told so`, async (t) => {
		const root = await temporaryDirectory(t)
		const lost = Promise.withResolvers<Error>()
		const storage = await jsonStorage(root, { onLost: lost.resolve })
		await lose(root)
		assert.match((await lost.promise).message, says)
		await storage.close()
	})
