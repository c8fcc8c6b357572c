import { z } from 'zod'
import { isNetwork, wrongWithEntry } from '../lib/net/ip-ranges.ts'

/** The value is never shown. */
const secret = { secret: true }

const flag = z.stringbool().or(z.url('must be 1, 0 or a URL'))

const allowList = z
	.string()
	.default('')
	.transform(commaList)
	.superRefine((entries, { addIssue }) => {
		for (const entry of entries) {
			const message = wrongWithEntry(entry)
			if (message) addIssue({ code: 'custom', message })
		}
	})

/** Every setting, with its description. Names are those of the environment. */
export const settings = z.object({
	PORT: z.coerce
		.number()
		.int()
		.min(0)
		.max(65535)
		.default(3000)
		.describe('Port to listen on; 0 takes a free one'),
	HOST: z
		.string()
		.min(1)
		.default('127.0.0.1')
		.describe(
			'Address to listen on; on any other than loopback an ADMIN_KEY must have 24 or more characters',
		),
	DATA_DIR: z
		.string()
		.min(1)
		.default('./data')
		.describe('Directory for all state; one gateway per directory'),
	STATE_URL: z
		.string()
		.refine(isDatabaseUrl, 'must be like postgresql://user:password@host/database')
		.optional()
		.describe(
			'PostgreSQL database for all state, like postgresql://user:password@host/database; DATA_DIR then has temporary and downloaded files only',
		)
		.meta(secret),
	STATE_KEY: z
		.string()
		.min(1)
		.optional()
		.describe(
			'Encrypts all state: 32 bytes as hex or base64 (openssl rand -hex 32), or a passphrase of 16 or more characters',
		)
		.meta(secret),
	STATE_KEY_FILE: z
		.string()
		.min(1)
		.optional()
		.describe('File that holds the STATE_KEY, for mounted secrets'),
	OLD_STATE_KEY: z
		.string()
		.min(1)
		.optional()
		.describe(
			'For the command rekey: the previous STATE_KEY; leave it out if the state is not encrypted',
		)
		.meta(secret),
	CLUSTER_KEY: z
		.string()
		.min(24)
		.optional()
		.describe(
			'Lets several gateways share the database of STATE_URL: the same 24 or more random characters for all of them (openssl rand -hex 32)',
		)
		.meta(secret),
	CLUSTER_KEY_FILE: z
		.string()
		.min(1)
		.optional()
		.describe('File that holds the CLUSTER_KEY, for mounted secrets'),
	NODE_NAME: z
		.string()
		.regex(/^[\w.-]{1,100}$/, 'must be 1 to 100 letters, digits, dots and dashes')
		.optional()
		.describe(
			'With CLUSTER_KEY: what the other gateways call this one, with something random added at each start; the host name if not set',
		),
	NODE_ADDRESS: z
		.url({ protocol: /^http$/, error: 'must be a URL like http://10.0.0.7:3001' })
		.optional()
		.describe(
			'With CLUSTER_KEY: URL at which the other gateways reach this one, like http://10.0.0.7:3001; the port is one of its own',
		),
	ADMIN_KEY: z
		.string()
		.min(1)
		.max(1024)
		.optional()
		.describe('API key with full access; if not set, the first start makes one and prints it once')
		.meta(secret),
	ADMIN_KEY_FILE: z
		.string()
		.min(1)
		.optional()
		.describe(
			'File that holds the ADMIN_KEY, for mounted secrets; if there is none, the start makes a key and writes it there',
		),
	SANDBOX: flag
		.default(false)
		.describe(
			'Uses a simulated WhatsApp: 1 runs the built-in one, a URL connects to one in another process',
		),
	WHATSAPP_WS_URL: z
		.url({ protocol: /^wss?$/ })
		.optional()
		.describe("WebSocket URL that sessions connect to; WhatsApp's own server if not set"),
	WHATSAPP_NOISE_ROOT: z
		.string()
		.regex(/^[0-9a-f]{64}$/i, 'must be 64 hex characters')
		.optional()
		.describe('Trust root of that server, 64 hex characters; for simulators'),
	WHATSAPP_MEDIA_CA: z
		.string()
		.min(1)
		.optional()
		.describe('PEM file with a certificate authority to trust for media hosts; for simulators'),
	WHATSAPP_VERSION: z
		.string()
		.refine(isVersion, 'must be like 2.3000.1035194821')
		.optional()
		.describe(
			'Version of WhatsApp Web as which sessions connect, like 2.3000.1035194821; the newest one if not set',
		),
	WEBHOOK_ALLOW: allowList.describe(
		'Private hosts, host:port or CIDRs that webhooks may call, separated by commas',
	),
	EVENT_BUDGET: z.coerce
		.number()
		.int()
		.positive()
		.default(200_000)
		.describe(
			'How many events of a session may wait for webhooks; above it the session pauses until half are delivered',
		),
	MEDIA_DIR: z
		.string()
		.min(1)
		.optional()
		.describe(
			'The only directory from which a message may take a file by path; if not set, no path is accepted',
		),
	FETCH_ALLOW: allowList.describe(
		'Private hosts, host:port or CIDRs from which media may be fetched, separated by commas',
	),
	FFMPEG_PATH: z
		.string()
		.min(1)
		.default('ffmpeg')
		.describe('Path of the ffmpeg that converts audio and video; ffprobe must be beside it'),
	MAX_MEDIA_BYTES: z.coerce
		.number()
		.int()
		.positive()
		.default(100 * 1024 * 1024)
		.describe('Largest file that is sent or fetched, in bytes'),
	MEDIA_FETCH: z
		.enum(['off', 'on'])
		.default('off')
		.describe('Downloads the files of messages as soon as they arrive, and not only on request'),
	MEDIA_FETCH_MAX_BYTES: z.coerce
		.number()
		.int()
		.positive()
		.default(20 * 1024 * 1024)
		.describe('Largest file that MEDIA_FETCH downloads, in bytes'),
	MEDIA_KEEP_DAYS: z.coerce
		.number()
		.positive()
		.default(7)
		.describe(
			'Days for which these files are kept and links to files are valid; at most MESSAGE_KEEP_DAYS',
		),
	// WhatsApp's clients ask within days for what they could not decrypt.
	MESSAGE_KEEP_DAYS: z.coerce
		.number()
		.int()
		.min(8)
		.max(3_650)
		.default(8)
		.describe(
			'Days for which messages are kept, 8 to 3650; polls and events are kept for at least 92',
		),
	PUBLIC_URL: z
		.url({ protocol: /^https?$/, error: 'must be a URL like https://wa.example.com' })
		.optional()
		.describe(
			'URL at which others reach the gateway, for links to files; http://HOST:PORT if not set',
		),
	SEND_TIMEOUT: z.coerce
		.number()
		.positive()
		.default(75)
		.describe(
			'Seconds that a send may take, fetching its file included; then it answers 202 if it has left, 504 if not',
		),
	DIALECTS: z
		.string()
		.default('all')
		.transform(commaList)
		.describe('APIs of other systems to serve, separated by commas; all or none'),
	RATE_LIMIT: z.coerce
		.number()
		.int()
		.min(0)
		.default(0)
		.describe(
			'Sends per minute for each API key, 0 for no limit; a dialect whose documents name a limit keeps its own',
		),
	GOVERNOR: z
		.enum(['off', 'mild', 'strict'])
		.default('mild')
		.describe(
			'How careful numbers are with people who have never written to them; sessions may have their own in their settings',
		),
	TRUSTED_PROXIES: z
		.string()
		.default('')
		.transform(commaList)
		.refine((entries) => entries.every(isNetwork), 'must be IP addresses or CIDRs')
		.describe(
			'Addresses or CIDRs of your proxies, separated by commas: only they may name the client by X-Forwarded-For',
		),
	CONSOLE: z.enum(['on', 'off']).default('on').describe('Serves the web pages at /console'),
	CONSOLE_HOSTS: z
		.string()
		.default('')
		.transform(commaList)
		.describe(
			'Host names by which browsers reach these pages, separated by commas; localhost, IP addresses and the host of PUBLIC_URL are known',
		),
	PAIRING_LINKS: z
		.enum(['on', 'off'])
		.default('on')
		.describe('Allows links at /link by which a client links a phone without a key'),
	PASSKEYS: z
		.enum(['on', 'off'])
		.default('on')
		.describe(
			'Links numbers for which WhatsApp asks for a passkey; off ends such an attempt at once',
		),
	DIRECT_SEND: z
		.enum(['on', 'off'])
		.default('on')
		.describe(
			'Sends texts to one person by a shorter way of our own; off leaves every message to Baileys, at more processor time',
		),
	DIRECT_RECEIVE: z
		.enum(['on', 'off'])
		.default('on')
		.describe(
			'Receives messages of single persons and receipts by a shorter way of our own; off leaves them all to Baileys, at more processor time',
		),
	METRICS_WITHOUT_KEY: z
		.enum(['off', 'on'])
		.default('off')
		.describe(
			'Lets everybody who reaches the gateway read /metrics; otherwise it needs an admin key',
		),
	LOG_LEVEL: z
		.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
		.default('info')
		.describe('Lowest level that is logged'),
	LOG_FORMAT: z
		.enum(['auto', 'text', 'json'])
		.default('auto')
		.describe('How log lines look: text for people, json for programs; auto is text on a terminal'),
})

export type Config = z.output<typeof settings>

/** Whether the value of a setting must not be shown. */
export function isSecret(name: string): boolean {
	return settings.shape[name as keyof Config]?.meta()?.secret === true
}

/** Every setting with its default as text; that is empty where there is none. */
export function settingsList(): { name: string; description: string; standard: string }[] {
	return Object.entries(settings.shape).map(([name, schema]) => ({
		name,
		description: schema.description ?? '',
		standard: String(schema.safeParse(undefined).data ?? ''),
	}))
}

function commaList(text: string) {
	return text
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean)
}

/** Whether a text is the URL of a PostgreSQL database. */
export function isDatabaseUrl(text: string): boolean {
	return /^postgres(ql)?:\/\//.test(text)
}

/** Three numbers of 32 bits each, as WhatsApp's protocol has them. */
function isVersion(text: string): boolean {
	const isNumber = (part: string) => /^[1-9]\d{0,9}$/.test(part) && Number(part) <= 0xffff_ffff
	const parts = text.split('.')
	return parts.length === 3 && parts.every(isNumber)
}
