/** A gateway's page opens `https://web.whatsapp.com/#whatsapp-gateway-passkey=DOOR`. */
export const FRAGMENT = 'whatsapp-gateway-passkey='

/** `https://gateway.example/passkey/TOKEN`: where the request is asked for and answered. */
const DOOR = /^https?:\/\/[^/?#]+\/passkey\/[\w-]{43}$/

export const isDoor = (address: string): boolean => DOOR.test(address)

/** From the page to the worker: only the worker may reach another origin than WhatsApp's. */
export type Question =
	{ type: 'ask'; door: string } | { type: 'answer'; door: string; answer: object }

/** What the gateway says; `error` is for the person. */
export type Answer = { options?: object; error?: string }

/** Between the two scripts of the page: its own script signs, as browsers offer some passkeys to nothing else. */
export type Signing =
	| { source: 'whatsapp-gateway-card'; options: object }
	| { source: 'whatsapp-gateway-signer'; answer?: object; error?: string }
