import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'undici'
import { startNode } from '../support/child.ts'
import { CACHE, ROOT } from '../support/paths.ts'
import { freePort } from '../support/ports.ts'
import { startGateway } from './contenders/gateway.ts'
import type { Contender, NodeOptions } from './contenders/contender.ts'
import { startRaw } from './contenders/raw.ts'
import type { Server } from './raw/client.ts'

const STARTING_UP = 30_000
/** Every account gets a number that nobody else has. */
const FIRST_NUMBER = 491_510_000_000

export type World = {
	server: Server
	/** Where the sandbox's control API is. */
	url: string
	/** Process id of the sandbox. */
	pid: number
	scanUrl(phone: string): string
	/** Makes people with phones; those who do not listen take messages unopened. @returns their numbers */
	people(count: number, options?: { listens?: boolean }): Promise<string[]>
	group(owner: string, members: string[]): Promise<string>
	says(phone: string, to: string, text: string): Promise<void>
	/** How many linked devices are connected and have asked for their messages. */
	active(phones: string[]): Promise<number>
	/** How many messages have arrived on a phone that listens. @throws if it could not read one, or its file */
	received(phone: string): Promise<number>
	/** Both contenders, fresh, in the order in which they are measured. */
	contenders(turn: Turn): Promise<Contender[]>
	/** Stops contenders before the world does. */
	dismiss(contenders: Contender[]): Promise<void>
	stop(): Promise<void>
}

/** Which build of the gateway is measured, and in which order. */
export type Turn = {
	/** The gateway's main file. */
	gateway: string
	/** Whether raw Baileys comes after it. */
	rawLast: boolean
}

export type WorldOptions = {
	/** Where each contender leaves a processor profile; none if left out. */
	profile?: string | undefined
}

/** Starts a simulated WhatsApp in a process of its own. Its files are on the disk that the project is on. */
export async function startWorld({ profile }: WorldOptions): Promise<World> {
	mkdirSync(CACHE, { recursive: true })
	const home = mkdtempSync(join(CACHE, 'bench-'))
	const port = await freePort()
	const url = `http://127.0.0.1:${port}/sandbox`
	const main = join(ROOT, 'gateway/src/sandbox/main.ts')
	const sandbox = startNode('The sandbox', [main, '--port', String(port)], {
		cwd: ROOT,
		env: process.env,
		log: join(home, 'sandbox.log'),
	})
	const running: { stop(): Promise<void> }[] = [sandbox]
	await sandbox.answers(url, STARTING_UP)
	const { ask, close } = controlOf(`http://127.0.0.1:${port}`)
	const told = await ask<Record<string, string>>('GET', '')
	let people = 0
	let started = 0

	async function nodeOptions(name: string): Promise<NodeOptions> {
		const inspectPort = await freePort()
		const file = `${started}-${name}.cpuprofile`
		const profiling = ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${file}`]
		const flags = [`--inspect-port=127.0.0.1:${inspectPort}`, ...(profile ? profiling : [])]
		return { flags, inspectPort }
	}

	const world: World = {
		server: { wsUrl: told.ws_url!, noiseRoot: told.noise_root!, mediaCa: told.media_ca! },
		url,
		pid: sandbox.pid,
		scanUrl: (phone) => `${url}/phones/${phone}/scan`,
		async people(count, { listens = true } = {}) {
			const numbers = Array.from({ length: count }, () => String(FIRST_NUMBER + people++))
			for (const phone of numbers) await ask('POST', '/phones', { phone, listens })
			return numbers
		},
		async group(owner, participants) {
			const body = { subject: 'Bench', owner, participants }
			return (await ask<{ id: string }>('POST', '/groups', body)).id
		},
		async says(phone, to, text) {
			await ask('POST', `/phones/${phone}/messages`, { to, text })
		},
		async active(phones) {
			type Entry = { phone: string; active_devices: number }
			const all = (await ask<{ phones: Entry[] }>('GET', '/phones')).phones
			const asked = all.filter(({ phone }) => phones.includes(phone))
			return asked.reduce((sum, { active_devices }) => sum + active_devices, 0)
		},
		async received(phone) {
			type Entry = { seq: number; error?: string; mediaError?: string }
			const { messages } = await ask<{ messages: Entry[] }>('GET', `/phones/${phone}/messages`)
			const bad = messages.map(({ error, mediaError }) => error ?? mediaError).find(Boolean)
			if (bad) throw new Error(`the phone ${phone} could not read a message: ${bad}`)
			return messages.length
		},
		async contenders({ gateway, rawLast }) {
			const place = join(home, String(++started))
			mkdirSync(place)
			const raw = await startRaw(world, place, await nodeOptions('raw'))
			running.push(raw)
			const options = await nodeOptions('gateway')
			const other = await startGateway(world, { home: place, main: gateway, ...options })
			running.push(other)
			return rawLast ? [other, raw] : [raw, other]
		},
		async dismiss(contenders) {
			for (const contender of contenders) {
				running.splice(running.indexOf(contender), 1)
				await contender.stop()
			}
		},
		async stop() {
			await close()
			for (const { stop } of running.splice(0).reverse()) await stop()
			rmSync(home, { recursive: true, force: true })
		},
	}
	return world
}

function controlOf(origin: string) {
	const pool = new Pool(origin, { connections: 16, headersTimeout: 60_000 })
	async function ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
		const { statusCode, body: answer } = await pool.request({
			method,
			path: `/sandbox${path}`,
			headers: { 'content-type': 'application/json' },
			body: body ? JSON.stringify(body) : null,
		})
		const text = await answer.text()
		if (statusCode >= 300) throw new Error(`${method} ${path} answered ${statusCode}: ${text}`)
		return JSON.parse(text) as T
	}
	return { ask, close: () => pool.close() }
}
