import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BaileysEventMap } from '@whiskeysockets/baileys'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'

let sandbox: Sandbox
let control: Control
let shop: Phone
let ayse: Phone
let bora: Phone
let cem: Phone
/** Linked to the shop, and to Ayşe. */
let client: BaileysClient
let friend: BaileysClient

const linked = (phone: Phone) => new BaileysClient(sandbox).link(phone)
before(async () => {
	sandbox = await startSandbox({ servesControl: true })
	control = controlOf(sandbox)
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	bora = sandbox.phone('905320000003', { name: 'Bora' })
	cem = sandbox.phone('905320000004', { name: 'Cem' })
	;[client, friend] = await Promise.all([linked(shop), linked(ayse)])
})
after(async () => {
	await Promise.all([client.end(), friend.end()])
	await sandbox.close()
})

const pn = ({ account }: Phone) => `${account.phone}@s.whatsapp.net`
const lid = ({ account }: Phone) => `${account.lid}@lid`

/** The next event of this kind that fits, as one client is told it. */
function told<E extends keyof BaileysEventMap>(
	baileys: BaileysClient,
	event: E,
	fits: (data: any) => boolean = () => true,
): Promise<any> {
	return new Promise((resolve) => {
		const look = (data: any) => {
			const found = [data].flat().find(fits)
			if (!found) return
			baileys.socket.ev.off(event, look)
			resolve(found)
		}
		baileys.socket.ev.on(event, look)
	})
}

async function makeGroup(subject: string, ...members: Phone[]): Promise<string> {
	const { id } = await client.socket.groupCreate(subject, members.map(pn))
	return id
}

test('a group that Baileys creates is announced to its members', async () => {
	const news = told(friend, 'groups.upsert')
	const { id, subject, participants } = await client.socket.groupCreate('Tea', [pn(ayse), pn(bora)])
	const { id: toldId, subject: toldSubject, author } = await news
	assert.deepEqual([toldId, toldSubject, author], [id, subject, lid(shop)])
	assert.deepEqual(
		participants.map((each) => [each.id, each.phoneNumber, each.admin]),
		[
			[lid(ayse), pn(ayse), null],
			[lid(bora), pn(bora), null],
			[lid(shop), pn(shop), 'superadmin'],
		],
	)
	await friend.says(id, 'hello group')
	await Promise.all([bora.receives('hello group'), client.receives('hello group')])
	assert.equal((await friend.socket.groupFetchAllParticipating())[id]!.subject, 'Tea')
})

test('subject, description, timer and settings are announced and kept', async () => {
	const id = await makeGroup('Old', ayse)
	const socket = client.socket
	const update = (key: string) =>
		told(friend, 'groups.update', (data) => data.id === id && data[key] !== undefined)
	const changes: [string, unknown, () => Promise<unknown>][] = [
		['subject', 'New', () => socket.groupUpdateSubject(id, 'New')],
		['desc', 'All about tea', () => socket.groupUpdateDescription(id, 'All about tea')],
		['announce', true, () => socket.groupSettingUpdate(id, 'announcement')],
		['restrict', true, () => socket.groupSettingUpdate(id, 'locked')],
		['memberAddMode', true, () => socket.groupMemberAddMode(id, 'all_member_add')],
		['joinApprovalMode', true, () => socket.groupJoinApprovalMode(id, 'on')],
	]
	for (const [key, value, change] of changes) {
		const news = update(key)
		await change()
		assert.equal((await news)[key], value, key)
	}
	await socket.groupToggleEphemeral(id, 86_400)
	const metadata = await friend.socket.groupMetadata(id)
	for (const [key, value] of changes)
		assert.equal((metadata as unknown as Record<string, unknown>)[key], value, key)
	assert.equal(metadata.ephemeralDuration, 86_400)
	await socket.groupUpdateDescription(id, 'More about tea')
	assert.equal((await socket.groupMetadata(id)).desc, 'More about tea')
})

test('members are added, promoted, demoted and removed, each with their outcome', async () => {
	const id = await makeGroup('Members', ayse)
	const stranger = '4915112345678@s.whatsapp.net'
	const outcomes = async (people: string[], change: 'add' | 'remove' | 'promote' | 'demote') => {
		const news = told(friend, 'group-participants.update', ({ action }) => action === change)
		const answers = await client.socket.groupParticipantsUpdate(id, people, change)
		const { participants, author } = await news
		assert.equal(author, lid(shop))
		return [answers.map(({ status }) => status), participants.map((each: any) => each.phoneNumber)]
	}
	assert.deepEqual(await outcomes([pn(bora), pn(ayse), stranger], 'add'), [
		['200', '409', '404'],
		[pn(bora)],
	])
	assert.deepEqual(await outcomes([pn(ayse)], 'promote'), [['200'], [pn(ayse)]])
	assert.deepEqual(await outcomes([pn(ayse)], 'demote'), [['200'], [pn(ayse)]])
	assert.deepEqual(await outcomes([pn(bora), pn(cem)], 'remove'), [['200', '404'], [pn(bora)]])
})

