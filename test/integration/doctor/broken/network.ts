import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { openGateway, openSandbox } from '../../../support/gateway/gateway.ts'
import { openProxy } from '../../../support/net/proxy.ts'
import { freePort } from '../../../support/ports.ts'
import { stateWithWebhooks, webServer, type SetUp } from '../support/set-up.ts'
import { set, type Broken } from './broken.ts'

const NO_NAME = 'no-such-host.invalid'
const KEY = 'f'.repeat(8) + '0'.repeat(56)

const clockAt = async (t: TestContext, ms: number): Promise<SetUp> => {
	const place = await webServer(t, (_, response) => {
		response.setHeader('date', new Date(Date.now() + ms).toUTCString()).end()
	})
	return { env: { WHATSAPP_WS_URL: `ws://${place}` } }
}

const tlsPlace = async (t: TestContext) => new URL((await openSandbox(t)).wsUrl).host

const answering = async (t: TestContext, status: number, headers: Record<string, string> = {}) =>
	webServer(t, (_, response) => void response.writeHead(status, headers).end('hello'))

const closedPlace = async () => `127.0.0.1:${await freePort()}`

const hook = async (t: TestContext, url: string, allow?: string): Promise<SetUp> => ({
	env: { DATA_DIR: await stateWithWebhooks(t, [url]), WEBHOOK_ALLOW: allow },
})

