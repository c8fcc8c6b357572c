import { jidNormalizedUser, type BaileysEventMap } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import type { Happening } from '../../../events/index.ts'
import type { Change } from '../../../storage/driver.ts'
import type { Asked } from '../../subscriptions.ts'
import type { Contacts } from '../../state/contacts.ts'
import { identityOf } from '../../identity.ts'
import type { Receiver } from '../describe-message.ts'

/** What is known when Baileys tells something. */
export type Hearer = Receiver & {
	contacts: Contacts
	asked(): Asked
}

/** What follows from it: perhaps an event, and what is kept together with it. */
export type Heard = { happening?: Happening | undefined; changes?: Change[] }

/** Something that Baileys tells of besides messages. */
export type Hearing<Name extends keyof BaileysEventMap = keyof BaileysEventMap> = {
	name: Name
	hear(told: BaileysEventMap[Name], hearer: Hearer): Heard[]
}

export function defineHearing<Name extends keyof BaileysEventMap>(
	name: Name,
	hear: Hearing<Name>['hear'],
): Hearing {
	return { name, hear } as unknown as Hearing
}

/** A person or chat by what Baileys calls it; null if it does not say. */
export function who(
	jid: string | undefined | null,
	{ otherName }: Hearer,
	alt?: string | undefined | null,
): Identity | null {
	return jid ? identityOf(jidNormalizedUser(jid), otherName, { alt }) : null
}
