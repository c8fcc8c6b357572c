import { z } from '@hono/zod-openapi'
import { GatewayError, isGatewayError } from '../../../errors.ts'
import type { FoundKept } from '../../../session/kept-messages.ts'
import type { Session } from '../../../session/session.ts'
import { base64FileResponse } from '../../file-response.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { notSupported } from '../read.ts'
import { refused } from './errors.ts'
import { flag } from './fields.ts'
import { keptObject } from './kept-message.ts'
import { sessionOf } from './session.ts'

/** `POST /chat/getBase64FromMediaMessage/{instance}`. */
export const mediaDownloads = (services: Services): Endpoint =>
	endpoint({
		method: 'post',
		path: '/chat/getBase64FromMediaMessage/{instance}',
		summary: 'Get the file of a message in base64',
		body: z.object({
			message: z.looseObject({ key: z.looseObject({ id: z.string().min(1) }) }),
			convertToMp4: flag.optional().meta({ description: 'Not supported for audio' }),
		}),
		response: z.looseObject({ mediaType: z.string(), mimetype: z.string(), base64: z.string() }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			const found = await keptWith(session, call.body.message.key.id)
			const { message, messageType: mediaType } = keptObject(session.id, found)
			if (call.body.convertToMp4 && mediaType === 'audioMessage')
				throw notSupported('`convertToMp4`', 'convertToMp4')
			const facts = message[mediaType] ?? {}
			const file = await session.files.open(found.message_id).catch((error: unknown) => {
				throw isGatewayError(error, 'no_media') ? notOfMedia() : error
			})
			const { height, width, caption } = facts
			const { filename: fileName, mimetype, size } = file
			const answer = (base64: string) => ({
				...{ mediaType, fileName, ...(caption && { caption }) },
				size: { fileLength: size, height, width },
				...{ mimetype, base64, buffer: null },
			})
			return base64FileResponse(file, answer, 201)
		},
	})

const notOfMedia = (): GatewayError => refused('The message is not of the media type')

async function keptWith(session: Session, id: string): Promise<FoundKept> {
	const { messages } = await session.history.find({ id }, { skip: 0, size: 1 })
	const [found] = messages
	if (!found) throw refused('Message not found')
	return found
}
