import type { Credential } from '../wire/authenticator.ts'
import type { BinaryNode } from '../wire/node.ts'
import type { AppVersion } from './client-versions.ts'

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
	/** Whether it wants the full history, not only the recent one. */
	wantsAllHistory?: boolean
	/** How it wants to be listed: the name of its operating system, and the kind of program. */
	listedAs?: { os: string; platform: string }
	/** Whether the account's phone was notified of this companion. */
	announced?: boolean
	/** Stanzas that the device has not acknowledged, oldest first. */
	queue: BinaryNode[]
}

/** A profile picture, a JPEG. */
export type Picture = { id: string; image: Uint8Array }

/** Whether others see this account's phone number or its LID as the sender of its messages. */
export type Addressing = 'pn' | 'lid'

/** A message that was reported as spam. `from` and `participant` are jids, `at` is Unix time in seconds. */
export type SpamReport = {
	id: string
	message_id: string
	from: string
	participant: string | null
	at: number
	flow: string
}

/** Who sees the status updates of an account; of all three the last chosen one is used. */
export type StatusAudience = {
	type: 'contacts' | 'blacklist' | 'whitelist'
	/** Jids. */
	people: string[]
}

export type Account = {
	/** Digits only, with country code. */
	phone: string
	/** Other spellings of the number, by which others may look for it. */
	spellings?: string[]
	lid: string
	name: string
	addressing: Addressing
	nextDevice: number
	devices: Device[]
	/** How many more linked devices its phone lists, of which nothing else is known. */
	otherDevices?: number
	/** Chosen privacy settings, by category; the others are WhatsApp's defaults. */
	privacy?: Record<string, string>
	/** The "about" text. */
	about?: { text: string; at: number }
	picture?: Picture
	statusAudience?: StatusAudience
	/** The messages that it has reported as spam. */
	reports?: SpamReport[]
	/** Phone numbers. */
	blocked?: string[]
	/** The timer of new chats, in seconds. */
	disappearing?: { duration: number; at: number }
	appState?: AppState
	limits?: AccountLimits
	/** Whether its phone has WhatsApp Business. */
	business?: boolean
	businessProfile?: BusinessProfile
	catalog?: Catalog
	/** Those that it has got. */
	orders?: Order[]
	/** Without it, WhatsApp links no device of this account. */
	passkey?: Passkey | undefined
	lidMigration?: LidMigration | undefined
	/** Without @. */
	username?: string
	/** Four digits that others must know to find its username. */
	usernameKey?: string
	/** The LIDs of accounts that this number had before. */
	formerLids?: string[]
	/** With which code messages to those are refused; without one they are acknowledged, and arrive nowhere. */
	formerLidsRefusedWith?: number | undefined
}

/** Whether the chats of two of an account are by LID. WhatsApp takes either form from accounts of which nothing is set. */
export type LidMigration = {
	done: boolean
	/** How its linked devices learn it. */
	told: 'pairing' | 'property' | 'both' | 'never'
	/** Whether they are told no devices of people whom they ask about by phone number. */
	hidesNumbers?: boolean | undefined
}

/** The passkey of an account, and how WhatsApp asks for it. */
export type Passkey = {
	/** The server needs its public half only; the other stands for the authenticator of the person. */
	credential: Credential
	/** Whether the request comes with the options, or the client has to ask for them. */
	options: 'embedded' | 'asked'
	outcome: PasskeyOutcome
}

/**
 * What comes of a passkey that is right: the device is linked; WhatsApp says that this number was linked too often; it
 * takes the passkey and never goes on; or the phone never finishes.
 */
export const passkeyOutcomes = ['linked', 'limited', 'stalled', 'unfinished'] as const
export type PasskeyOutcome = (typeof passkeyOutcomes)[number]

/** What a business sells. */
export type Catalog = {
	products: Product[]
	/** With the ids of their products. */
	collections: { id: string; name: string; products: string[] }[]
}

export type Product = {
	id: string
	name: string
	description?: string
	/** In thousandths of the currency. */
	price?: number
	currency?: string
	url?: string
	retailerId?: string
	/** Only the seller sees it. */
	hidden?: boolean
	originCountry?: string
	/** URLs of its pictures. */
	images: string[]
	review: 'PENDING' | 'APPROVED' | 'REJECTED'
}

export type Order = {
	id: string
	/** What the buyer and the seller ask for it with. */
	token: string
	items: { product: Product; quantity: number }[]
}

/** What WhatsApp does not let an account do for some time. */
export type AccountLimits = {
	/** It may not write to new people; until then, Unix seconds. */
	reachout?: { type: string; until: number } | undefined
	/** How many chats it may begin, and has begun. */
	newChats?: { quota: number; used: number } | undefined
}

/** What a business tells of itself. */
export type BusinessProfile = {
	description?: string
	address?: string
	email?: string
	websites?: string[]
	categories?: string[]
	hours?: { timezone: string; days: OpeningHours[] }
	/** The id of its cover photo. */
	cover?: string
}

/** When it is open on a day; `open` and `close` are minutes after midnight. */
export type OpeningHours = { day: string; mode: string; open?: number; close?: number }

