import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import { partId } from '../../../gateway/src/session/send/message-id.ts'
import type { MessageDefinition } from '../../../gateway/src/messages/define.ts'
import { messageTypes, readContent } from '../../../gateway/src/messages/index.ts'
import { unwrap } from '../../../gateway/src/messages/wrappers.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver, type Post } from '../../support/gateway/receiver.ts'
import { readableMessage, withId, type Case } from './support/conversation.ts'

const definitions: readonly MessageDefinition[] = messageTypes

const casesOf = async (type: string): Promise<Case[]> => {
	const path = join(import.meta.dirname, 'cases', `${type}.ts`)
	assert.ok(
		existsSync(path),
		`${type} has no cases: write test/integration/messages/cases/${type}.ts`,
	)
	return (await import(path)).cases
}

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await world.gateway.request('POST', '/api/v1/sessions/main/webhooks', {
		url: receiver.url,
		events: ['message.received'],
	})
	return { ...world, receiver }
}

test('every type of message goes out and comes in', async (t) => {
	const { gateway, ada, owner, receiver } = await openWorld(t)

	const isAbout =
		(id: string) =>
		({ event: told }: Post) =>
			told.data.message_id === id
	const written = async (message: proto.IMessage) => {
		const id = await ada.sends(message, { to: owner })
		await receiver.gets(isAbout(id))
		return id
	}
	const arrived = async (id: string) => {
		const { message } = await ada.receives((received) => received.id === id)
		return readableMessage(message!)
	}

	for (const { type, answers = {}, choicesOf } of definitions) {
		const cases = await casesOf(type)
		assert.ok(cases.length > 0, `${type} has no cases`)
		for (const [index, given] of cases.entries()) {
			const { about: before, parts, receive, event, act, read, ...sayings } = given
			await t.test(`${type} ${index} is what the phone decrypts`, async () => {
				const about = before && (await written(before))
				const { send, arrives, means } = withId(sayings, about ?? '')
				const path = `/api/v1/sessions/main/messages/${type}`
				const body = { to: ada.account.phone, ...send }
				const answer = await gateway.request('POST', path, body)
				assert.equal(answer.status, 200, answer.text)
				const more = [...Object.keys(answers), ...(choicesOf ? ['choices'] : [])]
				const sent = ['message_id', 'timestamp', 'to', ...more]
				assert.deepEqual(Object.keys(answer.body), sent)
				const id = answer.body.message_id
				const { message, vote, response } = await ada.receives((received) => received.id === id)
				if (arrives) assert.deepEqual(readableMessage(message!), arrives)
				else
					assert.deepEqual({ vote, response }, { vote: undefined, response: undefined, ...means })
				for (const [place, part] of (parts ?? []).entries()) {
					const { messageContextInfo, ...said } = await arrived(partId(id, place))
					assert.deepEqual(said, part)
					const { parentMessageKey } = (messageContextInfo as any).messageAssociation
					assert.deepEqual(parentMessageKey, { remoteJid: answer.body.to, fromMe: true, id })
				}
			})
			if (act)
				await t.test(`${type} ${index} is read from what a phone does`, async () => {
					const id = await ada.sends(act, { to: owner })
					const { message } = await owner.receives((received) => received.id === id)
					assert.deepEqual(readContent(unwrap(message!).content), read)
				})
			if (!receive) continue
			await t.test(`${type} ${index} from a phone is an event`, async () => {
				const id = await ada.sends(receive, { to: owner })
				const { event: got } = await receiver.gets(isAbout(id))
				const { message_id, chat, sender, from_me, timestamp, reply_to, ...said } = got.data
				assert.deepEqual([chat.phone, sender.name, from_me], [ada.account.phone, 'Ada', false])
				assert.equal(!!said.media?.url, !!said.media)
				delete said.media?.url
				assert.deepEqual(said, event)
			})
		}
	}
})

test('every type has a name and a description, and says as which type it is received', async () => {
	for (const { type, title, description, fromContent } of definitions) {
		assert.match(type, /^[a-z]+(-[a-z]+)*$/)
		assert.ok(title && description.endsWith('.'), type)
		assert.ok(
			fromContent || /get (it as|the original type)/.test(description),
			`${type} is not read`,
		)
	}
})
