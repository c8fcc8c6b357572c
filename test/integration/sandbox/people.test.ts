import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startSandbox } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { controlOf, type Control } from './support/control.ts'

const SHOP = '491700000001'

describe('a person', () => {
	let sandbox: Sandbox
	let control: Control
	let client: BaileysClient

	before(async () => {
		sandbox = await startSandbox({ servesControl: true })
		control = controlOf(sandbox)
		client = await new BaileysClient(sandbox).link(sandbox.phone(SHOP, { name: 'Shop' }))
	})
	after(async () => {
		await client.end()
		await sandbox.close()
	})

	async function add(person: object, status = 201) {
		const answer = await control.post('/phones', person)
		const said = await answer.json()
		assert.equal(answer.status, status, JSON.stringify(said))
		return said as { phone: string; lid: string; name: string; [field: string]: unknown }
	}

	for (const { country, phone, spelled_as } of [
		{ country: 'Brazil', phone: '551187654321', spelled_as: '5511987654321' },
		{ country: 'Mexico', phone: '5215512345678', spelled_as: '525512345678' },
		{
			country: 'Argentina',
			phone: '5491123456789',
			spelled_as: ['541123456789', '54111523456789'],
		},
	])
		test(`in ${country} is found by another spelling and has the number that WhatsApp spells`, async () => {
			await add({ phone, spelled_as })
			const jid = `${phone}@s.whatsapp.net`
			for (const number of [phone, spelled_as].flat())
				assert.deepEqual(await client.socket.onWhatsApp(number), [{ jid, exists: true }])
			const wrong = `${[spelled_as].flat()[0]}@s.whatsapp.net`
			assert.deepEqual(await client.socket.getUSyncDevices([wrong], false, false), [])
			await client.says(jid, `hello ${country}`)
			await sandbox.phone(phone).receives(`hello ${country}`)
		})

	test('cannot be found by the number of somebody else', async () => {
		await add({ phone: '551100000000', spelled_as: SHOP }, 409)
		const { phones } = await control.get('/phones')
		assert.equal(
			phones.some(({ phone }: { phone: string }) => phone === '551100000000'),
			false,
		)
	})

	test('changes from the number to a LID and back, and is the same person in the sandbox', async () => {
		const phone = '4915112340002'
		const { lid } = await add({ phone, name: 'Kim' })
		const from: (string | null | undefined)[] = []
		for (const addressing of ['pn', 'lid', 'pn'] as const) {
			await add({ phone, addressing })
			const text = `as ${from.length} ${addressing}`
			await sandbox.phone(phone).says(text, { to: SHOP })
			from.push((await client.receives(text)).key.remoteJid)
		}
		const jid = `${phone}@s.whatsapp.net`
		assert.deepEqual(from, [jid, `${lid}@lid`, jid])
		const { name } = await add({ phone })
		assert.equal(name, 'Kim')
	})

	test('with a misspelt field is refused', async () => {
		assert.match(
			String((await add({ phone: '4915112340003', spelt_as: '1' }, 400)).detail),
			/spelt/,
		)
	})
})
