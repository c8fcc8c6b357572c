import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import sharp from 'sharp'
import type { WorkflowDraft } from '../../../support/n8n.ts'
import { startRecorder, type RecordedFile } from '../../../support/recorder.ts'
import { withParameters } from '../support/asking.ts'
import { ANNA, SHOP, type Shop } from './shop.ts'

const size = { width: 64, height: 64, channels: 3, background: 'blue' } as const
const picture = () => sharp({ create: size }).png().toBuffer()

export function files(shop: () => Shop) {
	/** The example writes into a folder that is there on this machine. */
	function writingHere(draft: WorkflowDraft): WorkflowDraft {
		const write = draft.nodes.find(({ name }) => name === 'Write to disk')
		const fileName = String(write!.parameters.fileName)
		const here = fileName.replace('/home/node/.n8n-files', shop().folder)
		assert.notEqual(here, fileName)
		return withParameters(draft, 'Write to disk', { fileName: here })
	}

	const saved = (message: string) => {
		const [name = '', ...more] = readdirSync(shop().folder).filter((file) =>
			file.startsWith(message),
		)
		assert.deepEqual(more, [])
		return readFileSync(join(shop().folder, name))
	}

	it('save the files of messages, whatever their names, and react to them', async () => {
		const { starts, gateway, sends } = shop()
		await starts('save-media', writingHere)
		const since = await gateway.newest(ANNA)
		const bytes = await picture()
		const data = bytes.toString('base64')
		await gateway.says(ANNA, SHOP, 'no file')
		const filename = '../../plan.png'
		await sends(ANNA, { to: SHOP, document: { data, mimetype: 'image/png' }, filename })
		const tick = await gateway.receives(ANNA, since)
		assert.equal(tick.message.reactionMessage?.text, '✅')
		assert.ok(bytes.equals(saved(tick.message.reactionMessage.key.id)))
	})

	it('save files, and answer voice messages with their text', async () => {
		const { starts, gateway, sends, keeps } = shop()
		const server = await startRecorder(() => ({
			status: 200,
			body: { text: 'Please call me back' },
		}))
		const url = `${server.url}/v1/audio/transcriptions`
		await starts('transcribe-voice', (draft) =>
			withParameters(writingHere(draft), 'Transcribe', { url }),
		)
		const since = await gateway.newest(ANNA)
		const bytes = await picture()
		const data = bytes.toString('base64')
		await sends(ANNA, { to: SHOP, image: { data, mimetype: 'image/png' } })
		await keeps('whatsapp_files', [{ sender: 'Anna', mimetype: 'image/png', transcript: null }])
		const voice = Buffer.from('the bytes of a voice message')
		const audio = { data: voice.toString('base64'), mimetype: 'audio/ogg; codecs=opus' }
		await sends(ANNA, { to: SHOP, audio, ptt: true })
		const answer = await gateway.receives(ANNA, since)
		assert.equal(answer.text, 'Please call me back')
		const spoken = answer.message.extendedTextMessage.contextInfo.stanzaId
		assert.ok(voice.equals(saved(spoken)))
		const [request] = server.requests
		const form = request!.body as { file: RecordedFile; model: string }
		assert.ok(voice.equals(form.file.bytes))
		assert.equal(form.model, 'whisper-1')
		await keeps('whatsapp_files', [
			{ transcript: null },
			{ message_id: spoken, transcript: 'Please call me back' },
		])
		await server.stop()
	})
}
