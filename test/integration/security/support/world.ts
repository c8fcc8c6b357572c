import type { TestContext } from 'node:test'
import type { Heard } from './ask.ts'
import type { Generated } from './generate.ts'
import { openReceiver } from '../../../support/gateway/receiver.ts'
import { openGateway, openSandbox } from '../../../support/gateway/gateway.ts'

const WORKSPACE = '11111111-1111-4111-8111-111111111111'
const OTHER_WORKSPACE = '22222222-2222-4222-8222-222222222222'

/** Two by two red points, as PNG. */
const PICTURE =
	'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=='

export type World = Awaited<ReturnType<typeof openWorld>>

/**
 * A gateway with everything that somebody could be after: the linked session `main` of one workspace, its
 * messages, group, file and webhook; and keys that have nothing to do with it.
 */
export async function openWorld(t: TestContext, options: Parameters<typeof openGateway>[1] = {}) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Olga Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada Lovelace' })
	const receiver = await openReceiver(t)
	const allow = [`127.0.0.1:${receiver.port}`]
	const given = { allow, ...options, sandbox, control: sandbox.control }
	const gateway = await openGateway(t, given)
	const { request } = gateway
	const made = async (path: string, body: object) => (await request('POST', path, body)).body

	await made('/api/v1/sessions', { id: 'main', name: 'Olga shop', workspace: WORKSPACE })
	const openOther = () => made('/api/v1/sessions', { id: 'other', workspace: OTHER_WORKSPACE })
	await openOther()
	owner.scans((await request('GET', '/api/v1/sessions/main/qr')).body.qr)
	await gateway.becomes('main', 'open')
	const group = owner.createsGroup('Olga team', [ada])
	const hook = await made('/api/v1/sessions/main/webhooks', { url: `${receiver.url}/olga` })
	const file = {
		data: Buffer.from('a file for Olga'),
		mimetype: 'text/plain',
		filename: 'olga.txt',
	}
	const sentBy = { to: owner }
	await ada.says('words for Olga', sentBy)
	const message = await ada.sends(await ada.media.attach('document', file), sentBy)
	const event = (await receiver.gets(({ event }) => event.data.message_id === message)).event
	const { body: sent } = await request('POST', '/api/v1/sessions/main/messages/text', {
		to: ada.account.phone,
		text: 'words from Olga',
	})
	const newKey = (reach: object) => made('/api/v1/keys', { name: 'test', ...reach })
	const own = await newKey({ sessions: ['main'] })

	const values: Record<string, readonly unknown[]> = {
		session: ['main'],
		group: [group],
		chat: [ada.account.phone, group],
		message: [message, sent.message_id],
		workspace: [WORKSPACE],
		webhook: [hook.id],
		key: [own.id],
		token: [new URL(event.data.media.url).pathname.split('/').at(-1)],
		url: [receiver.url, PICTURE],
		file: [PICTURE],
		data: [PICTURE.split(',')[1]],
		phone: [owner.account.phone],
	}

	const others: Record<string, readonly unknown[]> = {
		...values,
		session: ['other'],
		workspace: [OTHER_WORKSPACE],
	}

	return {
		gateway,
		sandbox,
		owner,
		ada,
		receiver,
		own: own.id as string,
		keyOfMain: async (): Promise<string> => (await newKey({ sessions: ['main'] })).key,
		/** New keys, as some APIs count what each does in a minute. */
		keyOfAnotherSession: async (): Promise<string> => (await newKey({ sessions: ['other'] })).key,
		keyOfAnotherWorkspace: async (): Promise<string> =>
			(await newKey({ workspace: OTHER_WORKSPACE })).key,
		/** For a while: there may be many. */
		async adminKey() {
			const { id, key } = await newKey({ role: 'admin' })
			return { key: key as string, remove: () => request('DELETE', `/api/v1/keys/${id}`) }
		},
		/** Removes again what a request has made. */
		async tidy({ method, path }: Generated, { status, text }: Heard) {
			const [address] = path.split('?')
			const isMade =
				method === 'POST' && /\/(sessions|webhooks|keys)$/.test(address!) && status < 300
			if (!isMade) return
			const { id, name } = JSON.parse(text)
			await request('DELETE', `${address}/${id ?? name}`)
		},
		/** What a field or a part of an address with this name holds, to mean something of `main`. */
		known: (name: string) => values[meaningOf(name)] ?? [],
		/** The same of `other`, which is linked to nobody. */
		knownOfOther: (name: string) => others[meaningOf(name)] ?? [],
		/** Makes `other` again, if somebody has removed it. */
		openOther,
		/** What nobody may hear who has no key for it. */
		secrets: [
			owner.account.phone,
			ada.account.phone,
			owner.account.lid,
			ada.account.lid,
			group.split('@')[0]!,
			message,
			sent.message_id as string,
			hook.id as string,
			hook.secret as string,
			own.key as string,
			'Olga',
			'olga',
			'Ada Lovelace',
			'"main"',
		],
	}
}

/** Which thing of the world a name of the APIs speaks of. */
function meaningOf(name: string): string {
	const found = meanings.find(([pattern]) => pattern.test(name))
	return found ? found[1] : name
}

const meanings: [pattern: RegExp, meaning: string][] = [
	[/^(session|sessionId|session_id|id|instance|instance_id|instanceId)$/, 'session'],
	[/^(to|chat|chatId|number|jid|chat_jid|recipient)$/, 'chat'],
	[/^(group|groupId|group_jid)$/, 'group'],
	[/message_?ids?$|^messageKey$|^(reply_to|quotedId|quotedMessageId)$/i, 'message'],
	[/^workspace(Id)?$/, 'workspace'],
	[/^webhook(Id)?$/, 'webhook'],
	[/^(image|video|audio|document|sticker|imageUrl|fileUrl)$/, 'file'],
]
