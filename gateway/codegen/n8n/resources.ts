import type { MessageDefinition } from '../../src/messages/define.ts'

/** A group of operations of the node. */
export type Resource = { name: string; value: string; description: string }

/** In the order in which a type looks for its place; the first whose pattern fits its name has it. */
const places: (Resource & { types: RegExp })[] = [
	{
		name: 'Response',
		value: 'response',
		description: 'Answer buttons, lists, polls and events',
		types: /-(response|reply)$|^poll-(update|vote)|^(event|rsvp)-|^vote$/,
	},
	{
		name: 'Existing Message',
		value: 'messageAction',
		description: 'React to, edit, delete, pin, forward … a message',
		types:
			/^(react|reaction|edit|revoke|delete|pin|unpin|keep|unkeep|star|unstar|forward|read|mark)/,
	},
	{
		name: 'Channel',
		value: 'channel',
		description: 'Channels (newsletters): what they are, their posts, followers and admins',
		types: /^(newsletter|channel)\b/,
	},
	{
		name: 'Status',
		value: 'status',
		description: 'Updates that disappear after a day',
		types: /^status\b/,
	},
	{
		name: 'Payment and Business',
		value: 'business',
		description: 'Products, orders, invoices and payments',
		types: /payment|invoice|order|product|catalog|collection|cart|shop|pix/,
	},
	{
		name: 'Interactive',
		value: 'interactive',
		description: 'Buttons, lists, templates and carousels',
		types: /button|^list$|interactive|template|carousel|highly-structured|^native-flow|^flow/,
	},
	{
		name: 'Call',
		value: 'call',
		description: 'Calls at a later time',
		types: /call/,
	},
	{
		name: 'Group',
		value: 'group',
		description: 'Groups and invitations to them',
		types: /^group\b|^community\b|^member-/,
	},
	{
		name: 'Contact',
		value: 'contact',
		description: 'Contacts and phone numbers',
		types: /^contacts?$|phone-number|vcard/,
	},
	{
		name: 'Chat',
		value: 'chat',
		description: 'Chats and their settings',
		types: /^(limit-sharing|disappearing|chat\b|ephemeral)/,
	},
]

const media: Resource = {
	name: 'Media',
	value: 'media',
	description: 'Images, videos, voice notes, documents and stickers',
}

const message: Resource = {
	name: 'Message',
	value: 'message',
	description: 'Texts, polls, locations, events …',
}

/** Where a type stands: by its name, else with those that need a file, else with those that do not. */
export function resourceOf({ type, media: files }: MessageDefinition): Resource {
	const place = places.find(({ types }) => types.test(type))
	if (place) return { name: place.name, value: place.value, description: place.description }
	return files ? media : message
}

const statusTypes = ['text', 'image', 'video', 'voice']
const channelTypes = ['text', 'image', 'video', 'document', 'poll']

/** What can also be posted as a status or into a channel, where people look for it. */
export const posts = [
	...statusTypes.map((type) => ({ resource: 'status' as const, type })),
	...channelTypes.map((type) => ({ resource: 'channel' as const, type })),
]

/** Those without a message type. */
const others: Resource[] = [
	{
		name: 'Community',
		value: 'community',
		description: 'Communities and the groups in them',
	},
	{ name: 'Label', value: 'label', description: 'Labels of a business account' },
	{ name: 'Profile', value: 'profile', description: 'Name, picture and about of the account' },
	{ name: 'Privacy', value: 'privacy', description: 'Who sees what of the account' },
	{ name: 'Catalog', value: 'catalog', description: 'Products and orders of a business account' },
	{ name: 'Session', value: 'session', description: 'The WhatsApp accounts that are linked' },
]

/** As people look for them: what most send first, what few may send last. */
const shown = [
	...['message', 'media', 'interactive', 'messageAction', 'response', 'chat', 'group', 'contact'],
	...['community', 'channel', 'status', 'label', 'profile', 'privacy', 'session'],
	...['catalog', 'business', 'call'],
]

/** Every resource that generated operations stand in. */
export const resources: Resource[] = [
	message,
	media,
	...places.map(({ name, value, description }) => ({ name, value, description })),
	...others,
].sort((a, b) => shown.indexOf(a.value) - shown.indexOf(b.value))
