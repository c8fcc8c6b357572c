import { isGatewayError } from '../../../../errors.ts'
import { fileHeadResponse, fileResponse } from '../../../file-response.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { fileGone } from '../errors.ts'
import { bareIdOf } from '../message-id.ts'
import { sessionOf } from '../session.ts'

/** The file of a message, as its address names it: by the id, and an ending that says what it is. */
export const fileDownload = (services: Services): Endpoint =>
	endpoint({
		method: 'get',
		path: '/api/files/{session}/{file}',
		summary: 'Download the file of a message',
		action: 'media',
		response: 'empty',
		bytes: 'application/octet-stream',
		async run(call) {
			const { files } = sessionOf(services, call)
			const id = bareIdOf(call.param('file').replace(/\.\w+$/, ''))
			try {
				return call.c.req.method === 'HEAD'
					? fileHeadResponse(await files.describeFile(id), 'binary')
					: fileResponse(await files.open(id), 'binary')
			} catch (error) {
				throw isGone(error) ? fileGone() : error
			}
		},
	})

const gone = ['message_not_found', 'no_media', 'media_gone', 'phone_silent'] as const

const isGone = (error: unknown): boolean => gone.some((code) => isGatewayError(error, code))
