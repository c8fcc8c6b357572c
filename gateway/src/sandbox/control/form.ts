import type { Context } from 'hono'
import { mediaTypes } from '../phone/media-message.ts'
import { ControlError } from './context.ts'
import { toVoiceNote } from './voice-note.ts'

export const isForm = (c: Context): boolean =>
	c.req.header('content-type')?.startsWith('multipart/form-data') ?? false

/**
 * The fields of a form as those of JSON: a file under the name of its kind (`image`, `audio`, …). A recording of a
 * browser (webm) becomes ogg, which phones play as a voice note.
 */
export async function formFields(c: Context, ffmpeg: string): Promise<Record<string, unknown>> {
	const form = await c.req.formData().catch((cause) => {
		throw new ControlError(400, `The form cannot be read: ${(cause as Error).message}`)
	})
	const fields: Record<string, unknown> = {}
	for (const [name, value] of form) {
		if (typeof value === 'string') fields[name] = name === 'ptt' ? value === 'true' : value
		else Object.assign(fields, await fileFields(name, value, ffmpeg))
	}
	return fields
}

async function fileFields(name: string, file: File, ffmpeg: string) {
	if (!mediaTypes.includes(name as never))
		throw new ControlError(400, `Send the file as one of: ${mediaTypes.join(', ')}.`)
	const bytes = Buffer.from(await file.arrayBuffer())
	const isRecording = name === 'audio' && /^(audio|video)\/webm/.test(file.type)
	const data = isRecording ? await toVoiceNote(bytes, ffmpeg) : bytes
	const mimetype = isRecording ? 'audio/ogg; codecs=opus' : file.type || 'application/octet-stream'
	const isNamed = name === 'document' && file.name
	return {
		[name]: { data: data.toString('base64'), mimetype },
		...(isNamed && { filename: file.name }),
	}
}
