import type { Change } from '../../../storage/driver.ts'
import type { Identity } from '../../../events/identity.ts'
import type { NotificationMap } from '../../connection/connection.ts'
import type { Effect } from '../../effect.ts'
import type { OptionalFeeds } from '../../subscriptions.ts'
import type { Calls } from '../../state/calls.ts'
import type { Contacts } from '../../state/contacts.ts'
import type { Names } from '../../state/names.ts'
import { identityOf } from '../../identity.ts'
import type { ReceiveDeps } from '../describe-message.ts'

/** The dependencies of a notification's reader. */
export type NotificationDeps = ReceiveDeps & {
	contacts: Contacts
	names: Names
	calls: Calls
	optionalFeeds(): OptionalFeeds
	/** The keys of a person's phone have changed. @param jid of the person @returns the changes to commit */
	keysChanged(jid: string): Change[]
}

/** Reads one of Baileys' events besides messages, or a stanza that Baileys ignores. */
export type NotificationReader<Name extends keyof NotificationMap = keyof NotificationMap> = {
	name: Name
	read(notification: NotificationMap[Name], deps: NotificationDeps): Effect[] | Promise<Effect[]>
}

export function defineNotification<Name extends keyof NotificationMap>(
	name: Name,
	read: NotificationReader<Name>['read'],
): NotificationReader {
	return { name, read } as unknown as NotificationReader
}

/** The identity behind a jid of Baileys; null if it gives none. @param alt the same one's other jid */
export function identityIn(
	jid: string | undefined | null,
	{ otherName }: NotificationDeps,
	alt?: string | undefined | null,
): Identity | null {
	return jid ? identityOf(jid, otherName, { alt }) : null
}
