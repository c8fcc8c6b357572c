import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { ageOf } from '../measure/texts.ts'

/** A webhook's other end: notes how old each dated text was when it came. */
export async function openReceiver() {
	let ages: number[] = []
	let onAge = () => {}
	const server = createServer((incoming, outgoing) => {
		void text(incoming).then((raw) => {
			outgoing.writeHead(204).end()
			const { data } = JSON.parse(raw) as { data: { text?: string } }
			const age = ageOf(data.text)
			if (age !== undefined) ages.push(age)
			onAge()
		})
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo

	return {
		url: `http://127.0.0.1:${port}/hook`,
		forget() {
			ages = []
		},
		/** Waits for so many dated texts, or until the time is up. */
		heard: (count: number, withinMs: number) =>
			new Promise<number[]>((resolve) => {
				const finish = () => {
					clearTimeout(timer)
					onAge = () => {}
					resolve(ages)
				}
				const timer = setTimeout(finish, withinMs)
				onAge = () => {
					if (ages.length >= count) finish()
				}
				onAge()
			}),
		stop() {
			server.closeAllConnections()
			server.close()
		},
	}
}
