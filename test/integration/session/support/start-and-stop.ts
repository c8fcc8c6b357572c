// A program that uses a gateway and a sandbox, stops both, and has nothing more to do.
import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { mediaPath } from '../../../support/gateway/files.ts'
import { until } from '../../../support/wait.ts'

const endings: (() => unknown)[] = []
const t = { after: (act: () => unknown) => void endings.push(act) } as TestContext

const { sandbox, gateway, owner, ada } = await linkedGateway(t)
const sent = await gateway.request('POST', '/api/v1/sessions/main/messages/text', {
	to: ada.account.phone,
	text: 'goodbye',
})
await ada.receives('goodbye')

// A request that still waits for somebody is no reason to stay either: WhatsApp has lost the file, and the
// phone that is asked for it is off.
const file = { data: randomBytes(1_000), mimetype: 'text/plain', filename: 'lost.txt' }
const id = await ada.sends(await ada.media.attach('document', file), { to: owner })
await owner.receives((entry) => entry.id === id)
await until('the gateway has the message', async () => {
	const { body } = await gateway.request('GET', '/api/v1/sessions/main/events')
	return body.events.some(({ data }: any) => data.message_id === id)
})
await sandbox.whatsapp.media.loses(ada.account.phone)
owner.goesOffline()
const waiting = gateway.request('GET', mediaPath(id))
await until('the phone is asked', () => sandbox.whatsapp.log.list(isRequestForFile).length > 0)

for (const end of endings) await end()
console.log(`sent: ${sent.status}, waited for the phone: ${(await waiting).status}`)

// Baileys' own timers would keep it for up to a minute.
const tooLate = () => {
	console.log(`still kept by ${process.getActiveResourcesInfo()}`)
	process.exit(1)
}
setTimeout(tooLate, 20_000).unref()

function isRequestForFile({ stanza }: { stanza: { tag: string; attrs: Record<string, string> } }) {
	return stanza.tag === 'receipt' && stanza.attrs.type === 'server-error'
}
