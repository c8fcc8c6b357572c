import { createHash } from 'node:crypto'
import type { BinaryNode } from '../wire/node.ts'
import type { AppState } from './app-state.ts'
import type { Channel } from './channels.ts'
import type { Group } from './groups.ts'
import { formatJid, LID_SERVER, parseJid, PN_SERVER } from '../wire/jid.ts'

export type OneTimeKey = { id: number; key: Uint8Array }

/** The public half of a device's Signal keys, as it uploaded them. Keys are 32 bytes. */
export type KeyBundle = {
	registrationId: number
	identity: Uint8Array
	signedPreKey: OneTimeKey & { signature: Uint8Array }
	oneTime: OneTimeKey[]
}

export type Device = {
	/** 0 is the phone, companions count from 1 and are never numbered twice. */
	id: number
	keyIndex: number
	/** The Noise key a companion must log in with. */
	noiseKey?: Uint8Array
	bundle?: KeyBundle
	/** Whether it wants to be told all that was ever written, not only what is recent. */
	wantsAllHistory?: boolean
	/** Whether the account's phone has been told that this companion is there. */
	announced?: boolean
	/** Stanzas that the device has not acknowledged, oldest first. */
	queue: BinaryNode[]
}

/** A profile picture, a JPEG. */
export type Picture = { id: string; image: Uint8Array }

/** Whether others see this account's phone number or its LID as the sender of its messages. */
export type Addressing = 'pn' | 'lid'

export type Account = {
	/** Digits only, with country code. */
	phone: string
	lid: string
	name: string
	addressing: Addressing
	nextDevice: number
	devices: Device[]
	/** What the account chose, by category; the rest is as WhatsApp sets it. */
	privacy?: Record<string, string>
	/** The "about" text. */
	about?: { text: string; at: number }
	picture?: Picture
	/** Phone numbers. */
	blocked?: string[]
	/** The timer of new chats, in seconds. */
	disappearing?: { duration: number; at: number }
	appState?: AppState
}

/** One device of one account: who sends, or who is sent to. */
export type Party = { account: Account; device: Device }

/** LIDs tell nothing about the number; ours derive from it so that runs can be repeated. */
const lidFor = (phone: string) => {
	const digest = createHash('sha256').update(`lid:${phone}`).digest()
	return String(10n ** 14n + (digest.readBigUInt64BE() % (9n * 10n ** 14n)))
}

/** Everybody who is on this WhatsApp, found by phone number or by LID. */
export class Directory {
	readonly accounts = new Map<string, Account>()
	readonly groups = new Map<string, Group>()
	readonly channels = new Map<string, Channel>()
	readonly #byLid = new Map<string, Account>()

	/** Takes in an account that was made before. */
	add(account: Account): void {
		this.accounts.set(account.phone, account)
		this.#byLid.set(account.lid, account)
	}

	open(phone: string, name: string, addressing: Addressing): Account {
		const devices = [{ id: 0, keyIndex: 0, queue: [] }]
		const account: Account = {
			phone,
			lid: lidFor(phone),
			name,
			addressing,
			nextDevice: 1,
			devices,
		}
		this.add(account)
		return account
	}

	/** @returns undefined for somebody who is not on WhatsApp */
	account(jid: string): Account | undefined {
		const { user, server } = parseJid(jid)
		return server === LID_SERVER ? this.#byLid.get(user) : this.accounts.get(user)
	}

	/** The profile picture with this id, be it a person's or a group's. */
	picture(id: string): Uint8Array | undefined {
		const shown = [...this.accounts.values(), ...this.groups.values()]
		return shown.find(({ picture }) => picture?.id === id)?.picture?.image
	}

	party(jid: string): Party | undefined {
		const account = this.account(jid)
		const device = account?.devices.find(({ id }) => id === parseJid(jid).device)
		return account && device ? { account, device } : undefined
	}
}

export const pnOf = ({ phone }: Account, device = 0) =>
	formatJid({ user: phone, device, server: PN_SERVER })
export const lidOf = ({ lid }: Account, device = 0) =>
	formatJid({ user: lid, device, server: LID_SERVER })

export const partiesOf = (account: Account): Party[] =>
	account.devices.map((device) => ({ account, device }))

/** How others see the sender, and the attribute that tells them the other form. */
export function senderAttributes({ account, device }: Party) {
	return account.addressing === 'lid'
		? { from: lidOf(account, device.id), sender_pn: pnOf(account) }
		: { from: pnOf(account, device.id), sender_lid: lidOf(account) }
}
