import { EventEmitter } from 'node:events'
import { SERVER_JID } from '../wire/jid.ts'
import { node, type BinaryNode } from '../wire/node.ts'
import type { ActiveFault } from './active-fault.ts'
import { snapshotOf } from './app-state-snapshot.ts'
import { ClientVersions, isOlder, type AppVersion } from './client-versions.ts'
import { Directory } from './directory.ts'
import { lidOf } from './jids.ts'
import { pnOf } from './jids.ts'
import { type Link, type Party } from './model.ts'
import { type Account } from './model.ts'
import { type Device } from './model.ts'
import { Faults } from './faults.ts'
import { FrameLog } from './frame-log.ts'
import type { MediaHost } from './media-host.ts'
import type { Registration } from './model.ts'
import { QueryFaults } from './query-faults.ts'
import { StanzaChanges } from './stanza-changes.ts'
import { newStanzaId, now } from './stanza.ts'

/** A device that has asked for its messages; before that, everything waits in its queue. */
type Attached = { link: Link; active: boolean }

/** Below this many one-time keys a device is asked for more; clients upload at five. */
const LOW_PRE_KEYS = 5

/** The state of WhatsApp's servers: accounts, connections, queues; and the delivery of stanzas. */
export class WhatsApp {
	readonly directory = new Directory()
	readonly log: FrameLog
	readonly media: MediaHost
	readonly faults = new Faults()
	readonly queryFaults = new QueryFaults()
	readonly stanzaChanges = new StanzaChanges()
	readonly versions = new ClientVersions()
	/** Emits `change` whenever something that must survive a restart has changed. */
	readonly events = new EventEmitter().setMaxListeners(0)
	/** The subscribers to the presence of each account. */
	readonly subscribers = new Map<Account, Set<Party>>()
	readonly online = new Set<Account>()
	/** Clients that show a QR or a pairing code. */
	readonly registrations = new Set<Registration>()
	/** How many one-time keys a device is said to have that has uploaded none. */
	preKeysOfNewDevices = 0
	/** Whether it refuses to look up usernames, as a server does that does not know them. */
	hidesUsernames = false
	readonly #attached = new Map<Device, Attached>()

	constructor(media: MediaHost, log = new FrameLog()) {
		this.media = media
		media.pictureOf = (id) => this.directory.picture(id)
		media.snapshotAt = (phone, collection, version) => {
			const patches = this.directory.accounts.get(phone)?.appState?.[collection]
			return patches?.length ? snapshotOf(patches.slice(0, version)) : undefined
		}
		this.log = log
	}

