// A gateway under an even load for a long time: prints its heap, files and disk, a line a minute.
//   npm run soak                     30 minutes, 20 messages a second each way
//   MINUTES=5 RATE=40 npm run soak
import { readdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { memoryOf } from '../support/process-memory.ts'
import { measuredGateway } from './gateway.ts'
import { openInspector } from './inspector.ts'
import { diskUsage } from './disk-usage.ts'
import { evenly } from './evenly.ts'

const MINUTES = Number(process.env.MINUTES ?? 30)
const RATE = Number(process.env.RATE ?? 20)
const MB = 1024 * 1024

const { gateway, people, shop, dataDir, inspectorUrl, send, close } = await measuredGateway()
const inspector = await openInspector(await inspectorUrl)
const load = [
	evenly(RATE, (n) => send(people[n % people.length]!, `out ${n}`)),
	evenly(RATE, async (n) => void (await people[n % people.length]!.says(`in ${n}`, { to: shop }))),
]

async function print(minute: number) {
	const heap = await inspector.heapAfterCollection()
	const files = (await readdir(`/proc/${gateway.pid}/fd`)).length
	const rss = await memoryOf(gateway.pid, 'VmRSS')
	const [out, into] = load.map(({ done }) => done())
	const columns = {
		minute,
		out,
		in: into,
		failed: load[0]!.failed(),
		'heap MB': (heap / MB).toFixed(2),
		'RSS MB': Math.round(rss / MB),
		files,
		'disk MB': ((await diskUsage(dataDir)) / MB).toFixed(1),
	}
	console.log(
		Object.entries(columns)
			.map(([name, value]) => `${name} ${value}`)
			.join('   '),
	)
}

for (let minute = 1; minute <= MINUTES; minute++) {
	await pause(60_000)
	await print(minute)
}
await Promise.all(load.map(({ stop }) => stop()))
inspector.close()
await close()
