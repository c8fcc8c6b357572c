import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { messageTypes } from '../../../../gateway/src/messages/index.ts'
import type { Received } from '../../../../gateway/src/sandbox/phone/received.ts'
import type { BubbleKind } from '../../../../gateway/src/sandbox/view/bubble.ts'
import { changeIn, type Change } from '../../../../gateway/src/sandbox/view/changes.ts'
import { describe } from '../../../../gateway/src/sandbox/view/content/index.ts'
import { summaryOf } from '../../../../gateway/src/sandbox/view/summary.ts'
import type { Case } from '../../../integration/messages/support/conversation.ts'
import { receivedCases } from '../../../integration/messages/support/received-cases.ts'

/** What each type of the API is on a phone: the kind of its bubble, or what it does to another one. */
type Shown = BubbleKind | `does ${Change['does']}`

const shown: Record<string, Shown | Shown[]> = {
	album: 'album',
	audio: ['audio', 'voice'],
	buttons: 'buttons',
	'buttons-response': 'text',
	'cancel-payment': 'payment',
	comment: 'text',
	contact: 'contacts',
	contacts: 'contacts',
	'decline-payment': 'payment',
	document: 'document',
	edit: 'does edit',
	event: 'event',
	'event-response': 'does nothing',
	forward: ['text', 'photo'],
	gif: 'gif',
	'group-invite': 'invitation',
	'highly-structured': 'template',
	image: 'photo',
	interactive: 'native_flow',
	'interactive-response': 'text',
	invoice: 'payment',
	keep: 'does keep',
	'limit-sharing': 'system',
	list: 'list',
	'list-response': 'text',
	'live-location': 'location',
	location: 'location',
	'member-tag': 'system',
	'newsletter-admin-invite': 'invitation',
	'newsletter-follower-invite': 'invitation',
	'newsletter-forward': 'text',
	order: 'order',
	'payment-invite': 'invitation',
	pin: 'does pin',
	poll: 'poll',
	'poll-update': 'does nothing',
	product: 'product',
	react: 'does react',
	'request-payment': 'payment',
	'request-phone-number': 'system',
	revoke: 'does delete',
	'scheduled-call': 'invitation',
	'scheduled-call-edit': 'system',
	'send-payment': 'payment',
	'share-phone-number': 'system',
	sticker: 'sticker',
	'template-button-reply': 'text',
	text: 'text',
	video: 'video',
	'video-note': 'round_video',
	'view-once': ['photo', 'video', 'voice'],
	voice: 'voice',
}

const entry = (message: proto.IMessage): Received => ({
	...{ id: 'A', chat: '1@s.whatsapp.net', from: '1@s.whatsapp.net', fromMe: false },
	...{ timestamp: 1, copies: 1, seq: 1, message },
})

function kindOf(message: proto.IMessage): string | undefined {
	const change = changeIn(entry(message))
	return change ? `does ${change.does}` : describe(message)?.kind
}

const encoded = (said: object) =>
	proto.Message.decode(proto.Message.encode(proto.Message.fromObject(said)).finish())

test('every type of message has a place on a phone', async (t) => {
	for (const { type } of messageTypes) {
		const path = join(import.meta.dirname, '../../../integration/messages/cases', `${type}.ts`)
		const { cases } = (await import(path)) as { cases: Case[] }
		for (const [index, { arrives, receive }] of cases.entries())
			for (const message of [arrives, receive])
				if (message)
					await t.test(`${type} ${index}`, () => {
						const kind = kindOf(encoded(message))
						const wanted = [shown[type] ?? assert.fail(`say what a phone shows of ${type}`)].flat()
						assert.ok(wanted.includes(kind as Shown), `${kind}`)
					})
	}
})

test('what is only received is a bubble with a line for the list of chats', async (t) => {
	for (const { what, receive } of receivedCases)
		await t.test(what, () => {
			const content = describe(encoded(receive))
			assert.ok(content)
			assert.ok(summaryOf(content), JSON.stringify(content))
		})
})