	/** Sends a stanza that is kept until the device acknowledges it. */
	deliver(to: Party, stanza: BinaryNode): void {
		to.device.queue.push(stanza)
		if (this.#attached.get(to.device)?.active) this.push(to, stanza)
	}

	/** Sends a stanza to a device if it is connected; it is not kept. */
	push({ device }: Party, stanza: BinaryNode): void {
		this.#attached.get(device)?.link.send(stanza)
	}

	/** Removes the stanzas that a device has acknowledged from its queue. */
	settle({ device }: Party, isSettled: (stanza: BinaryNode) => boolean): void {
		device.queue = device.queue.filter((stanza) => !isSettled(stanza))
	}

	/** A device has logged in; an earlier connection of it is closed as replaced. */
	attach({ device }: Party, link: Link): void {
		const conflict = node('stream:error', {}, [node('conflict', { type: 'replaced' })])
		this.#attached.get(device)?.link.close(conflict)
		this.#attached.set(device, { link, active: false })
	}

	detach({ device }: Party, link: Link): void {
		if (this.#attached.get(device)?.link === link) this.#attached.delete(device)
	}

	isConnected({ device }: Party): boolean {
		return this.#attached.has(device)
	}

	/** The device requests its messages: the waiting ones come first, marked as `offline`. */
	activate(party: Party): void {
		const attached = this.#attached.get(party.device)
		if (!attached || attached.active) return
		// After the answer to the query that asked for it.
		setImmediate(() => {
			attached.active = true
			const waiting = [...party.device.queue]
			for (const { tag, attrs, content } of waiting)
				attached.link.send({ tag, attrs: { ...attrs, offline: '1' }, content })
			attached.link.send(node('ib', {}, [node('offline', { count: waiting.length })]))
			this.#announceToPhone(party)
		})
	}

	/** The phone brings a new companion up to date, once that is ready to listen. */
	#announceToPhone({ account, device }: Party): void {
		if (device.id === 0 || device.announced) return
		device.announced = true
		const attrs = { id: newStanzaId(), from: pnOf(account), type: 'account_sync', t: now() }
		const content = node('devices', {}, [node('device', { jid: pnOf(account, device.id) })])
		const phone = { account, device: account.devices[0]! }
		this.deliver(phone, node('notification', attrs, [content]))
	}

	/** Removes a companion for good, as the phone's list of linked devices does. */
	unlink(account: Account, deviceId: number): void {
		const device = account.devices.find(({ id }) => id === deviceId && id !== 0)
		if (!device) return
		account.devices = account.devices.filter((other) => other !== device)
		const removed = node('conflict', { type: 'device_removed' })
		this.#attached.get(device)?.link.close(node('stream:error', { code: 401 }, [removed]))
		this.announceDevices(account, 'remove', device)
		this.events.emit('change')
	}

	/** Notifies all companions that an account's devices have changed. */
	announceDevices(account: Account, change: 'add' | 'remove', device: Device): void {
		const jid = pnOf(account, device.id)
		const content = [node(change, {}, [node('device', { jid, 'key-index': device.keyIndex })])]
		for (const other of this.directory.accounts.values()) {
			for (const companion of other.devices.filter((one) => one.id !== 0 && one !== device)) {
				const attrs = { id: newStanzaId(), from: pnOf(account), type: 'devices', t: now() }
				const to = { account: other, device: companion }
				this.deliver(to, node('notification', { ...attrs, lid: lidOf(account) }, content))
			}
		}
	}

	/** Notifies the companions of the others that an account has other keys. */
	announceKeys(account: Account): void {
		for (const other of this.directory.accounts.values()) {
			for (const companion of other === account ? [] : other.devices.filter(({ id }) => id !== 0)) {
				const attrs = { id: newStanzaId(), from: pnOf(account), type: 'encrypt', t: now() }
				const content = [node('identity', {})]
				this.deliver(
					{ account: other, device: companion },
					node('notification', { ...attrs, lid: lidOf(account) }, content),
				)
			}
		}
	}

	/** Asks a device for more one-time keys when its last ones are being given out. */
	watchPreKeys(party: Party): void {
		const left = party.device.bundle?.oneTime.length ?? 0
		if (left !== LOW_PRE_KEYS - 1) return
		const attrs = { id: newStanzaId(), from: SERVER_JID, type: 'encrypt', t: now() }
		this.deliver(party, node('notification', attrs, [node('count', { value: left })]))
	}

	/** Every connected companion of an account. */
	companions(account: Account): Party[] {
		const parties = account.devices.map((device) => ({ account, device }))
		return parties.filter((party) => party.device.id !== 0 && this.isConnected(party))
	}

	/** Those of them that have asked for their messages: to their users they are open. */
	activeCompanions(account: Account): Party[] {
		return this.companions(account).filter(({ device }) => this.#attached.get(device)?.active)
	}

	/** Cuts the connections of an account's companions without a word. */
	drops(account: Account): void {
		for (const { device } of this.companions(account)) this.#attached.get(device)?.link.cut()
	}

	/** For some time, nothing passes over the present connections of an account's companions. */
	freezes(account: Account, milliseconds: number): void {
		this.faults.noteFrozen(account.phone, milliseconds)
		for (const { device } of this.companions(account))
			this.#attached.get(device)?.link.freeze(milliseconds)
	}

	/** Ends the connections of an account's companions with `<stream:error code>`. */
	endsStreams(account: Account, code: number): void {
		for (const { device } of this.companions(account))
			this.#attached.get(device)?.link.close(node('stream:error', { code }))
	}

	/** Cuts the connections of older clients: their next ones are refused. */
	closesOlderThan(minimum: AppVersion): void {
		for (const { link } of this.#attached.values())
			if (link.version && isOlder(link.version, minimum)) link.cut()
	}

	/** Sends a message that was delivered before once more, as after a lost receipt. */
	redelivers(account: Account, messageId: string): boolean {
		const isCopy = ({ tag, attrs }: BinaryNode) => tag === 'message' && attrs.id === messageId
		const delivered = this.log.list(
			({ direction, account: phone, device, stanza }) =>
				direction === 'out' && phone === account.phone && device !== 0 && isCopy(stanza),
		)
		const stanza = delivered[0]?.stanza
		if (stanza) for (const companion of this.companions(account)) this.deliver(companion, stanza)
		return stanza !== undefined
	}

	/** What is wrong now. */
	activeFaults(): ActiveFault[] {
		return [...this.faults.list(), ...this.queryFaults.list(), ...this.media.faults()]
	}

	endFaults(isMeant: (fault: ActiveFault) => boolean): void {
		for (const { account = '' } of this.faults.end(isMeant).filter(({ type }) => type === 'freeze'))
			this.#thaws(this.directory.account(`${account}@s.whatsapp.net`))
		this.queryFaults.end(isMeant)
		this.media.endFaults(isMeant)
		this.events.emit('change')
	}

	#thaws(account: Account | undefined): void {
		for (const { device } of account ? this.companions(account) : [])
			this.#attached.get(device)?.link.thaw()
	}

	close(): void {
		for (const { link } of this.#attached.values()) link.cut()
	}
}