/** One device of one account, as a sender or a receiver. */
export type Party = { account: Account; device: Device }

/** How stanzas reach a device: over its connection, or straight into a simulated phone. */
export type Link = {
	/** The version of the client; undefined before it has said one. */
	version?: AppVersion
	send(stanza: BinaryNode): void
	/** Sends a last stanza, if any, and closes. */
	close(farewell?: BinaryNode): void
	/** Cuts the connection without a word. */
	cut(): void
	/** For some time nothing passes in either direction, not even the end; later all of it does. */
	freeze(milliseconds: number): void
	/** Ends that before its time. */
	thaw(): void
}

export type Role = 'member' | 'admin' | 'superadmin'

/** Wherever a person stands in it, it is by their phone number; times are Unix seconds. */
export type Group = {
	id: string
	subject: string
	subjectBy?: string
	subjectAt?: number
	description?: { id: string; body: string; by: string; at: number }
	/** The creator. */
	owner: string
	creation: number
	/** Whether its members know each other by LID or by phone number. */
	addressing: Addressing
	members: Record<string, Role>
	picture?: Picture
	/** It is a community. */
	isParent?: boolean
	/** The community that it is in. */
	parent?: string
	/** In it admins of the community make announcements. */
	isAnnouncement?: boolean
	/** Only admins write. */
	announcement?: boolean
	/** Only admins change subject, description and picture. */
	locked?: boolean
	/** All members may add members, not only admins. */
	allMembersAdd?: boolean
	/** All members may share the invite link, not only admins. */
	allMembersLink?: boolean
	noFrequentlyForwarded?: boolean
	/** Members may report messages to the admins. */
	adminReports?: boolean
	/** New members see earlier messages. */
	history?: boolean
	/** Seconds after which messages disappear. */
	ephemeral?: number
	/** Admins let people in. */
	approval?: boolean
	/** How many it has at the most. */
	mostMembers?: number
	/** Who left by themselves, and when. */
	left?: Record<string, number>
	requests?: Record<string, { at: number; method: 'invite_link' | 'non_admin_add' }>
	inviteCode?: string
	/** Those that it had before. */
	revokedCodes?: string[]
	/** Invitations for people who cannot be added, by the jid of the person. */
	invitations?: Record<string, { code: string; expiration: number; by: string }>
}

/** People are phone numbers, times Unix seconds. */
export type Channel = {
	id: string
	name: string
	description: string
	owner: string
	creation: number
	invite: string
	/** Owner and admins are among them. */
	followers: string[]
	admins?: string[]
	/** Until when those who are invited can become admins. */
	invited?: Record<string, number>
	muted: string[]
	picture?: Picture
	/** Why nobody can use it; missing if it is active. */
	state?: 'SUSPENDED' | 'GEOSUSPENDED'
	/** Until when somebody is told of reactions and views. */
	watchers?: Record<string, number>
	messages: Published[]
}

/** Messages of channels are not encrypted. */
export type Published = {
	id: string
	serverId: number
	at: number
	message: Uint8Array
	/** By phone number. */
	reactions: Record<string, string>
	/** Who has seen it. */
	viewers?: string[]
}

/**
 * The settings that an account's devices share (starred, archived, muted, pinned, labels …), by collection.
 * Encrypted: the server keeps the patches in their order and cannot read them. A patch's version is its
 * place, from 1.
 */
export type AppState = Record<string, Uint8Array[]>

/** A client that shows a QR or a pairing code and waits to be linked. */
export type Registration = {
	clientNoiseKey: Uint8Array
	identity: Uint8Array
	wantsAllHistory: boolean
	listedAs: { os: string; platform: string }
	/** Each of its QR codes starts with one of these. */
	references: Set<string>
	/** What the client sent when it asked for a pairing code. */
	codeRequest?: CodeRequest
	accept(stanza: BinaryNode): void
	/** Sends the phone's answer to the pairing code to the client. */
	sendPrimaryHello(content: BinaryNode[]): void
	/** Links the client to an account; the phone has signed for it. */
	complete(account: Account, device: Device, signedIdentity: Uint8Array): void
	/** Asks the client for the passkey of the account before that. */
	askPasskey(passkey: Passkey, phone: PasskeyPhone): void
	/** Asks once more. */
	repeatPasskeyRequest(): void
	/** Cuts the connection without a word. */
	cut(): void
	abandon(): void
}

/** The phone's part in linking with a passkey: what only it can check. Each of these throws if the client does it wrong. */
export type PasskeyPhone = {
	/** @returns the encoded PrimaryEphemeralIdentity */
	takesPrologue(payload: Buffer, proof: Buffer | undefined, reference: string): Uint8Array
	takesNonce(nonce: Buffer): void
	/** Links the device. */
	takesPairingRequest(encrypted: Buffer): void
}

export type CodeRequest = {
	reference: string
	/** The account's number, as the client gave it. */
	phone: string
	wrappedEphemeral: Buffer
	/** Resolves with the client's last message: `<link_code_pairing_wrapped_key_bundle>` and others. */
	finished: Promise<BinaryNode>
}
