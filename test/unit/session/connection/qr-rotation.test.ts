import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { initAuthCreds, type BinaryNode } from '@whiskeysockets/baileys'
import {
	QrExpiredError,
	rotateQrCodes,
} from '../../../../gateway/src/session/connection/qr-rotation.ts'
import { until } from '../../../support/wait.ts'

const browser: [string, string, string] = ['Ubuntu', 'Chrome', '']
const pairDevice: BinaryNode = {
	tag: 'iq',
	attrs: {},
	content: [
		{
			tag: 'pair-device',
			attrs: {},
			content: ['one', 'two'].map((ref) => ({ tag: 'ref', attrs: {}, content: Buffer.from(ref) })),
		},
	],
}

function rotation() {
	const ws = new EventEmitter()
	const ev = new EventEmitter()
	const creds = initAuthCreds()
	const shown: [ref: string, lifetimeMs: number][] = []
	const ended: unknown[] = []
	const stop = rotateQrCodes({
		socket: { ws, ev, end: async (error: unknown) => void ended.push(error) } as never,
		auth: { creds },
		browser,
		show: (qr, lifetimeMs) => shown.push([/#(.*?),/.exec(qr)![1]!, lifetimeMs]),
		lifetimes: { firstMs: 20, nextMs: 10 },
	})
	return {
		ws,
		ev,
		shown,
		ended,
		stop,
		begin: () => ws.emit('CB:iq,type:set,pair-device', pairDevice),
	}
}

test('one QR code follows the other, and after the last one the connection ends', async () => {
	const { shown, ended, begin } = rotation()
	begin()
	assert.deepEqual(shown, [['one', 20]])
	await until('the connection has ended', () => ended.length > 0)
	assert.deepEqual(shown, [
		['one', 20],
		['two', 10],
	])
	assert.ok(ended[0] instanceof QrExpiredError)
})

test('once it is stopped, as a passkey ceremony does, no further QR code comes and nothing ends', (t) => {
	t.mock.timers.enable({ apis: ['setTimeout'] })
	const { shown, ended, begin, stop } = rotation()
	begin()
	stop()
	t.mock.timers.tick(1_000)
	assert.deepEqual([shown.length, ended.length], [1, 0])
})

test('a device that was linked shows no further QR code', (t) => {
	t.mock.timers.enable({ apis: ['setTimeout'] })
	const { shown, ended, begin, ev } = rotation()
	begin()
	ev.emit('connection.update', { isNewLogin: true })
	t.mock.timers.tick(1_000)
	assert.deepEqual([shown.length, ended.length], [1, 0])
})
