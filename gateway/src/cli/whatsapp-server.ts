import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConfigError } from '../config/read-config.ts'
import type { Config } from '../config/settings.ts'
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox.ts'
import type { WhatsAppServer } from '../session/connection/network.ts'

/** Starts the simulated WhatsApp that runs beside the gateway. @param sessions what it may know of those */
export async function builtInSandbox(
	{ DATA_DIR, FFMPEG_PATH }: Config,
	sessions: Pick<SandboxOptions, 'qrOf' | 'sessionsOf'>,
) {
	const { startSandbox } = await import('../sandbox/index.ts')
	return startSandbox({ dataDir: `${DATA_DIR}/sandbox`, ffmpeg: FFMPEG_PATH, ...sessions })
}

/** Where a simulated WhatsApp listens, and whom to trust there. */
export function serverOf({ wsUrl, noiseRoot, mediaCa }: Sandbox): WhatsAppServer {
	return { wsUrl, noiseRoot, mediaCa }
}

/** Where WhatsApp is, by the configuration. @throws ConfigError */
export async function whatsAppServer(config: Config): Promise<WhatsAppServer> {
	if (typeof config.SANDBOX === 'string') return sandboxAt(config.SANDBOX)
	const { WHATSAPP_WS_URL: wsUrl, WHATSAPP_NOISE_ROOT: noiseRoot, WHATSAPP_MEDIA_CA: file } = config
	return { wsUrl, noiseRoot, mediaCa: file && (await readAuthority(file)) }
}

// TLS itself would ignore a file without a certificate, and refuse every media host later.
async function readAuthority(file: string): Promise<string> {
	const pem = await readFile(file, 'utf8').catch(refuse(`Cannot read WHATSAPP_MEDIA_CA=${file}`))
	try {
		return new X509Certificate(pem).toString()
	} catch (cause) {
		throw new ConfigError(`WHATSAPP_MEDIA_CA=${file} holds no certificate in PEM`, { cause })
	}
}

async function sandboxAt(url: string): Promise<WhatsAppServer> {
	const asked = new URL('/sandbox', url)
	const response = await fetch(asked).catch(
		refuse(`No sandbox answers at ${asked}. Start it: npm run sandbox`),
	)
	if (!response.ok) throw new ConfigError(`${asked} answered ${response.status}: is it a sandbox?`)
	const { ws_url, noise_root, media_ca } = (await response.json()) as Record<string, string | null>
	return {
		wsUrl: ws_url ?? undefined,
		noiseRoot: noise_root ?? undefined,
		mediaCa: media_ca ?? undefined,
	}
}

function refuse(what: string) {
	return (cause: Error): never => {
		throw new ConfigError(what, { cause })
	}
}
