/** A person, group or channel as a phone shows it; `id` is one jid for all names of it. */
export type Named = { id: string; name: string }

/** The file of a bubble. Its bytes are at `/phones/{phone}/messages/{id}/media`. */
export type BubbleFile = {
	mimetype: string
	/** Bytes. */
	size: number
	name?: string
	seconds?: number
	/** The loudness of a voice note, 0 to 100. */
	waveform?: number[]
	/** Whether `?thumb=1` has a small picture of it. */
	thumb: boolean
	/** Why the phone could not download it. */
	missing?: string
}

/** What a tap on a button does: it answers, or opens, dials or copies `value`. */
export type BubbleButton = {
	id: string
	label: string
	does: 'answer' | 'open' | 'dial' | 'copy' | 'nothing'
	value?: string
}
export type BubbleRow = { id: string; title: string; description?: string }
export type BubbleMenu = { label: string; sections: { title: string; rows: BubbleRow[] }[] }

/** Texts with something to choose below them. */
export type Choices = {
	title?: string
	text: string
	footer?: string
	buttons: BubbleButton[]
	menus: BubbleMenu[]
}

export type PollOption = { name: string; votes: number; mine: boolean; voters: string[] }

export const fileKinds = [
	'photo',
	'video',
	'gif',
	'round_video',
	'voice',
	'audio',
	'document',
	'sticker',
] as const
export type FileKind = (typeof fileKinds)[number]

/** What a bubble says. Times are Unix seconds; an amount is a readable text. */
export type Content =
	| { kind: 'text'; text: string; preview?: { title: string; description: string; url: string } }
	/** `once`: it may be looked at once. */
	| { kind: FileKind; file: BubbleFile; text?: string; once?: true }
	| { kind: 'album'; photos: number; videos: number }
	| {
			kind: 'location'
			latitude: number
			longitude: number
			live: boolean
			name?: string
			address?: string
			text?: string
	  }
	| { kind: 'contacts'; contacts: { name: string; phones: string[] }[] }
	| {
			kind: 'poll'
			text: string
			options: PollOption[]
			/** How many options a person may choose; 0 for any number. */
			most: number
			voters: number
			/** The right answer of a quiz. */
			correct?: string
			/** The votes were sent with it: nobody can vote here. */
			closed?: true
	  }
	| {
			kind: 'event'
			text: string
			description?: string
			start?: number
			end?: number
			place?: string
			link?: string
			canceled: boolean
			/** Names, by response. */
			responses: Record<string, string[]>
			mine?: string
	  }
	| ({ kind: 'buttons' | 'list' | 'native_flow' | 'template'; file?: BubbleFile } & Choices)
	| { kind: 'carousel'; text: string; cards: Choices[] }
	| { kind: 'product'; text: string; description?: string; price?: string; file?: BubbleFile }
	| { kind: 'order'; text: string; items: number; total?: string; note?: string }
	| { kind: 'payment'; text: string; amount?: string }
	| {
			kind: 'invitation'
			to: 'group' | 'channel' | 'call' | 'payment'
			text: string
			code?: string
			note?: string
	  }
	| { kind: 'system'; text: string }
	| { kind: 'deleted'; text: string }
	| { kind: 'unreadable'; why: string }
	/** A kind of message that the phone does not show; `name` is that of WhatsApp's proto. */
	| { kind: 'other'; name: string; text?: string }

export type BubbleKind = Content['kind']

export type Tick = 'waiting' | 'sent' | 'delivered' | 'read' | 'played' | 'refused'

/** One message, as a phone shows it: with what was done to it since. */
export type Bubble = {
	id: string
	/** The order of arrival on this phone; it names the bubble, for two people may use one id. */
	seq: number
	chat: string
	mine: boolean
	author: Named
	/** Unix time in seconds. */
	at: number
	content: Content
	/** How far a message of this account got; `refusal` is WhatsApp's code. */
	tick?: Tick
	refusal?: number
	edited?: true
	pinned?: true
	kept?: true
	forwarded?: true
	/** After how many seconds it disappears. */
	disappears?: number
	reactions: { emoji: string; mine: boolean; by: string[] }[]
	/** The number of a post in its channel: followers react to it by that. */
	post?: number
	quote?: { id: string; author: string; text: string }
	/** Not read here yet. */
	unread?: true
}

export type ChatKind = 'person' | 'group' | 'channel' | 'status' | 'list'

export type ChatView = Named & {
	kind: ChatKind
	/** The id of its picture, or null. */
	avatar: string | null
	unread: number
	/** Order of arrival of its newest message; 0 without any. */
	seq: number
	/** Its newest message in a line. */
	last: { text: string; at: number; mine: boolean; tick?: Tick } | null
	pinned: string | null
	/** What others do here now. */
	typing: { name: string; state: 'composing' | 'recording' } | null
	online: boolean
	/** Whether devices are linked to this person: workflows may answer. */
	linked: boolean
	/** Names of the members of a group. */
	members: string[]
	may_write: boolean
}
