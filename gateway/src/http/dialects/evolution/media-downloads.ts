import { z } from '@hono/zod-openapi'
import { GatewayError, isGatewayError } from '../../../errors.ts'
import { Upload } from '../../../messages/media-source.ts'
import type { OpenedFile } from '../../../session/media/message-files.ts'
import type { Session } from '../../../session/session.ts'
import { base64FileResponse } from '../../file-response.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import type { LooseJson } from '../loose-json.ts'
import { withBytes } from './bytes.ts'
import { contentOf } from './content.ts'
import { refused } from './errors.ts'
import { flag } from './fields.ts'
import { sessionOf } from './session.ts'

const given = z
	.looseObject({
		key: z.looseObject({ id: z.string().min(1) }),
		message: z.looseObject({}).nullish(),
	})
	.meta({ description: 'The key of a message, or a whole one, which need not be kept' })

/** `POST /chat/getBase64FromMediaMessage/{instance}`. */
export const mediaDownloads = (services: Services): Endpoint =>
	endpoint({
		method: 'post',
		path: '/chat/getBase64FromMediaMessage/{instance}',
		summary: 'Get the file of a message in base64',
		body: z.object({
			message: given,
			convertToMp4: flag.optional().meta({ description: 'Whether audio becomes `audio/mp4`' }),
		}),
		response: z.looseObject({ mediaType: z.string(), mimetype: z.string(), base64: z.string() }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			const { file, mediaType, facts } = await found(session, call.body.message)
			const isConverted = call.body.convertToMp4 && mediaType === 'audioMessage'
			const wanted = isConverted ? await asM4a(session, file) : file
			const { filename: fileName, mimetype, size } = wanted
			const { height, width, caption } = facts
			const answer = (base64: string) => ({
				...{ mediaType, fileName, ...(caption && { caption }) },
				size: { fileLength: size, height, width },
				...{ mimetype, base64, buffer: null },
			})
			return base64FileResponse(wanted, answer, 201)
		},
	})

type Found = { file: OpenedFile; mediaType: string; facts: LooseJson }

/** The file of a message that is kept, and otherwise of the one that is given. @throws GatewayError as Evolution does */
async function found(session: Session, { key, message }: z.output<typeof given>): Promise<Found> {
	const { id } = key
	const { messages } = await session.history.find({ id }, { skip: 0, size: 1 })
	const [kept] = messages
	const whole = kept?.raw ?? (withBytes(message ?? {}) as LooseJson)
	if (!kept && !Object.keys(whole).length) throw refused('Message not found')
	const opening = kept
		? session.files.open(id)
		: session.files.openGiven(id, whole, 'message.message')
	const file = await opening.catch((error: unknown) => {
		throw isGatewayError(error, 'no_media') ? notOfMedia() : error
	})
	const { message: content, messageType: mediaType } = shownContent(whole)
	return { file, mediaType, facts: content[mediaType] ?? {} }
}

const onceOnly = ['viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension']

/** What is shown, also of a message that is to be viewed once. */
function shownContent(whole: LooseJson) {
	const content = contentOf(whole)
	const inner = onceOnly.map((name) => content.message[name]?.message).find((each) => each)
	return inner ? contentOf(inner) : content
}

const notOfMedia = (): GatewayError => refused('The message is not of the media type')

type SentFile = Omit<OpenedFile, 'sha256'>

async function asM4a(session: Session, file: OpenedFile): Promise<SentFile> {
	try {
		const { path, size, sha256 } = file
		const source = new Upload(path, { size, sha256 })
		const { mimetype, ...made } = await session.convert(source, 'm4a', 'convertToMp4')
		const filename = file.filename.replace(/(\.\w+)?$/, '.m4a')
		return { path: made.path, size: made.size, dispose: made.dispose, mimetype, filename }
	} finally {
		await file.dispose()
	}
}
