import { SERVER_JID } from '../wire/jid.ts'
import { childOf, childrenOf, descend, node, type BinaryNode } from '../wire/node.ts'
import type { MembershipChange } from '../server/group-members.ts'
import type { PhoneContext } from './context.ts'
import { PhoneError } from './phone-error.ts'
import { jidOf, type Person } from './person.ts'

export type GroupChange = { subject?: string; timer?: number } & Partial<
	Record<MembershipChange, Person[]>
>

const CHANGES: MembershipChange[] = ['add', 'remove', 'promote', 'demote']

/** The actions of a person in groups. Each throws PhoneError with the server's refusal. */
export class Memberships {
	readonly #context: PhoneContext

	constructor(context: PhoneContext) {
		this.#context = context
	}

	/** Changes a group's subject and members, as far as this person may. */
	changes(group: string, { subject, timer, ...people }: GroupChange): void {
		if (subject !== undefined) this.#set(group, node('subject', {}, Buffer.from(subject)))
		if (timer !== undefined)
			this.#set(group, timer ? node('ephemeral', { expiration: timer }) : node('not_ephemeral'))
		for (const change of CHANGES) this.#changeMembers(group, change, people[change] ?? [])
	}

	/** Gives a group a picture, a JPEG. */
	pictures(group: string, image: Uint8Array): void {
		const picture = node('picture', { type: 'image' }, image)
		this.#context.ask('set', 'w:profile:picture', { to: SERVER_JID, target: group }, picture)
	}

	/** Makes a community, as its owner. @returns its jid */
	createsCommunity(subject: string): string {
		const create = node('create', { subject }, [node('parent')])
		return `${childOf(this.#set('@g.us', create), 'group')?.attrs.id}@g.us`
	}

	/** Puts a group into a community. */
	links(community: string, group: string): void {
		const asked = node('link', { link_type: 'sub_group' }, [node('group', { jid: group })])
		const answer = this.#set(community, node('links', {}, [asked]))
		const done = childOf(descend(answer, 'links', 'link'), 'group')
		if (done?.attrs.error) throw new PhoneError(`links: ${done.attrs.error}`)
	}

	/** Takes a group out of a community. */
	unlinks(community: string, group: string): void {
		const asked = [node('group', { jid: group })]
		const answer = this.#set(community, node('unlink', { unlink_type: 'sub_group' }, asked))
		const done = childOf(childOf(answer, 'unlink'), 'group')
		if (done?.attrs.error) throw new PhoneError(`unlinks: ${done.attrs.error}`)
	}

	leaves(group: string): void {
		this.#set('@g.us', node('leave', {}, [node('group', { id: group })]))
	}

	/** Joins by an invite link's code; where admins decide, asks to be let in. */
	joins(code: string): void {
		this.#set('@g.us', node('invite', { code }))
	}

	/** Removed members must not read later messages: the next one has a new key. */
	notes({ attrs: { from = '' }, content }: BinaryNode): void {
		if (!childOf({ tag: 'notification', attrs: {}, content }, 'remove')) return
		this.#context.encryption.changeGroupKey(from)
		delete this.#context.state.informed[from]
	}

	#changeMembers(group: string, change: MembershipChange, people: Person[]): void {
		if (!people.length) return
		const participants = people.map((person) => node('participant', { jid: jidOf(person) }))
		const answer = childOf(this.#set(group, node(change, {}, participants)), change)
		const refusedByServer = childrenOf(answer, 'participant').filter(({ attrs }) => attrs.error)
		const reasons = refusedByServer.map(({ attrs }) => `${attrs.jid}: ${attrs.error}`)
		if (reasons.length) throw new PhoneError(`${change}: ${reasons.join(', ')}`)
	}

	#set(to: string, content: BinaryNode): BinaryNode {
		return this.#context.ask('set', 'w:g2', to, content)
	}
}
