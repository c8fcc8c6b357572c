import { createHash } from 'node:crypto'
import type { Channel } from './model.ts'
import type { Group } from './model.ts'
import { LID_SERVER, parseJid } from '../wire/jid.ts'
import type { Account, Addressing, Party } from './model.ts'

/** Real LIDs are independent of the number; ours derive from it so that runs are repeatable. */
const lidFor = (phone: string) => {
	const digest = createHash('sha256').update(`lid:${phone}`).digest()
	return String(10n ** 14n + (digest.readBigUInt64BE() % (9n * 10n ** 14n)))
}

/** All accounts, found by phone number or by LID. */
export class Directory {
	readonly accounts = new Map<string, Account>()
	readonly groups = new Map<string, Group>()
	readonly channels = new Map<string, Channel>()
	readonly #byLid = new Map<string, Account>()
	readonly #bySpelling = new Map<string, Account>()

	/** Nobody is on WhatsApp any more. */
	clear(): void {
		for (const each of [this.accounts, this.groups, this.channels, this.#byLid, this.#bySpelling])
			each.clear()
	}

	/** Takes in an account that was made before. */
	add(account: Account): void {
		this.accounts.set(account.phone, account)
		this.#byLid.set(account.lid, account)
		for (const spelling of account.spellings ?? []) this.#bySpelling.set(spelling, account)
	}

	/** Lets an account be found by other spellings of its number as well, as in Brazil, Mexico and Argentina. */
	spell(account: Account, spellings: string[]): void {
		for (const spelling of account.spellings ?? []) this.#bySpelling.delete(spelling)
		account.spellings = spellings
		this.add(account)
	}

	/** The account that an address book's number leads to; its own number may be another one. */
	contact(number: string): Account | undefined {
		return this.accounts.get(number) ?? this.#bySpelling.get(number)
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

	/** @returns undefined for a number that is not on WhatsApp */
	account(jid: string): Account | undefined {
		const { user, server } = parseJid(jid)
		return server === LID_SERVER ? this.#byLid.get(user) : this.accounts.get(user)
	}

	/** The number of this account belongs to a new account from now on, which has another LID. */
	succeed(account: Account): void {
		this.#byLid.delete(account.lid)
		account.formerLids = [...(account.formerLids ?? []), account.lid]
		account.lid = lidFor(`${account.phone} ${account.formerLids.length}`)
		this.add(account)
	}

	/** The account that has the number of a former one now. @param jid of the former one, by LID */
	successorOf(jid: string): Account | undefined {
		const { user, server } = parseJid(jid)
		if (server !== LID_SERVER) return undefined
		return [...this.accounts.values()].find(({ formerLids }) => formerLids?.includes(user))
	}

	/** The account that has a username. */
	named(username: string): Account | undefined {
		const wanted = username.toLowerCase()
		return [...this.accounts.values()].find((account) => account.username?.toLowerCase() === wanted)
	}

	/** The profile picture with this id, be it a person's, a group's or a channel's. */
	picture(id: string): Uint8Array | undefined {
		const subjects = [this.accounts, this.groups, this.channels]
		const shown = subjects.flatMap((known) => [...known.values()])
		return shown.find(({ picture }) => picture?.id === id)?.picture?.image
	}

	party(jid: string): Party | undefined {
		const account = this.account(jid)
		const device = account?.devices.find(({ id }) => id === parseJid(jid).device)
		return account && device ? { account, device } : undefined
	}
}