test('only admins change members and settings, and only they write where that is set', async () => {
	const id = await makeGroup('Mine', ayse)
	await assert.rejects(friend.socket.groupParticipantsUpdate(id, [pn(bora)], 'add'), /forbidden/)
	await assert.rejects(friend.socket.groupSettingUpdate(id, 'announcement'), /forbidden/)
	await friend.socket.groupUpdateSubject(id, 'Ours')
	await client.socket.groupSettingUpdate(id, 'locked')
	await assert.rejects(friend.socket.groupUpdateSubject(id, 'Theirs'), /forbidden/)
	await client.socket.groupSettingUpdate(id, 'announcement')
	const refused = await friend.says(id, 'may I?')
	await sandbox.whatsapp.log.waitFor(
		({ stanza: { tag, attrs } }) => tag === 'ack' && attrs.id === refused && attrs.error === '403',
	)
	await client.says(id, 'I may')
	await ayse.receives('I may')
})

test('a member who leaves may come back by the invite link', async () => {
	const id = await makeGroup('Doors', ayse)
	const left = told(client, 'group-participants.update', ({ action }) => action === 'remove')
	await friend.socket.groupLeave(id)
	assert.equal((await left).participants[0].id, lid(ayse))
	await assert.rejects(friend.socket.groupMetadata(id), /forbidden/)

	const code = (await client.socket.groupInviteCode(id))!
	assert.equal((await friend.socket.groupGetInviteInfo(code)).subject, 'Doors')
	const joined = told(client, 'group-participants.update', ({ action }) => action === 'add')
	assert.equal(await friend.socket.groupAcceptInvite(code), id)
	assert.equal((await joined).participants[0].id, lid(ayse))

	const renewed = await client.socket.groupRevokeInvite(id)
	assert.notEqual(renewed, code)
	assert.throws(() => bora.groups.joins(code), /410/)
	bora.groups.joins(renewed!)
})

test('admins approve or reject join requests', async () => {
	const id = await makeGroup('Closed', ayse)
	await client.socket.groupJoinApprovalMode(id, 'on')
	const code = (await client.socket.groupInviteCode(id))!
	const asked = told(
		client,
		'group.join-request',
		({ participantPn }) => participantPn === pn(bora),
	)
	bora.groups.joins(code)
	cem.groups.joins(code)
	assert.equal((await asked).action, 'created')
	const waiting = await client.socket.groupRequestParticipantsList(id)
	assert.deepEqual(
		waiting.map(({ phone_number }) => phone_number),
		[pn(bora), pn(cem)],
	)
	await client.socket.groupRequestParticipantsUpdate(id, [pn(cem)], 'reject')
	const [approved] = (await client.socket.groupRequestParticipantsUpdate(
		id,
		[lid(bora)],
		'approve',
	)) as { status: string }[]
	assert.equal(approved!.status, '200')
	const { participants } = await client.socket.groupMetadata(id)
	assert.deepEqual(
		participants.map(({ phoneNumber }) => phoneNumber).sort(),
		[pn(shop), pn(ayse), pn(bora)].sort(),
	)
})

test('a person who cannot be added can be invited, and accepts', async () => {
	const id = await makeGroup('Invited', bora)
	ayse.choosesPrivacy('groupadd', 'none')
	const [answer] = await client.socket.groupParticipantsUpdate(id, [pn(ayse)], 'add')
	assert.equal(answer!.status, '403')
	const request = (answer!.content.content as { attrs: Record<string, string> }[])[0]!
	const invite = {
		groupJid: id,
		inviteCode: request.attrs.code!,
		inviteExpiration: Number(request.attrs.expiration),
	}
	assert.equal(await friend.socket.groupAcceptInviteV4(pn(shop), invite), id)
	assert.equal((await friend.socket.groupMetadata(id)).subject, 'Invited')
	ayse.choosesPrivacy('groupadd', 'all')
})

test('a removed member cannot read what comes after', async () => {
	const id = ayse.createsGroup('Secrets', [shop, bora])
	await ayse.says('for all', { to: id })
	await Promise.all([bora.receives('for all'), client.receives('for all')])
	ayse.groups.changes(id, { remove: [bora] })
	await ayse.settled()
	const messageId = await ayse.says('not for Bora', { to: id })
	await client.receives('not for Bora')
	assert.equal(
		bora.inbox.entries.some((entry) => entry.id === messageId),
		false,
	)

	// Even if the ciphertext reached him: it is under a key that he never got.
	const { stanza } = await sandbox.whatsapp.log.waitFor(
		({ direction, stanza: { tag, attrs } }) =>
			direction === 'out' && tag === 'message' && attrs.id === messageId,
	)
	const content = (stanza.content as { tag: string; attrs: Record<string, string> }[]).filter(
		({ attrs }) => attrs.type === 'skmsg',
	)
	const party = { account: bora.account, device: bora.account.devices[0]! }
	sandbox.whatsapp.deliver(party, { ...stanza, content: content as never })
	const seen = await until('the stolen message', () =>
		bora.inbox.entries.find((entry) => entry.id === messageId),
	)
	assert.equal(seen.message, null)
})

test('a group is changed over HTTP by one of its members, who must be allowed to', async () => {
	const id = ayse.createsGroup('By hand', [shop])
	const change = (body: object) => control.post(`/groups/${id}`, body)
	const news = told(client, 'group-participants.update', ({ action }) => action === 'add')
	const changed = await change({
		by: ayse.account.phone,
		subject: 'By HTTP',
		add: [bora.account.phone],
	})
	const { subject, members } = (await changed.json()) as { subject: string; members: object }
	assert.equal(subject, 'By HTTP')
	assert.ok(bora.account.phone in members)
	assert.equal((await news).id, id)
	assert.equal((await change({ by: bora.account.phone, remove: [shop.account.phone] })).status, 409)
})
