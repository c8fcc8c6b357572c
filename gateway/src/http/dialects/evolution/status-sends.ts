import { z } from '@hono/zod-openapi'
import { Upload } from '../../../messages/media-source.ts'
import type { Session } from '../../../session/session.ts'
import type { Endpoint, Services } from '../dialect.ts'
import type { Translation } from '../send.ts'
import { refused } from './errors.ts'
import { flag, messageIdField, wholeNumber } from './fields.ts'
import { fileOf, filePart, fileText } from './file-source.ts'
import { recipientsOf } from './recipient.ts'
import type { Sender } from './send.ts'
import { sessionOf } from './session.ts'

const body = z.object({
	type: z.enum(['text', 'image', 'video', 'audio']),
	content: fileText.meta({ description: 'The text; or URL, base64 or data URI of the file' }),
	file: filePart,
	caption: z.string().optional(),
	backgroundColor: z.string().optional(),
	font: wholeNumber().optional().meta({ description: '0 to 5' }),
	allContacts: flag.optional(),
	statusJidList: z.array(z.string()).optional(),
	messageId: messageIdField,
})

type Status = z.output<typeof body>

/** `POST /message/sendStatus/{instance}`: a status update for those who are listed, or for all contacts. */
export const statusSends = (services: Services, { send }: Sender): Endpoint =>
	send({
		path: '/message/sendStatus/{instance}',
		summary: 'Post a status update',
		body,
		async translate(given, call) {
			const { fields, ...rest } = statusOf(given)
			const audience = await audienceOf(sessionOf(services, call), given)
			const { messageId } = given
			return { ...rest, messageId, fields: { ...fields, to: 'status@broadcast', audience } }
		},
	})

/** As many people as a status may have. */
const MOST_PEOPLE = 5_000

async function audienceOf(session: Session, { allContacts, statusJidList = [] }: Status) {
	if (!allContacts) {
		if (!statusJidList.length) throw refused('StatusJidList is required')
		return recipientsOf(session, statusJidList)
	}
	const known = await session.people.contacts()
	if (!known.length) throw refused('Contacts not found')
	return known.slice(0, MOST_PEOPLE).map(({ contact }) => contact.id)
}

function statusOf({ type, content, file, caption, ...look }: Status): Translation {
	if (type === 'text') return { type, fields: textOf(content, look), names }
	if (content === undefined && !file?.length) throw refused('Content is required')
	const fields = { [type]: fileOf(content, file) }
	if (type === 'audio') return { type: 'voice', fields, names }
	return { type, fields: { ...fields, ...(caption && { caption }) }, names }
}

const names = {
	text: 'content',
	image: 'content',
	video: 'content',
	audio: 'content',
	background_color: 'backgroundColor',
}

/** WhatsApp's phones have others no more: these are shown in the first one. */
const fonts = ['system', 'system_text', 'script']

function textOf(
	text: Status['content'],
	{ backgroundColor, font }: Pick<Status, 'backgroundColor' | 'font'>,
) {
	if (text === undefined || text instanceof Upload || !text.trim())
		throw refused('Content is required')
	if (!backgroundColor) throw refused('Background color is required')
	if (font === undefined) throw refused('Font is required')
	if (font < 0 || font > 5) throw refused('Font must be a number from 0 to 5')
	return { text, background_color: backgroundColor, font: fonts[font] ?? fonts[0] }
}
