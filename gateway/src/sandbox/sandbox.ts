import type { Hono } from 'hono'
import type { Phone } from './phone/phone.ts'
import type { Addressing } from './server/model.ts'
import type { WhatsApp } from './server/whatsapp.ts'

/** A simulated WhatsApp, listening. */
export type Sandbox = {
	whatsapp: WhatsApp
	phones: ReadonlyMap<string, Phone>
	/** The person with this number; comes into being when first asked for. */
	phone(number: string, options?: { name?: string; addressing?: Addressing }): Phone
	/** What a client must know: where to connect, and whom to trust there (64 hex characters; PEM). */
	wsUrl: string
	noiseRoot: string
	mediaCa: string
	qrOf(session: string): Promise<string>
	/** The names of the gateway's sessions that are linked to this number. */
	sessionsOf(phone: string): string[]
	/** The program that turns recordings into voice notes. */
	ffmpeg: string
	/** Everybody is gone, and everything that they said. */
	reset(): Promise<void>
	/** The control API, to be mounted at `/sandbox`. */
	control: Hono
	close(): Promise<void>
}
export type SandboxOptions = {
	/** 0, the default, takes a free one. */
	port?: number
	/** @default 127.0.0.1 */
	host?: string
	/** Where its people and messages are kept; without it they live as long as the process. */
	dataDir?: string
	/** Serves the control API on the same port. Off where `control` is mounted elsewhere. */
	servesControl?: boolean
	/** Gives the QR that a session shows, so that `scan` accepts the session's name. */
	qrOf?: (session: string) => Promise<string>
	/** The path of ffmpeg. @default ffmpeg */
	ffmpeg?: string
	/** Names the sessions that are linked to a number. */
	sessionsOf?: (phone: string) => string[]
}
