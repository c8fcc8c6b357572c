import { lidOf, pnOf } from '../server/jids.ts'
import type { StatusAudience } from '../server/model.ts'
import { now } from '../server/stanza.ts'
import { SERVER_JID } from '../wire/jid.ts'
import { node } from '../wire/node.ts'
import type { PhoneAppState } from './app-state.ts'
import type { PhoneContext } from './context.ts'
import { jidOf, type Person } from './person.ts'
import { PhoneError } from './phone-error.ts'

/** What a person sets on their phone for their account. */
export class PhoneProfile {
	readonly #context: PhoneContext
	readonly #appState: PhoneAppState

	constructor(context: PhoneContext, appState: PhoneAppState) {
		this.#context = context
		this.#appState = appState
	}

	/** Sets the name that others see. */
	async setsName(name: string): Promise<void> {
		await this.#appState.changes({ pushNameSetting: name })
		this.#context.account.name = name
	}

	/** Another device has set the name. */
	async followsName(): Promise<void> {
		const all = await this.#appState.read()
		const { account, whatsapp } = this.#context
		account.name =
			all.find(({ value }) => value.pushNameSetting)?.value.pushNameSetting?.name ?? account.name
		whatsapp.events.emit('change')
	}

	/** Whether links in messages are shown with a preview. */
	async hasLinkPreviews(): Promise<boolean> {
		const all = await this.#appState.read()
		return !all.some(
			({ value }) => value.privacySettingDisableLinkPreviewsAction?.isPreviewsDisabled,
		)
	}

	setsLinkPreviews(isOn: boolean): Promise<void> {
		return this.#appState.changes({ disableLinkPreviews: { isPreviewsDisabled: !isOn } })
	}

	/** Chooses who sees status updates: all contacts, all but some, or some alone. */
	choosesStatusAudience(type: StatusAudience['type'], people: Person[] = []): void {
		const users = people.map((person) => node('user', { jid: jidOf(person) }))
		const list = node('list', { type }, users)
		this.#context.ask('set', 'status', SERVER_JID, node('privacy', {}, [list]))
	}

	/** @param text '' removes it */
	setsAbout(text: string): void {
		this.#context.ask('set', 'status', SERVER_JID, node('status', {}, Buffer.from(text)))
	}

	/** @param jpeg undefined removes the picture */
	setsPicture(jpeg: Uint8Array | undefined): void {
		const content = jpeg ? [node('picture', { type: 'image' }, jpeg)] : []
		this.#context.ask('set', 'w:profile:picture', SERVER_JID, ...content)
	}

	/** Gives a person a privacy token. @param at Unix time in seconds; after four weeks it has expired */
	trusts(person: Person, at = now()): void {
		const token = node('token', { jid: jidOf(person), t: at, type: 'trusted_contact' })
		this.#context.ask('set', 'privacy', SERVER_JID, node('tokens', {}, [token]))
	}

	blocks(person: Person): void {
		this.#changesBlocked(person, 'block')
	}

	unblocks(person: Person): void {
		this.#changesBlocked(person, 'unblock')
	}

	#changesBlocked(person: Person, action: 'block' | 'unblock'): void {
		const account = this.#context.whatsapp.directory.account(jidOf(person))
		if (!account) throw new PhoneError(`${jidOf(person)} is not on WhatsApp`)
		const item = node('item', { action, jid: lidOf(account), pn_jid: pnOf(account) })
		this.#context.ask('set', 'blocklist', SERVER_JID, item)
	}
}
