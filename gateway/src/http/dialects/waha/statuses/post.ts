import { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import type { Endpoint, Services } from '../../dialect.ts'
import type { Translation } from '../../send.ts'
import { unprocessable } from '../errors.ts'
import { count, flag, optionalText } from '../fields.ts'
import { fileField, sourceOf } from '../file.ts'
import { ownIdField } from '../sends/common.ts'
import { sendingIn } from '../sends/sending.ts'
import { previewFields } from '../sends/texts.ts'

const path = '/api/{session}/status'

/** As many people as a status may have. */
const MOST_PEOPLE = 5_000

const statusFields = {
	contacts: z
		.array(z.string().min(1))
		.max(MOST_PEOPLE)
		.nullish()
		.meta({ description: 'Who sees it; all known contacts if left out' }),
	id: ownIdField,
}

const color = z
	.string()
	.regex(/^#[0-9a-fA-F]{6}$/, 'must be a color such as #38b42f')
	.default('#38b42f')

/** WhatsApp's phones have others no more: these are shown in the first one. */
const fonts = ['system', 'system_text', 'script']

type Status = { contacts?: string[] | null | undefined; id?: string | undefined }

const withFile = { file: fileField, ...statusFields }

/** Posts of status updates. */
export function statusPosts(services: Services): Endpoint[] {
	const send = sendingIn(services)
	return [
		send({
			path: `${path}/text`,
			summary: 'Post a text as a status',
			body: z.object({
				text: z.string().min(1),
				backgroundColor: color,
				font: count.default(0),
				...previewFields,
				...statusFields,
			}),
			translate: ({ text, backgroundColor: background_color, font, linkPreview, ...to }, session) =>
				posted(session, to, {
					type: 'text',
					fields: {
						text,
						background_color,
						font: fonts[font] ?? fonts[0],
						link_preview: linkPreview,
					},
					names: { background_color: 'backgroundColor', link_preview: 'linkPreview' },
				}),
		}),
		send({
			path: `${path}/image`,
			summary: 'Post an image as a status',
			body: z.object({ ...withFile, caption: optionalText }),
			translate: ({ file, caption, ...to }, session) =>
				posted(session, to, {
					type: 'image',
					fields: { image: sourceOf(file), caption },
					names: { image: 'file' },
				}),
		}),
		send({
			path: `${path}/voice`,
			summary: 'Post a voice note as a status',
			body: z.object({ ...withFile, convert: flag.nullish(), backgroundColor: color }),
			translate: ({ file, ...to }, session) =>
				posted(session, to, {
					type: 'voice',
					fields: { audio: sourceOf(file) },
					names: { audio: 'file' },
				}),
		}),
		send({
			path: `${path}/video`,
			summary: 'Post a video as a status',
			body: z.object({ ...withFile, convert: flag.nullish(), caption: optionalText }),
			translate: ({ file, caption, ...to }, session) =>
				posted(session, to, {
					type: 'video',
					fields: { video: sourceOf(file), caption },
					names: { video: 'file' },
				}),
		}),
	]
}

async function posted(
	session: Session,
	{ contacts, id: messageId }: Status,
	{ type, fields, names }: Translation,
): Promise<Translation> {
	const audience = await audienceOf(session, contacts)
	return {
		type,
		fields: { ...fields, to: 'status@broadcast', audience },
		names: { ...names, audience: 'contacts' },
		messageId,
	}
}

/** Who sees a status: those who are named, else all contacts whose numbers are known. */
export async function audienceOf(
	session: Session,
	contacts: string[] | null | undefined,
): Promise<string[]> {
	if (contacts?.length) return contacts
	const known = await session.people.contacts()
	const people = known.flatMap(({ contact }) => (contact.phone ? contact.id : []))
	if (!people.length) throw unprocessable('No participants to send status')
	return people.slice(0, MOST_PEOPLE)
}
