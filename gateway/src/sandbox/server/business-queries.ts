import { bytesOf, childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { Account, BusinessProfile } from './model.ts'
import { forbidden, QueryError, type Queries, type Query } from './query.ts'

const TEXTS = ['description', 'address', 'email'] as const

/** A text of a node; undefined if it is empty. */
const textOf = (parent: BinaryNode, tag: string) => bytesOf(parent, tag).toString() || undefined

const readProfile: Query = ({ directory }, _sender, iq) => {
	const asked = childrenOf(childOf(iq, 'business_profile'), 'profile')
	const found = asked.flatMap(({ attrs: { jid = '' } }) => {
		const account = directory.account(jid)
		return account?.business ? profileNode(jid, account.businessProfile ?? {}) : []
	})
	return [node('business_profile', { v: '244' }, found)]
}

function profileNode(jid: string, profile: BusinessProfile): BinaryNode {
	const { websites = [], categories = [], hours, cover } = profile
	const named = categories.map((name, index) => node('category', { id: index + 1 }, bytes(name)))
	return node('profile', { jid }, [
		...TEXTS.flatMap((tag) => (profile[tag] ? node(tag, {}, bytes(profile[tag])) : [])),
		...websites.map((url) => node('website', {}, bytes(url))),
		...(named.length ? [node('categories', {}, named)] : []),
		...(hours ? [hoursNode(hours)] : []),
		...(cover ? [node('cover_photo', { id: cover })] : []),
	])
}

const bytes = (text: string) => Buffer.from(text)

function hoursNode({ timezone, days }: NonNullable<BusinessProfile['hours']>): BinaryNode {
	const configs = days.map(({ day, mode, open, close }) =>
		node('business_hours_config', {
			...{ day_of_week: day, mode, open_time: open, close_time: close },
		}),
	)
	return node('business_hours', { timezone }, configs)
}

/** Changes what is named; an empty value removes it. */
const setProfile: Query = ({ media }, { account }, iq) => {
	if (!account.business) throw forbidden()
	const change = childOf(iq, 'business_profile')!
	const profile = (account.businessProfile ??= {})
	for (const { tag } of childrenOf(change)) if (isText(tag)) profile[tag] = textOf(change, tag)
	const websites = childrenOf(change, 'website')
	if (websites.length)
		profile.websites = websites.flatMap((website) => website.content?.toString() || [])
	const hours = childOf(change, 'business_hours')
	if (hours) profile.hours = hoursIn(hours)
	const cover = childOf(change, 'cover_photo')
	if (cover) profile.cover = coverOf(account, cover.attrs, media.coverToken.bind(media))
}

const isText = (tag: string): tag is (typeof TEXTS)[number] =>
	(TEXTS as readonly string[]).includes(tag)

const hoursIn = (hours: BinaryNode): NonNullable<BusinessProfile['hours']> => ({
	timezone: hours.attrs.timezone ?? '',
	days: childrenOf(hours, 'business_hours_config').map(({ attrs }) => ({
		day: attrs.day_of_week ?? '',
		mode: attrs.mode ?? '',
		...(attrs.open_time && { open: Number(attrs.open_time) }),
		...(attrs.close_time && { close: Number(attrs.close_time) }),
	})),
})

/** The cover photo after a change. @throws QueryError for one that was not uploaded, or is not there */
function coverOf(
	{ phone, businessProfile }: Account,
	{ op, id = '', token, ts = '' }: Record<string, string>,
	tokenOf: (account: string, id: string, ts: string) => string,
): string | undefined {
	if (op === 'delete') {
		if (businessProfile?.cover !== id) throw new QueryError(404, 'item-not-found')
		return undefined
	}
	if (token !== tokenOf(phone, id, ts)) throw new QueryError(406, 'not-acceptable')
	return id
}

/** What businesses tell of themselves. */
export const businessQueries: Queries = {
	'get w:biz business_profile': readProfile,
	'set w:biz business_profile': setProfile,
}
