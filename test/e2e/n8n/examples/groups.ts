import assert from 'node:assert/strict'
import { it } from 'node:test'
import { until } from '../../../support/wait.ts'
import { ANNA, BEN, CLARA, COLLEAGUE, DAN, SHOP, type Shop } from './shop.ts'

export function groups(shop: () => Shop) {
	const opens = (subject: string, participants: string[]) =>
		shop().gateway.request<{ id: string }>('POST', '/sandbox/groups', {
			subject,
			owner: SHOP,
			participants,
		})

	it('ask a group by a poll and write to each voter', async () => {
		const { starts, gateway, sends, votes } = shop()
		const { id: to } = await opens('Office', [ANNA, BEN])
		await starts('poll-and-follow-up')
		const before = await gateway.newest(BEN)
		await sends(ANNA, { to, text: 'Lunch?' })
		const poll = await until('Ben is asked', async () =>
			(await gateway.received(BEN, before)).find(({ message }) => message.pollCreationMessageV3),
		)
		await votes(BEN, poll.id, ['Sushi'])
		const first = await gateway.receives(BEN, poll.seq)
		assert.equal(first.text, 'Sushi for you, Ben. So far: Pizza 0, Sushi 1, Salad 0.')
		await votes(BEN, poll.id, [])
		await votes(BEN, poll.id, ['Pizza'])
		const second = await gateway.receives(BEN, first.seq)
		assert.equal(second.text, 'Pizza for you, Ben. So far: Pizza 1, Sushi 0, Salad 0.')
	})

	it('moderate a group', async () => {
		const { starts, gateway, sends, phone } = shop()
		const { id } = await opens('Neighbours', [ANNA, BEN])
		const path = `/api/v1/sessions/main/groups/${id}`
		await gateway.request('PATCH', path, { membership_approval_mode: 'on' })
		const { code } = await gateway.request<{ code: string }>('GET', `${path}/invite-link`)
		await starts('group-moderation')
		const [since, mine] = await Promise.all([ANNA, COLLEAGUE].map(gateway.newest))

		await phone(DAN, 'join', { code })
		const asked = await gateway.receives(COLLEAGUE, mine!)
		assert.equal(asked.text, `Somebody (+${DAN}) asks to join Neighbours.`)
		await phone(CLARA, 'join', { code })
		const welcome = await gateway.receives(ANNA, since!)
		const [clara] = welcome.message.extendedTextMessage.contextInfo.mentionedJid
		assert.match(clara, /@lid$/)
		const name = clara.split('@')[0]
		assert.equal(welcome.text, `Welcome @${name}! Please be kind, and do not advertise.`)

		let { seq } = welcome
		for (const count of [1, 2, 3]) {
			const advertisement = `Play at my Casino, ${count}`
			await sends(BEN, { to: id, text: advertisement })
			const spam = await gateway.receives(ANNA, seq)
			assert.equal(spam.text, advertisement)
			const deletion = await gateway.receives(ANNA, spam.seq)
			assert.equal(deletion.message.protocolMessage?.key?.id, spam.id)
			seq = deletion.seq
			if (count === 3) continue
			const warning = await gateway.receives(ANNA, seq)
			assert.match(warning.text, new RegExp(`^@\\d+, .* warning ${count} of 3`))
			seq = warning.seq
		}
		await until('Ben is removed', async () => {
			const group = await gateway.request<object>('GET', `/sandbox/groups/${id}`)
			return !JSON.stringify(group).includes(BEN)
		})
	})
}
