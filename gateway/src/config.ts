import { isIP } from 'node:net'
import { parseArgs } from 'node:util'
import { z } from 'zod'

const flag = z.stringbool().or(z.url())

/** Every setting, with its sentence. Names are those of the environment. */
export const settings = z.object({
	PORT: z.coerce
		.number()
		.int()
		.min(0)
		.max(65535)
		.default(3000)
		.describe('Port to serve on; 0 takes a free one'),
	HOST: z
		.string()
		.min(1)
		.default('127.0.0.1')
		.describe(
			'Address to serve on; anything but loopback needs an ADMIN_KEY of 24 or more characters',
		),
	DATA_DIR: z
		.string()
		.min(1)
		.default('./data')
		.describe('Where all state is kept; one gateway per directory'),
	STATE_KEY: z
		.string()
		.min(1)
		.optional()
		.describe(
			'Keeps all state encrypted: 32 bytes as hex or base64 (openssl rand -hex 32), or 16 or more characters',
		),
	STATE_KEY_FILE: z
		.string()
		.min(1)
		.optional()
		.describe('A file that holds the STATE_KEY, for secrets that are mounted'),
	OLD_STATE_KEY: z
		.string()
		.min(1)
		.optional()
		.describe('For the command rekey: the STATE_KEY so far; not set if the state is not encrypted'),
	ADMIN_KEY: z
		.string()
		.min(1)
		.optional()
		.describe(
			'API key with full access; without it one is generated at the first start and printed once',
		),
	SANDBOX: flag
		.default(false)
		.describe(
			'Link to a simulated WhatsApp: 1 runs the built-in one, a URL uses one that runs elsewhere',
		),
	WHATSAPP_WS_URL: z
		.url({ protocol: /^wss?$/ })
		.optional()
		.describe("Where sessions connect; WhatsApp's own server if not set"),
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
	WEBHOOK_ALLOW: z
		.string()
		.default('')
		.transform(commaList)
		.describe(
			'Hosts, host:port or CIDRs that webhooks may name although they are private; comma list',
		),
	EVENT_BUDGET: z.coerce
		.number()
		.int()
		.positive()
		.default(200_000)
		.describe(
			'Events of a session that may wait for webhooks; when there are more it takes nothing from WhatsApp until half are delivered',
		),
	MEDIA_DIR: z
		.string()
		.min(1)
		.optional()
		.describe('The only directory from which a message may name a file; without it none may'),
	FETCH_ALLOW: z
		.string()
		.default('')
		.transform(commaList)
		.describe(
			'Hosts, host:port or CIDRs that media may be fetched from although they are private; comma list',
		),
	FFMPEG_PATH: z
		.string()
		.min(1)
		.default('ffmpeg')
		.describe('The ffmpeg that converts audio and video; ffprobe is taken from beside it'),
	MAX_MEDIA_BYTES: z.coerce
		.number()
		.int()
		.positive()
		.default(100 * 1024 * 1024)
		.describe('Size of the largest file that is sent or fetched'),
	MEDIA_FETCH: z
		.enum(['off', 'on'])
		.default('off')
		.describe('Gets the files of messages as soon as they come in, and not only when asked for'),
	MEDIA_FETCH_MAX_BYTES: z.coerce
		.number()
		.int()
		.positive()
		.default(20 * 1024 * 1024)
		.describe('Size of the largest file that MEDIA_FETCH gets'),
	MEDIA_KEEP_DAYS: z.coerce
		.number()
		.positive()
		.max(8, 'must be 8 or less, as messages are kept for 8 days')
		.default(7)
		.describe(
			'Days for which such files are kept, and for which links to files are good; 8 or less',
		),
	PUBLIC_URL: z
		.url({ protocol: /^https?$/ })
		.optional()
		.describe('Where others reach the gateway, for links to files; http://HOST:PORT if not set'),
	SEND_TIMEOUT: z.coerce
		.number()
		.positive()
		.default(75)
		.describe("Seconds to wait for WhatsApp's acknowledgement before a send answers 202 pending"),
	DIALECTS: z
		.string()
		.default('all')
		.transform(commaList)
		.describe(
			'APIs of other systems that are served too, for clients that move over; comma list, or none',
		),
	RATE_LIMIT: z.coerce
		.number()
		.int()
		.min(0)
		.default(0)
		.describe(
			'Sends per minute that each API key may make, 0 for any number; a system whose documents name a limit keeps its own',
		),
	LOG_LEVEL: z
		.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
		.default('info')
		.describe('How much is logged'),
})

export type Config = z.output<typeof settings>

/** A setting that cannot be used; the message says which, and what to do. */
export class ConfigError extends Error {
	override name = 'ConfigError'
}

/**
 * Reads the settings from the environment and from flags (`--port 3001`, `--data-dir DIR`, `--sandbox`,
 * `--sandbox=URL`); a flag wins.
 * @throws ConfigError when one of them cannot be used
 */
export function readConfig(env: NodeJS.ProcessEnv, argv: string[] = []): Config {
	const given = { ...withoutEmpty(env), ...readFlags(argv) }
	const parsed = settings.safeParse(given)
	if (!parsed.success) throw new ConfigError(z.prettifyError(parsed.error))
	refuseOpenDoor(parsed.data)
	return parsed.data
}

/** The text of `--help`: every setting, its default, its sentence. */
export function helpText(): string {
	const lines = Object.entries(settings.shape).map(([name, schema]) => {
		const standard = schema.safeParse(undefined).data
		const shown = standard && String(standard) ? ` [${standard}]` : ''
		return `  ${name.padEnd(20)}${schema.description}${shown}`
	})
	return [
		'whatsapp-gateway [--sandbox[=URL]] [--port N] [--help]',
		'whatsapp-gateway import DIR [SESSION]     goes on with a device that useMultiFileAuthState has kept in DIR',
		'whatsapp-gateway rekey                    encrypts all state with STATE_KEY, or decrypts it if there is none',
		'',
		'Settings come from the environment, from a file .env, or as flags (DATA_DIR is --data-dir):',
		'',
		...lines,
	].join('\n')
}

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
	if (host === 'localhost' || host === '::1') return true
	return isIP(host) === 4 && host.startsWith('127.')
}

function readFlags(argv: string[]): Record<string, string> {
	const names = Object.keys(settings.shape).map((name) => name.toLowerCase().replaceAll('_', '-'))
	const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
	// node:util knows no flag with an optional value.
	const args = argv.map((word) => (word === '--sandbox' ? '--sandbox=1' : word))
	try {
		const { values } = parseArgs({ args, options, allowPositionals: false })
		return Object.fromEntries(
			Object.entries(values).map(([name, value]) => [toSetting(name), String(value)]),
		)
	} catch (cause) {
		throw new ConfigError(`${(cause as Error).message.split('. ')[0]}. See --help.`, { cause })
	}
}

function toSetting(name: string) {
	return name.toUpperCase().replaceAll('-', '_')
}

// `PORT=` in a .env file means "not set".
function withoutEmpty(env: NodeJS.ProcessEnv) {
	return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
}

function commaList(text: string) {
	return text
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean)
}

function refuseOpenDoor({ HOST, ADMIN_KEY }: Config) {
	if (isLoopback(HOST) || (ADMIN_KEY?.length ?? 0) >= 24) return
	throw new ConfigError(
		`HOST=${HOST} can be reached from other machines: set ADMIN_KEY to 24 or more random characters ` +
			'(for example `openssl rand -hex 24`), or leave HOST at 127.0.0.1.',
	)
}
