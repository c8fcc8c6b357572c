import { jidDecode } from '@whiskeysockets/baileys'
import { identityOf, toPersonJid } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'

type Mentioning = { mentions?: string[] | undefined }

/** Whom a message mentions, as its chat names them. */
export type Mentions = {
	/** Jids; undefined if nobody is mentioned. */
	jids: string[] | undefined
	/** The request, with these names in its texts: clients look there for what stands in the jids. */
	named<Input extends object>(input: Input): Input
}

/**
 * Reads the mentions of a request. In the texts a person may stand by either of their names.
 * @param called gives a person's jid in the chat
 * @throws GatewayError invalid_recipient
 */
export function mentionsIn(
	{ mentions }: Mentioning,
	called: (jid: string) => string,
	otherName: SessionDeps['otherName'],
): Mentions {
	const people = mentions?.map((mention, index) => toPersonJid(mention, `mentions.${index}`)) ?? []
	const names = people.map((jid) => {
		const { phone, lid } = identityOf(jid, otherName)
		const either = [phone, lid && userOf(lid)].filter((name) => name).join('|')
		return { either: new RegExp(`@\\+?(${either})(?!\\d)`, 'g'), name: userOf(called(jid)) }
	})
	const renamed = (text: string) =>
		names.reduce((changed, { either, name }) => changed.replaceAll(either, `@${name}`), text)
	return {
		jids: mentions && people.map(called),
		named: (input) => (names.length ? withTexts(input, renamed) : input),
	}
}

const userOf = (jid: string): string => jidDecode(jid)?.user ?? ''

function withTexts<Input extends object>(input: Input, change: (text: string) => string): Input {
	const fields = Object.entries(input).map(([field, value]) => [
		field,
		typeof value === 'string' ? change(value) : value,
	])
	return Object.fromEntries(fields) as Input
}
