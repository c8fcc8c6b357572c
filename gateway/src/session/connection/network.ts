import { Agent as HttpsAgent } from 'node:https'
import { createSecureContext, rootCertificates } from 'node:tls'
import { WA_CERT_DETAILS, type SocketConfig } from '@whiskeysockets/baileys'
import { Agent } from 'undici'

/** Where WhatsApp is. Everything left out is WhatsApp's own. */
export type WhatsAppServer = {
	wsUrl?: string | undefined
	/** 64 hex characters. */
	noiseRoot?: string | undefined
	/** PEM text. */
	mediaCa?: string | undefined
}

export type Network = Partial<Pick<SocketConfig, 'waWebSocketUrl' | 'options' | 'fetchAgent'>>

/**
 * What Baileys must be told to talk to another server than WhatsApp's own. Its trust root is process-wide:
 * all sessions of a process talk to the same one.
 */
export function networkOf({ wsUrl, noiseRoot, mediaCa }: WhatsAppServer): Network {
	if (noiseRoot) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(noiseRoot, 'hex')
	return { ...(wsUrl && { waWebSocketUrl: wsUrl }), ...(mediaCa && trusting(mediaCa)) }
}

// Uploads go through node:https, downloads through fetch: each has its own way to be told.
function trusting(mediaCa: string): Network {
	// Once: reading so many certificates takes 4 ms, and given as `ca` they are read for each connection.
	const secureContext = createSecureContext({ ca: [...rootCertificates, mediaCa] })
	// fetch takes undici's dispatchers, only the types of its built-in copy do not know this one.
	const dispatcher = new Agent({ connect: { secureContext } })
	const fetchAgent = new HttpsAgent({ secureContext, keepAlive: true })
	return { fetchAgent, options: { dispatcher } as unknown as RequestInit }
}
