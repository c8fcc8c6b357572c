/** Who sees or may do something. */
type Category = {
	/** WhatsApp's own name of it. */
	name: string
	/** What it can be. WhatsApp keeps any word, and does not say that it means nothing. */
	values: readonly [string, ...string[]]
	title: string
	description: string
}

const AUDIENCE = ['all', 'contacts', 'contact_blacklist', 'none'] as const

/** The privacy settings of an account, by the names that WA-RS gives them. */
export const privacyCategories = {
	last: {
		name: 'last',
		values: AUDIENCE,
		title: 'Last Seen',
		description: 'Who sees when the account was last online',
	},
	online: {
		name: 'online',
		values: ['all', 'match_last_seen'],
		title: 'Online',
		description: 'Who sees that the account is online',
	},
	profile: {
		name: 'profile',
		values: AUDIENCE,
		title: 'Picture',
		description: 'Who sees the picture',
	},
	status: {
		name: 'status',
		values: AUDIENCE,
		title: 'About',
		description: 'Who sees the about text',
	},
	read_receipts: {
		name: 'readreceipts',
		values: ['all', 'none'],
		title: 'Read Receipts',
		description: 'Whether others see that their messages were read, and the account theirs',
	},
	group_add: {
		name: 'groupadd',
		values: AUDIENCE,
		title: 'Add to Groups',
		description: 'Who may add the account to groups',
	},
	call_add: {
		name: 'calladd',
		values: ['all', 'known'],
		title: 'Calls',
		description: 'Whose calls ring',
	},
	messages: {
		name: 'messages',
		values: ['all', 'contacts'],
		title: 'Messages',
		description: 'Who may write first',
	},
} as const satisfies Record<string, Category>

export type PrivacyCategory = keyof typeof privacyCategories

export const categoryNames = Object.keys(privacyCategories) as PrivacyCategory[]

/** Our name of a category of WhatsApp's; that itself if it has no other. */
export const categoryOf = (name: string): string =>
	categoryNames.find((category) => privacyCategories[category].name === name) ?? name
