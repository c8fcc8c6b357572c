import type { BubbleKind, Content } from './bubble.ts'

/** The content of a kind, also where several kinds share one form. */
type Of<K extends BubbleKind, C = Content> = C extends { kind: BubbleKind }
	? K extends C['kind']
		? C
		: never
	: never

const captioned = (name: string) => (content: { text?: string; once?: true }) =>
	[content.once ? `${name} to view once` : name, content.text].filter(Boolean).join(': ')

const counted = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`

const texted = (name: string) => (content: { text: string }) =>
	content.text ? `${name}: ${content.text}` : name

const chosen = ({ text, title }: { text: string; title?: string }) => text || title || 'Choices'

/** Each kind in a line, for the list of chats and for quotes. */
const lines: { [K in BubbleKind]: (content: Of<K>) => string } = {
	text: ({ text }) => text,
	photo: captioned('Photo'),
	video: captioned('Video'),
	gif: captioned('GIF'),
	round_video: captioned('Video note'),
	voice: captioned('Voice message'),
	audio: captioned('Audio'),
	document: ({ file, text }) => ['Document', text ?? file.name].filter(Boolean).join(': '),
	sticker: captioned('Sticker'),
	album: ({ photos, videos }) =>
		`Album of ${[photos && counted(photos, 'photo'), videos && counted(videos, 'video')].filter(Boolean).join(' and ')}`,
	location: ({ live, name }) => texted(live ? 'Live location' : 'Location')({ text: name ?? '' }),
	contacts: ({ contacts }) =>
		contacts.length === 1 ? `Contact: ${contacts[0]!.name}` : counted(contacts.length, 'contact'),
	poll: texted('Poll'),
	event: texted('Event'),
	buttons: chosen,
	list: chosen,
	native_flow: chosen,
	template: chosen,
	carousel: ({ text, cards }) => text || counted(cards.length, 'card'),
	product: texted('Product'),
	order: texted('Order'),
	payment: texted('Payment'),
	invitation: texted('Invitation'),
	system: ({ text }) => text,
	deleted: ({ text }) => text,
	unreadable: () => 'Could not be decrypted',
	other: ({ name, text }) => text ?? `Kind ${name}`,
}

/** What a bubble says, in a line. */
export function summaryOf(content: Content): string {
	return (lines[content.kind] as (content: Content) => string)(content)
}