/** The clock, and all that is reached over the network. */
export const network: Broken[] = [
	{
		what: 'a clock that is behind',
		make: (t) => clockAt(t, 300_000),
		check: 'clock',
		state: 'wrong',
		says: /^The clock of this machine is (299|300|301) seconds behind that of 127/,
		advises: /timedatectl/,
	},
	{
		what: 'a clock that is ahead',
		make: (t) => clockAt(t, -3_600_000),
		check: 'clock',
		state: 'wrong',
		says: /^The clock of this machine is (3599|3600|3601) seconds ahead of that of 127/,
	},
	{
		what: 'no server to compare the clock with',
		make: async () => ({ env: { WHATSAPP_WS_URL: `ws://${await closedPlace()}` } }),
		check: 'clock',
		state: 'unknown',
		says: /^The clock was not compared: 127\.0\.0\.1:\d+ tells no time\.$/,
	},
	{
		what: 'no public URL where others reach the gateway',
		make: set({ HOST: '0.0.0.0', ADMIN_KEY: KEY }),
		check: 'public_url',
		state: 'warning',
		says: /^PUBLIC_URL is not set: links to files begin with http:\/\/0\.0\.0\.0/,
	},
	{
		what: 'a public URL of something else',
		make: async (t) => ({ env: { PUBLIC_URL: `http://${await answering(t, 200)}` } }),
		check: 'public_url',
		state: 'wrong',
		says: /answers 200, and not as a gateway/,
	},
	{
		what: 'a public URL that redirects to https',
		make: async (t) => {
			const place = await answering(t, 301, { location: 'https://wa.example/' })
			return { env: { PUBLIC_URL: `http://${place}` } }
		},
		check: 'public_url',
		state: 'wrong',
		says: /redirects to https\.$/,
	},
	{
		what: 'a public URL whose certificate is not trusted',
		make: async (t) => ({ env: { PUBLIC_URL: `https://${await tlsPlace(t)}` } }),
		check: 'public_url',
		state: 'wrong',
		says: /^PUBLIC_URL: 127\.0\.0\.1:\d+ has a TLS certificate that is not trusted/,
	},
	{
		what: 'a public URL whose name has no address',
		make: set({ PUBLIC_URL: `https://${NO_NAME}` }),
		check: 'public_url',
		state: 'wrong',
		says: /^PUBLIC_URL: no-such-host\.invalid has no address/,
	},
	{
		what: 'a public URL behind which no gateway runs yet',
		make: async (t) => ({
			env: { PUBLIC_URL: `http://${await answering(t, 502)}`, PORT: String(await freePort()) },
		}),
		check: 'public_url',
		state: 'unknown',
		says: /answers 502, as no gateway runs behind it/,
	},
	{
		what: 'WhatsApp without an address',
		make: set({ WHATSAPP_WS_URL: `wss://${NO_NAME}/ws` }),
		check: 'whatsapp',
		state: 'wrong',
		says: /^No connection to WhatsApp: no-such-host\.invalid has no address/,
		advises: /DNS/,
	},
	{
		what: 'WhatsApp behind a firewall that refuses',
		make: async () => ({ env: { WHATSAPP_WS_URL: `wss://${await closedPlace()}/ws` } }),
		check: 'whatsapp',
		state: 'wrong',
		says: /^No connection to WhatsApp: 127\.0\.0\.1 does not accept connections\.$/,
		advises: /firewall/,
	},
	{
		what: 'WhatsApp behind something that opens TLS',
		make: async (t) => ({ env: { WHATSAPP_WS_URL: `wss://${await tlsPlace(t)}/ws` } }),
		check: 'whatsapp',
		state: 'wrong',
		says: /^No connection to WhatsApp: 127\.0\.0\.1 has a TLS certificate that is not trusted/,
		advises: /virus scanner/,
	},
	{
		what: 'a login page in the place of WhatsApp',
		make: async (t) => ({ env: { WHATSAPP_WS_URL: `ws://${await answering(t, 200)}/ws` } }),
		check: 'whatsapp',
		state: 'wrong',
		says: /answers 200 instead of a WebSocket\.$/,
		advises: /login page/,
	},
	{
		what: 'a proxy of a session that makes no connection',
		make: async (t) => {
			const sandbox = await openSandbox(t)
			const proxy = await openProxy(t, 'http')
			const gateway = await openGateway(t, { sandbox })
			await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
			const body = { url: proxy.url }
			const set = await gateway.request('PUT', '/api/v1/sessions/main/proxy', body)
			assert.equal(set.status, 200, set.text)
			await gateway.stop()
			proxy.works = false
			return { env: { DATA_DIR: gateway.dataDir, WHATSAPP_WS_URL: sandbox.wsUrl } }
		},
		check: 'whatsapp',
		state: 'wrong',
		says: /^No connection to WhatsApp: The proxy 127\.0\.0\.1:\d+ answers 503\.$/,
	},
	{
		what: 'a simulated WhatsApp that does not run',
		make: async () => ({ env: { SANDBOX: `http://${await closedPlace()}` } }),
		check: 'whatsapp',
		state: 'wrong',
		says: /^No sandbox answers at http/,
	},
	{
		what: 'a webhook that may not be called',
		make: async (t) => hook(t, `http://${await closedPlace()}/hook`),
		check: 'webhooks',
		state: 'wrong',
		says: /^http:\/\/127\.0\.0\.1:\d+ \(the webhook of session main\) may not be called\.$/,
		advises: /WEBHOOK_ALLOW=127\.0\.0\.1:\d+/,
	},
	{
		what: 'a webhook whose program does not run',
		make: async (t) => hook(t, `http://${await closedPlace()}/hook`, '127.0.0.1'),
		check: 'webhooks',
		state: 'wrong',
		says: /\(the webhook of session main\) does not accept connections\.$/,
		advises: /In a container, this address is the container itself/,
	},
	{
		what: 'a webhook whose certificate is not trusted',
		make: async (t) => hook(t, `https://${await tlsPlace(t)}/hook`, '127.0.0.1'),
		check: 'webhooks',
		state: 'wrong',
		says: /^https:.+ has a TLS certificate that is not trusted \(\w+\)\.$/,
		advises: /NODE_EXTRA_CA_CERTS/,
	},
	{
		what: 'a webhook that speaks no TLS',
		make: async (t) => hook(t, `https://${await answering(t, 200)}/hook`, '127.0.0.1'),
		check: 'webhooks',
		state: 'wrong',
		says: /does not speak TLS as it should/,
	},
	{
		what: 'a webhook whose name has no address',
		make: (t) => hook(t, `https://${NO_NAME}/hook`),
		check: 'webhooks',
		state: 'wrong',
		says: /^https:\/\/no-such-host\.invalid .+ has no address/,
	},
	{
		what: 'a webhook at a test URL of n8n',
		make: async (t) =>
			hook(t, `http://${await answering(t, 404)}/webhook-test/secret`, '127.0.0.1'),
		check: 'webhooks',
		state: 'warning',
		says: /is a test URL of n8n/,
		advises: /\/webhook\//,
	},
]
