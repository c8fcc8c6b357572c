import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { createClient } from '@redis/client'
import { atEnd, temporaryDirectory } from '../directories.ts'
import { freePort } from '../ports.ts'
import { until } from '../wait.ts'

/** A Redis that lives as long as the test. @returns its URL for each of its databases */
export async function openRedis(t: TestContext) {
	const directory = await temporaryDirectory(t)
	const port = await freePort()
	const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: directory }
	const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
	const server = spawn('redis-server', flags, { stdio: 'ignore' })
	const ended = once(server, 'exit')
	atEnd(t, async () => {
		server.kill('SIGTERM')
		await ended
	})
	const urlOf = (database: number) => `redis://127.0.0.1:${port}/${database}`
	await until('Redis answers', () =>
		withRedis(urlOf(0), async (client) => (await client.ping()) === 'PONG').catch(() => false),
	)
	return { url: urlOf }
}

type RedisClient = ReturnType<typeof clientOf>

const clientOf = (url: string) => createClient({ url, socket: { reconnectStrategy: false } })

/** Asks a Redis, and leaves it again. */
export async function withRedis<T>(
	url: string,
	act: (client: RedisClient) => Promise<T>,
): Promise<T> {
	const client = clientOf(url)
	client.on('error', () => {})
	await client.connect()
	try {
		return await act(client)
	} finally {
		client.destroy()
	}
}
