import assert from 'node:assert/strict'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../../support/command.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { ROOT } from '../../support/paths.ts'
import { until } from '../../support/wait.ts'
import { openCrashWorld } from './support/world.ts'

const BACKUPS = 5

test('each backup of a busy gateway that is killed then opens and has all that came before it', async (t) => {
	const world = await openCrashWorld(t)
	const { dataDir } = world
	const copies = await temporaryDirectory(t)
	const traffic = world.startTraffic()
	const newest = async (): Promise<number> =>
		(await world.request('GET', '/api/v1/sessions/main/events?last=1')).body.events.at(-1).seq
	const events: number[] = []
	for (let n = 0; n < BACKUPS; n++) {
		await until('traffic went on', async () => (await newest()) > (events.at(-1) ?? 0) + 100)
		events.push(await newest())
		const program = [join(ROOT, 'gateway/src/main.ts'), 'backup', join(copies, String(n))]
		await run(process.execPath, program, { env: { ...process.env, DATA_DIR: dataDir } })
	}
	await traffic.stop()

	let { exited } = world
	for (const [n, atLeast] of events.entries()) {
		world.gateway().kill('SIGKILL')
		await exited
		await rm(dataDir, { recursive: true })
		await cp(join(copies, String(n)), dataDir, { recursive: true })
		exited = world.start()
		await world.untilOpen()
		assert.ok((await newest()) >= atLeast)
		const [person] = world.people
		await world.sendSurely(person!, `sent by the copy ${n}`)
		await person!.receives(`sent by the copy ${n}`)
		await person!.says(`written to the copy ${n}`, { to: world.shop })
		await until('the copy receives', async () => {
			const { body } = await world.request('GET', '/api/v1/sessions/main/events?last=50')
			return body.events.some(({ data }: any) => data.text === `written to the copy ${n}`)
		})
	}
})
