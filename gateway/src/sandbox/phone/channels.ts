import { SERVER_JID } from '../wire/jid.ts'
import { descend, node } from '../wire/node.ts'
import type { Variables } from '../server/mex.ts'
import { newStanzaId } from '../server/stanza.ts'
import { lidOf } from '../server/jids.ts'
import type { PhoneContext } from './context.ts'
import { jidOf, type Person } from './person.ts'
import { PhoneError } from './phone-error.ts'

/** The numbers of the queries, as WhatsApp Web has them. */
const QUERIES = {
	update: '24250201037901610',
	remove: '30062808666639665',
	follow: '24404358912487870',
	unfollow: '9767147403369991',
	mute: '29766401636284406',
	unmute: '9864994326891137',
	invite: '9387141988078609',
	accept: '9580828702035549',
	demote: '9880997548630971',
	transfer: '9546742745432473',
} as const

/** What a person does with channels on their phone. Each throws PhoneError with the server's refusal. */
export class PhoneChannels {
	readonly #context: PhoneContext

	constructor(context: PhoneContext) {
		this.#context = context
	}

	follows(channel: string, follows = true): void {
		this.#asks(follows ? 'follow' : 'unfollow', { newsletter_id: channel })
	}

	mutes(channel: string, muted = true): void {
		this.#asks(muted ? 'mute' : 'unmute', { newsletter_id: channel })
	}

	/** @param picture a JPEG in base64; '' removes it */
	changes(channel: string, updates: NonNullable<Variables['updates']>): void {
		this.#asks('update', { newsletter_id: channel, updates })
	}

	deletes(channel: string): void {
		this.#asks('remove', { newsletter_id: channel })
	}

	invitesAdmin(channel: string, person: Person): void {
		this.#asks('invite', { newsletter_id: channel, user_id: this.#lidOf(person) })
	}

	acceptsInvite(channel: string): void {
		this.#asks('accept', { newsletter_id: channel })
	}

	demotes(channel: string, person: Person): void {
		this.#asks('demote', { newsletter_id: channel, user_id: this.#lidOf(person) })
	}

	transfers(channel: string, person: Person): void {
		this.#asks('transfer', { newsletter_id: channel, user_id: this.#lidOf(person) })
	}

	/** @param number of the post; @param emoji '' takes the reaction back */
	reacts(channel: string, number: number, emoji: string): void {
		const attrs = { id: newStanzaId(), to: channel, type: 'reaction', server_id: number }
		this.#context.send(node('message', attrs, [node('reaction', { code: emoji || undefined })]))
		this.#context.whatsapp.events.emit('change')
	}

	/** @param number of the post */
	views(channel: string, number: number): void {
		const items = [node('item', { server_id: number })]
		const attrs = { id: newStanzaId(), to: channel, type: 'view' }
		this.#context.send(node('receipt', attrs, [node('list', {}, items)]))
	}

	#lidOf(person: Person): string {
		const account = this.#context.whatsapp.directory.account(jidOf(person))
		if (!account) throw new PhoneError(`${jidOf(person)} is not on WhatsApp`)
		return lidOf(account)
	}

	#asks(name: keyof typeof QUERIES, variables: Variables): void {
		const content = Buffer.from(JSON.stringify({ variables }))
		const query = node('query', { query_id: QUERIES[name] }, content)
		const answer = this.#context.ask('get', 'w:mex', SERVER_JID, query)
		const { errors } = JSON.parse(String(descend(answer, 'result')?.content)) as {
			errors?: { message: string }[]
		}
		if (errors?.length) throw new PhoneError(`${name}: ${errors[0]!.message}`)
	}
}
