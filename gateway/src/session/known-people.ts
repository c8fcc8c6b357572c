import type { SessionDeps } from './session-deps.ts'

/** Whether a person is on WhatsApp for certain: messages were exchanged, or their LID is known. @param phone digits */
export const isKnown = (
	phone: string,
	{ otherName, messages }: Pick<SessionDeps, 'otherName' | 'messages'>,
): boolean =>
	otherName(phone, 'phone') !== undefined || messages.chats.all().has(`${phone}@s.whatsapp.net`)
