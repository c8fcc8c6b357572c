import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { newSecret, signatureHeaders } from '../../../gateway/src/delivery/signature.ts'
import { packNodes } from '../../support/pack.ts'

const { directory } = await packNodes()
const { distrust } = createRequire(import.meta.url)(
	join(directory, 'dist/nodes/shared/signature.js'),
) as typeof import('../../../dist/nodes/shared/signature.js')

type Delivery = { headers: Record<string, string>; body: string }

const secret = newSecret()
const verifier = new Webhook(secret)

function isTakenByTheLibrary({ headers, body }: Delivery): boolean {
	try {
		verifier.verify(body, headers)
		return true
	} catch {
		return false
	}
}

const isTakenByTheNode = ({ headers, body }: Delivery) =>
	distrust(secret, headers, Buffer.from(body)) === undefined

/** A delivery as the gateway makes it; `age` in seconds. */
function honest(number: number, age = 0, secrets: string | string[] = secret): Delivery {
	const id = `evt_${number}`
	const text = randomBytes(randomInt(1, 60)).toString('latin1')
	const body = JSON.stringify({ id, type: 'message.received', data: { text, number } })
	return { body, headers: signatureHeaders(secrets, id, body, new Date(Date.now() - age * 1000)) }
}

const changed = (text: string) => {
	const place = randomInt(text.length)
	const other = String.fromCharCode(((text.charCodeAt(place) - 31 + randomInt(1, 94)) % 95) + 32)
	return text.slice(0, place) + other + text.slice(place + 1)
}

/** Everything that is not what the gateway sent. */
const forgeries: ((number: number) => Delivery)[] = [
	(n) => {
		const delivery = honest(n)
		return { ...delivery, body: changed(delivery.body) }
	},
	(n) => {
		const delivery = honest(n)
		return { ...delivery, body: `${delivery.body} ` }
	},
	...['webhook-id', 'webhook-timestamp'].map((name) => (n: number) => {
		const { headers, body } = honest(n)
		return { body, headers: { ...headers, [name]: changed(headers[name]!) } }
	}),
	(n) => {
		const { headers, body } = honest(n)
		const mac = Buffer.from(headers['webhook-signature']!.slice(3), 'base64')
		mac[randomInt(mac.length)]! ^= 1 << randomInt(8)
		return { body, headers: { ...headers, 'webhook-signature': `v1,${mac.toString('base64')}` } }
	},
	(n) => {
		const { headers, body } = honest(n)
		const cut = headers['webhook-signature']!.slice(0, randomInt(3, 46))
		return { body, headers: { ...headers, 'webhook-signature': cut } }
	},
	(n) => ({ ...honest(n), headers: honest(n + 1).headers }),
	(n) => honest(n, 301 + randomInt(1_000_000)),
	(n) => honest(n, -302 - randomInt(1_000_000)),
	(n) => honest(n, 0, newSecret()),
]

test('10,000 deliveries that are forged or stale are refused, by the library of the standard and by the node', () => {
	for (let n = 0; n < 10_000; n++) {
		const forged = forgeries[n % forgeries.length]!(n)
		assert.ok(!isTakenByTheLibrary(forged), `the library took ${JSON.stringify(forged)}`)
		assert.ok(!isTakenByTheNode(forged), `the node took ${JSON.stringify(forged)}`)
	}
})

test('signatures over bodies of any length and script are accepted by both nodes', () => {
	for (const size of [1, 2, 100, 4_096, 65_536, 262_144])
		for (const sign of ['a', 'é', '你', '👍🏽', '\u2028', '\u0000']) {
			const body = sign.repeat(Math.max(1, Math.floor(size / Buffer.byteLength(sign))))
			const headers = signatureHeaders(secret, 'evt_1', body, new Date())
			assert.ok(isTakenByTheNode({ headers, body }), `${size} bytes of ${sign}`)
			const json = JSON.stringify(body)
			const signed = { body: json, headers: signatureHeaders(secret, 'evt_1', json, new Date()) }
			assert.ok(isTakenByTheLibrary(signed) && isTakenByTheNode(signed), `${size} bytes of ${sign}`)
		}
})

test("the gateway's signatures are accepted by both nodes, with one secret or two", () => {
	for (let n = 0; n < 1_000; n++)
		for (const secrets of [secret, [secret, newSecret()], [newSecret(), secret]]) {
			const delivery = honest(n, randomInt(-290, 290), secrets)
			assert.ok(isTakenByTheLibrary(delivery))
			assert.ok(isTakenByTheNode(delivery))
		}
})
