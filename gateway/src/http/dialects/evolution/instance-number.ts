import type { Session } from '../../../session/session.ts'
import { DIALECT } from './settings.ts'

/** The digits of a phone number, which may be the id of a person. */
export const digitsOf = (number: string): string =>
	number.replace(/[:@].*$/, '').replaceAll(/\D/g, '')

/** Keeps the number for which an instance was made: it is shown before a phone is linked. */
export const keepNumber = (session: Session, number: string): Promise<unknown> =>
	session.setDialectData(DIALECT, { ...session.dialectData(DIALECT), number: digitsOf(number) })

/** The number of an instance: that of its account, or the one for which it was made. */
export const numberOf = (session: Session): string | null =>
	session.view().me?.phone ?? (session.dialectData(DIALECT).number as string | undefined) ?? null
