import type { Engine } from './engine.ts'

export interface Found {
	user: number
	answered: boolean
	voiceNote: number
	writing: string
	zombies: string[]
}

/** Tries a gateway from within its container, which has no network: with the Node that is there. */
export async function inside(engine: Engine, container: string, key: string): Promise<Found> {
	const script = `(${look.toString()})(${JSON.stringify(key)}).then((found) => console.log(JSON.stringify(found)))`
	return JSON.parse(await engine.podman('exec', container, 'node', '-e', script)) as Found
}

/** Runs in the container: it may use nothing of this file. */
async function look(key: string): Promise<Found> {
	const { spawnSync } = await import('node:child_process')
	const { readdirSync, readFileSync, writeFileSync } = await import('node:fs')
	const headers = { 'x-api-key': key, 'content-type': 'application/json' }
	const call = async (method: string, path: string, body?: object): Promise<any> => {
		const url = `http://127.0.0.1:3000${path}`
		const answer = await fetch(url, {
			method,
			headers,
			...(body && { body: JSON.stringify(body) }),
		})
		return { status: answer.status, ...((await answer.json()) as object) }
	}
	const until = async (holds: () => Promise<boolean>) => {
		const end = Date.now() + 60_000
		while (Date.now() < end) {
			if (await holds()) return true
			await new Promise((resolve) => setTimeout(resolve, 100))
		}
		return false
	}

	await call('POST', '/api/v1/sessions', { id: 'main' })
	await call('POST', '/sandbox/scenes/shop', { session: 'main' })
	await until(async () => (await call('GET', '/api/v1/sessions/main')).status === 'open')
	const to = '491700000002'
	await call('POST', '/api/v1/sessions/main/messages/text', { to, text: 'from a container' })
	const answered = await until(async () => {
		const { messages } = await call('GET', `/sandbox/phones/${to}/messages`)
		return messages.some(({ text }: { text: string }) => text === 'from a container')
	})

	// Half a second of silence, as WAV: voice notes are Opus, so that ffmpeg must convert it.
	const samples = Buffer.alloc(8_000)
	const head = Buffer.alloc(44)
	head.write('RIFF')
	head.writeUInt32LE(36 + samples.length, 4)
	head.write('WAVEfmt ', 8)
	head.writeUInt32LE(16, 16)
	head.writeUInt16LE(1, 20)
	head.writeUInt16LE(1, 22)
	head.writeUInt32LE(8_000, 24)
	head.writeUInt32LE(16_000, 28)
	head.writeUInt16LE(2, 32)
	head.writeUInt16LE(16, 34)
	head.write('data', 36)
	head.writeUInt32LE(samples.length, 40)
	const data = Buffer.concat([head, samples]).toString('base64')
	const voice = await fetch('http://127.0.0.1:3000/api/v1/sessions/main/messages/voice', {
		method: 'POST',
		headers,
		body: JSON.stringify({ to, audio: { data, mimetype: 'audio/wav' } }),
	})

	let writing = 'nothing refused it'
	try {
		writeFileSync('/app/x', '')
	} catch (error) {
		writing = String(error)
	}
	// Its child outlives the shell, and is left to the init.
	spawnSync('sh', ['-c', 'sleep 0.2 &'])
	await new Promise((resolve) => setTimeout(resolve, 1_000))
	const zombies = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map((pid) => {
			try {
				return readFileSync(`/proc/${pid}/stat`, 'utf8')
			} catch {
				return ''
			}
		})
		.filter((stat) => /\) Z /.test(stat))
	return { user: process.getuid!(), answered, voiceNote: voice.status, writing, zombies }
}
