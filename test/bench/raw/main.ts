// Raw Baileys as a process of its own: does what the benchmark tells it to over the channel between the two.
import { readFileSync, writeFileSync } from 'node:fs'
import type { SendWork, Sent } from '../contenders/contender.ts'
import { inParallel } from '../measure/parallel.ts'
import { RawClient, type Server } from './client.ts'

/** What can be asked for. */
export type RawCommands = {
	/** Opens what `keep` has kept in this file, four at a time. */
	resume(server: Server, file: string): Promise<void>
	link(server: Server, phone: string, scanUrl: string): Promise<void>
	send(work: SendWork): Promise<Sent>
	listen(phone: string): Promise<void>
	heard(count: number, withinMs: number): Promise<number[]>
	keep(file: string): Promise<void>
}

const HANDSHAKES = 4
const clients = new Map<string, RawClient>()
let listener: RawClient | undefined

/** libsignal prints whole sessions, private keys included, to the console. */
for (const level of ['log', 'info', 'warn'] as const) console[level] = () => undefined

const clientOf = (phone: string): RawClient => {
	const client = clients.get(phone)
	if (!client) throw new Error(`nobody has linked ${phone}`)
	return client
}

async function scan(url: string, qr: string): Promise<void> {
	const headers = { 'content-type': 'application/json' }
	const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ qr }) })
	if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
}

const commands: RawCommands = {
	async resume(server, file) {
		const kept = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
		await inParallel(kept.length, HANDSHAKES, async (index) => {
			const [phone, auth] = kept[index]!
			const client = new RawClient(server, auth)
			clients.set(phone, client)
			await client.open()
		})
	},
	async link(server, phone, scanUrl) {
		const client = new RawClient(server)
		clients.set(phone, client)
		await new Promise<void>((resolve, reject) => {
			let isScanned = false
			const onQr = (qr: string) => {
				if (!isScanned) scan(scanUrl, qr).catch(reject)
				isScanned = true
			}
			client.open(onQr).then(resolve, reject)
		})
	},
	send: (work) => clientOf(work.from).send(work),
	async listen(phone) {
		listener = clientOf(phone)
		listener.heard = []
	},
	heard: (count, withinMs) =>
		new Promise((resolve) => {
			const client = listener!
			const finish = () => {
				clearTimeout(timer)
				client.onHeard = () => {}
				resolve(client.heard)
			}
			const timer = setTimeout(finish, withinMs)
			client.onHeard = () => {
				if (client.heard.length >= count) finish()
			}
			client.onHeard()
		}),
	async keep(file) {
		const kept = [...clients].map(([phone, { auth }]) => [phone, String(auth)])
		writeFileSync(file, JSON.stringify(Object.fromEntries(kept)))
	},
}

export type Call = { id: number; command: keyof RawCommands; args: unknown[] }
export type Reply = { id: number; result?: unknown; error?: string | undefined }

process.on('message', ({ id, command, args }: Call) => {
	const run = commands[command] as (...args: unknown[]) => Promise<unknown>
	const reply = (outcome: Omit<Reply, 'id'>) => process.send?.({ id, ...outcome })
	run(...args).then(
		(result) => reply({ result }),
		(error: Error) => reply({ error: error.stack }),
	)
})
// Nothing of it outlives the benchmark.
process.on('disconnect', () => process.exit())
// By its own doing, so that a profile is written.
process.on('SIGTERM', () => process.exit())
// Baileys lets queries run whose failure nobody awaits.
process.on('unhandledRejection', (error: { isBoom?: boolean }) => {
	if (!error.isBoom) throw error
})
