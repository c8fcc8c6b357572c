import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../../support/wait.ts'
import { openPeopleWorld } from './support/people-world.ts'

const NOBODY = '4930000000001'

type Named = { lid: string; jid: string }

test('people are found, looked up and blocked', async (t) => {
	const world = await openPeopleWorld(t)
	const { ada, owner, sandbox, ask, does, hears, isRefused } = world
	const carl = sandbox.phone('491700000003', { name: 'Carl', addressing: 'lid' })
	const pn = `${ada.account.phone}@s.whatsapp.net`
	const lid = `${ada.account.lid}@lid`
	for (const phone of [ada, carl]) {
		const id = await phone.says('hello', { to: owner })
		await hears('message.received', ({ message_id }) => message_id === id)
	}

	await t.test('the names that are known make a list', async () => {
		const { contacts, total, limit, offset } = await does('GET', 'contacts')
		assert.deepEqual([total, limit, offset], [contacts.length, 100, 0])
		const found = contacts.find(({ jid }: any) => jid === pn)
		const { updated_at, ...known } = found
		assert.ok(Date.parse(updated_at))
		assert.deepEqual(known, {
			jid: pn,
			phone: ada.account.phone,
			lid_jid: lid,
			full_name: null,
			first_name: null,
			push_name: 'Ada',
			business_name: null,
			username: null,
			source: 'message',
		})
		for (const q of ['ada', ada.account.phone, '+49 1700000-002', ada.account.lid]) {
			const page = await does('GET', `contacts?q=${encodeURIComponent(q)}&limit=1`)
			assert.deepEqual(
				page.contacts.map(({ jid }: any) => jid),
				[pn],
				q,
			)
		}
		assert.equal((await does('GET', 'contacts?saved=true')).total, 0)
		for (const jid of [pn, lid, ada.account.phone])
			assert.deepEqual(await does('GET', `contacts/${jid}`), { ...found, is_blocked: false })
	})

	await t.test('a LID leads to the phone number and back', async () => {
		const pair = { lid, phone: ada.account.phone, jid: pn }
		for (const form of [lid, ada.account.lid])
			assert.deepEqual(await does('GET', `contacts/lids/${form}`), pair)
		assert.deepEqual(await does('GET', `contacts/lids/phone/${ada.account.phone}`), pair)
		const { lids, total } = await does('GET', 'contacts/lids')
		assert.equal(total, lids.length)
		assert.ok(lids.some((known: any) => known.lid === lid && known.phone === ada.account.phone))
		const unknown = await does('GET', 'contacts/lids/999999999999999')
		assert.deepEqual(unknown, { lid: '999999999999999@lid', phone: null, jid: null })

		const dora = sandbox.phone('491700000004', { name: 'Dora' })
		const asked = await does('GET', `contacts/lids/phone/${dora.account.phone}`)
		assert.equal(asked.lid, `${dora.account.lid}@lid`)
		assert.equal((await does('GET', `contacts/lids/phone/${NOBODY}`)).lid, null)
	})

	await t.test('WhatsApp tells of people what they show', async () => {
		ada.profile.setsAbout('At the lake')
		ada.profile.setsPicture(Buffer.from('ffd8ffe0', 'hex'))
		const picture_id = ada.account.picture!.id
		const facts = { is_business: false, verified_name: null }
		const hers = { ...facts, jid: pn, lid, status: 'At the lake', picture_id }
		assert.deepEqual(
			await does('POST', 'contacts/info', { phones: [`+${ada.account.phone}`, NOBODY] }),
			{
				contacts: [
					{ ...hers, is_registered: true },
					{ ...facts, jid: null, lid: null, is_registered: false, status: null, picture_id: null },
				],
			},
		)
		assert.deepEqual(await does('POST', 'contacts/users', { jids: [pn, lid] }), {
			users: [hers, hers].map((facts) => ({ ...facts, is_registered: null })),
		})
		assert.deepEqual(await does('POST', 'contacts/info', { jid: lid }), {
			jid: pn,
			name: null,
			notify: 'Ada',
			verified_name: null,
		})
		const { about, hidden, set_at } = await does('GET', `contacts/${lid}/about`)
		assert.deepEqual([about, hidden], ['At the lake', false])
		assert.ok(Math.abs(Date.parse(set_at) - Date.now()) < 60_000)
		assert.deepEqual(await does('GET', `contacts/${carl.account.phone}/about`), {
			about: null,
			set_at: null,
			hidden: true,
		})
		const shown = await does('GET', `contacts/${pn}/picture?preview=true`)
		assert.deepEqual([shown.id, shown.picture_id], [picture_id, picture_id])
		assert.match(shown.url, /^https:/)
		const nothing = { url: null, id: null, picture_id: null, direct_path: null }
		assert.deepEqual(await does('GET', `contacts/${carl.account.phone}/picture`), nothing)
		ada.choosesPrivacy('profile', 'none')
		assert.deepEqual(await does('GET', `contacts/${lid}/picture`), nothing)
	})

	await t.test('a blocked person is on the list until unblocked, on all devices', async () => {
		const hers = await does('GET', `contacts/${pn}`)
		const isBlocked = async (wanted: boolean) => {
			assert.deepEqual(await does('GET', `blocking/check/${lid}`), {
				jid: pn,
				blocked: wanted,
				is_blocked: wanted,
			})
			assert.equal((await does('GET', `contacts/${pn}`)).is_blocked, wanted)
			const { blocked, count, contacts } = await does('GET', 'blocking/list')
			assert.deepEqual(blocked, wanted ? [pn] : [])
			assert.equal(count, contacts.length)
		}
		await isBlocked(hers.is_blocked)
		for (const [verb, wanted] of [
			['block', true],
			['block', true],
			['unblock', false],
		] as const) {
			const answer = await does('POST', `blocking/${verb}`, { jid: wanted ? pn : lid })
			assert.deepEqual(answer, { success: true, message: `Contact ${verb}ed` })
			assert.deepEqual(owner.account.blocked, wanted ? [ada.account.phone] : [])
			const told = await hears('contact.blocked', ({ blocked }) => blocked === wanted)
			assert.equal(told.contact.id, pn)
			await isBlocked(wanted)
		}
		owner.profile.blocks(carl)
		await hears('contact.blocked', ({ contact }) => contact.phone === carl.account.phone)
		const { blocked } = await does('GET', 'blocking/list')
		assert.deepEqual(blocked, [`${carl.account.phone}@s.whatsapp.net`])
		await does('POST', 'blocking/unblock', { jid: `${carl.account.lid}@lid` })
		assert.deepEqual(owner.account.blocked, [])
	})

	await t.test(
		'contacts are saved, renamed and removed, on all devices of the account',
		async () => {
			await until(
				'the phone has shared its keys',
				async () => (await ask('PUT', `contacts/${pn}`, { full_name: 'First' })).status === 200,
			)
			const onPhone = async () =>
				(await owner.addressBook.all()).find(({ contact }) => contact === pn)
			const isTold = (saved_name: string | null, first_name: string | null) =>
				hears(
					'contact.updated',
					(told) => told.saved_name === saved_name && (told.first_name ?? null) === first_name,
				)
			const both = { full_name: 'Ada Lovelace', first_name: 'Ada' }
			for (const [form, { save_on_phone = true, ...names }] of [
				[lid, both],
				[ada.account.phone, { full_name: 'Countess', save_on_phone: false }],
			] as [string, { full_name: string; first_name?: string; save_on_phone?: boolean }][]) {
				const first_name = names.first_name ?? null
				const shown = await does('PUT', `contacts/${form}`, { ...names, save_on_phone })
				assert.deepEqual(
					[shown.jid, shown.full_name, shown.first_name, shown.source],
					[pn, names.full_name, first_name, 'address_book'],
				)
				const saved = { contact: pn, full_name: names.full_name, first_name, lid }
				assert.deepEqual(await onPhone(), { ...saved, on_phone: save_on_phone })
				await isTold(names.full_name, first_name)
				assert.equal(
					(await does('GET', 'contacts?saved=true&q=lovelace')).total,
					first_name ? 1 : 0,
				)
			}
			// Again after the removal: the phone checks what each change makes of the whole.
			for (let n = 0; n < 2; n++) {
				await does('DELETE', `contacts/${lid}`)
				assert.equal(await onPhone(), undefined)
				assert.equal((await does('GET', `contacts/${pn}`)).full_name, null)
				await does('PUT', `contacts/${pn}`, both)
				assert.equal((await onPhone())?.full_name, both.full_name)
			}
			await isTold(null, null)
		},
	)

	await t.test('contacts that the phone saves and removes are told', async () => {
		const dora = sandbox.phone('491700000004', { name: 'Dora' })
		const told = (saved_name: string | null) =>
			hears(
				'contact.updated',
				(each) => each.contact.phone === dora.account.phone && each.saved_name === saved_name,
			)
		const shown = async () => (await does('GET', `contacts/${dora.account.lid}@lid`)).full_name
		await owner.addressBook.saves(dora, { fullName: 'Dora D.', firstName: 'Dora' })
		const { contact, first_name } = await told('Dora D.')
		assert.deepEqual([contact.lid, first_name], [`${dora.account.lid}@lid`, 'Dora'])
		assert.equal(await shown(), 'Dora D.')
		await owner.addressBook.saves(dora, { fullName: 'Dora E.' })
		assert.equal((await told('Dora E.')).first_name, null)
		await owner.addressBook.removes(dora)
		await told(null)
		assert.equal(await shown(), null)
	})

	await t.test('groups with a contact are those that both are in', async () => {
		const both = ada.createsGroup('Both', [owner, carl])
		const other = ada.createsGroup('And Carl', [owner, carl])
		ada.createsGroup('Not the account', [carl])
		carl.createsGroup('Not she', [owner])
		const groupsOf = async (form: string) =>
			(await does('GET', `contacts/${form}/groups`)).groups.map(({ jid }: any) => jid)
		await until('the list is new', async () => (await groupsOf(pn)).length === 2)
		for (const form of [pn, lid]) assert.deepEqual(await groupsOf(form), [other, both])
		assert.deepEqual(await groupsOf(NOBODY), [])
	})

	await t.test('messages are reported as spam', async () => {
		const group = ada.createsGroup('Prizes', [owner])
		const [alone, inGroup] = [
			await ada.says('win', { to: owner }),
			await ada.says('win', { to: group }),
		]
		for (const id of [alone, inGroup])
			await hears('message.received', ({ message_id }) => message_id === id)
		const t = 1_795_255_200
		for (const [body, reported] of [
			[{ message_id: alone }, { from: pn, participant: null, flow: 'MessageMenu' }],
			[
				{ message_id: inGroup, spam_flow: 'group_info_report' },
				{ from: group, flow: 'GroupInfoReport' },
			],
			[
				{ message_id: '3EB0FF', message_timestamp: t, from_jid: lid, media_type: 'image' },
				{ from: lid, participant: null, at: t },
			],
			[
				{
					message_id: '3EB0FF',
					message_timestamp: t,
					group_jid: group,
					participant_jid: pn,
					group_subject: 'P',
				},
				{ from: group, participant: pn },
			],
		] as const) {
			const { success, report_id } = await does('POST', 'spam/report', body)
			const report = owner.account.reports!.at(-1)!
			assert.deepEqual([success, report_id], [true, report.id])
			assert.partialDeepStrictEqual(report, { message_id: body.message_id, ...reported })
			assert.ok(report.at > 1_700_000_000)
		}
		const own = (await does('POST', 'messages/text', { to: pn, text: 'ours' })).message_id
		const place = { message_timestamp: t, group_jid: group }
		await isRefused([
			['POST', 'spam/report', { message_id: own }, 400, 'message_id'],
			['POST', 'spam/report', { message_id: '3EB0FF' }, 404, 'from_jid'],
			['POST', 'spam/report', { message_id: '3EB0FF', from_jid: pn }, 404, 'message_timestamp'],
			['POST', 'spam/report', { message_id: '3EB0FF', ...place }, 404, 'participant_jid'],
			['POST', 'spam/report', { message_id: alone, spam_flow: 'mood' }, 400, 'spam_flow'],
			['POST', 'spam/report', { message_id: alone, group_jid: pn }, 400, 'group_jid'],
		])
	})

	await t.test('a LID leads to the number that a group tells', async () => {
		const people = ['491700000021', '491700000022', '491700000023'].map((phone) =>
			sandbox.phone(phone, { name: phone, addressing: 'lid' }),
		)
		owner.createsGroup('Strangers', people, { addressing: 'lid' })
		const [asked, saved, blocked] = people.map(({ account }) => ({
			lid: `${account.lid}@lid`,
			jid: `${account.phone}@s.whatsapp.net`,
		})) as [Named, Named, Named]
		assert.equal((await does('GET', `contacts/lids/${asked.lid}`)).jid, asked.jid)
		const { jid } = await does('PUT', `contacts/${saved.lid}`, { full_name: 'From the group' })
		assert.equal(jid, saved.jid)
		await does('POST', 'blocking/block', { jid: blocked.lid })
		assert.ok((await does('GET', 'blocking/list')).blocked.includes(blocked.jid))
	})

	await t.test('what cannot be done is refused', () =>
		isRefused([
			['PUT', `contacts/${pn}`, { full_name: ' ' }, 400, 'full_name'],
			['PUT', `contacts/${pn}`, {}, 400, 'full_name'],
			['PUT', `contacts/${NOBODY}`, { full_name: 'No' }, 422, 'recipient_not_on_whatsapp'],
			['PUT', 'contacts/999999999999999@lid', { full_name: 'No' }, 409, 'contact_number_unknown'],
			['PUT', 'contacts/120363000000000000@g.us', { full_name: 'No' }, 400, 'jid'],
			['DELETE', `contacts/${NOBODY}`, undefined, 404, 'contact_not_found'],
			['GET', 'contacts/1234@newsletter/groups', undefined, 400, 'jid'],
			['GET', `contacts/${NOBODY}`, undefined, 404, 'contact_not_found'],
			['GET', 'contacts/120363000000000000@g.us', undefined, 400, 'jid'],
			['GET', 'contacts?limit=1001', undefined, 400, 'limit'],
			['GET', 'contacts/lids/phone/x', undefined, 400, 'phone'],
			['POST', 'contacts/info', {}, 400, 'jid'],
			['POST', 'contacts/info', { jid: pn, phones: [ada.account.phone] }, 400, 'jid'],
			['POST', 'contacts/users', { jids: [pn, '1@g.us'] }, 400, 'jids.1'],
			['POST', 'blocking/block', { jid: NOBODY }, 422, 'recipient_not_on_whatsapp'],
			['POST', 'blocking/block', { jid: '999999999999999@lid' }, 409, 'contact_number_unknown'],
			['POST', 'blocking/block', { jid: '120363000000000000@g.us' }, 400, 'jid'],
			['POST', 'blocking/block', { jid: owner.account.phone }, 400, 'jid'],
			['POST', 'blocking/block', { jid: `${owner.account.lid}@lid` }, 400, 'jid'],
			['GET', 'blocking/check/1234@newsletter', undefined, 400, 'jid'],
		]),
	)
})
