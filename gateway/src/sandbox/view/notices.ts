import type { ChatNotice } from '../phone/state.ts'
import type { PhoneFacts } from './facts.ts'
import { named } from './names.ts'
import { timerSentence } from './content/system.ts'

type Told = { by: string; people: string; isSelf: boolean; text: string; seconds: number }

/** What members of a group are told, by the tag of WhatsApp's notification, and what became of a call. */
const sentences: Record<string, (told: Told) => string> = {
	create: ({ by, text }) => `${by} created the group “${text}”.`,
	subject: ({ by, text }) => `${by} changed the name of the group to “${text}”.`,
	description: ({ by }) => `${by} changed the description of the group.`,
	picture: ({ by }) => `${by} changed the picture of the group.`,
	add: ({ by, people, isSelf }) => (isSelf ? `${people} joined.` : `${by} added ${people}.`),
	remove: ({ by, people, isSelf }) => (isSelf ? `${people} left.` : `${by} removed ${people}.`),
	promote: ({ by, people }) => `${by} made ${people} an admin.`,
	demote: ({ by, people }) => `${people} is no longer an admin, said ${by}.`,
	ephemeral: ({ seconds }) => timerSentence(seconds),
	not_ephemeral: () => timerSentence(0),
	announcement: ({ by }) => `${by} allows only admins to write.`,
	not_announcement: ({ by }) => `${by} allows everybody to write.`,
	locked: ({ by }) => `${by} allows only admins to change the group.`,
	unlocked: ({ by }) => `${by} allows everybody to change the group.`,
	call: ({ by }) => `${by} called.`,
	video_call: ({ by }) => `${by} called with video.`,
	call_rejected: ({ by }) => `${by} rejected the call.`,
	call_ended: () => 'The call has ended.',
	delete: ({ by }) => `${by} ended the group.`,
}

/** What a chat was told, as a sentence. */
export function sentenceOf(facts: PhoneFacts, notice: ChatNotice): string {
	const by = notice.by ? named(facts, notice.by).name : 'Somebody'
	const people = (notice.people ?? []).map((jid) => named(facts, jid).name).join(', ')
	const { text = '', seconds = 0 } = notice
	const told = { by, people, isSelf: people === by, text, seconds }
	const known = Object.hasOwn(sentences, notice.change) ? sentences[notice.change] : undefined
	return known?.(told) ?? `${by} changed the group (${notice.change.replaceAll('_', ' ')}).`
}
