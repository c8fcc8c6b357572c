import { Hono } from 'hono'
import { z } from 'zod'
import type { Phone } from '../phone/phone.ts'
import type { Sandbox } from '../sandbox.ts'
import { passkeyOutcomes } from '../server/model.ts'
import { businessProfile, catalog, catalogFrom } from './business.ts'
import { body, ControlError, phoneNumber, phoneOf } from './context.ts'
import { personView } from './person-view.ts'

const passkey = z.strictObject({
	options: z.enum(['embedded', 'asked']).default('embedded'),
	outcome: z.enum(passkeyOutcomes).default('linked'),
})
const person = z.strictObject({
	phone: phoneNumber,
	name: z.string().optional(),
	addressing: z.enum(['pn', 'lid']).optional(),
	spelled_as: z.union([phoneNumber, z.array(phoneNumber)]).optional(),
	listens: z.boolean().optional(),
	other_devices: z.number().int().min(0).max(4).optional(),
	business: z.union([z.boolean(), businessProfile]).optional(),
	catalog: catalog.optional(),
	passkey: z.union([z.boolean(), passkey]).optional(),
	username: z
		.string()
		.regex(/^[A-Za-z0-9_.]{3,35}$/)
		.optional(),
	username_key: z
		.string()
		.regex(/^\d{4}$/)
		.optional(),
	lid_migrated: z.boolean().optional(),
	lid_migration_told: z.enum(['pairing', 'property', 'both', 'never']).optional(),
	hides_numbers: z.boolean().optional(),
})
/** What a gateway answers to a request for its QR may be posted as it is. */
const scan = z.union([z.object({ qr: z.string() }), z.strictObject({ session: z.string() })])
const code = z.strictObject({ code: z.string().min(8) })
const typing = z.strictObject({
	to: z.string(),
	state: z.enum(['composing', 'recording', 'paused']).default('composing'),
})
/** With which code messages to the former account are refused. */
const newAccount = z.strictObject({ refuses: z.number().int().optional() })
const presence = z.strictObject({ state: z.enum(['available', 'unavailable']) })

/** @throws ControlError where a spelling of this number already leads to another person */
function refuseTaken({ whatsapp }: Sandbox, spelling: string, number: string): void {
	const holder = whatsapp.directory.contact(spelling)
	if (holder && holder.phone !== number)
		throw new ControlError(409, `${spelling} is already the number of ${holder.phone}.`)
}

const businessOf = (said: NonNullable<z.output<typeof person>['business']>) =>
	typeof said === 'boolean' ? { business: said } : { business: true, businessProfile: said }

/** Routes for the phones, their linked devices and their connection. */
export function phoneRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	const phoneJson = (phone: Phone) => personView(sandbox, phone)

	app.get('/phones', (c) => c.json({ phones: [...sandbox.phones.values()].map(phoneJson) }))
	app.post('/phones', async (c) => {
		const asked = await body(c, person)
		const {
			phone: number,
			spelled_as: spelling,
			listens,
			other_devices: otherDevices,
			business,
			catalog,
			passkey,
			username_key: usernameKey,
			lid_migrated: done,
			lid_migration_told: told = 'both',
			hides_numbers: hidesNumbers,
			...said
		} = asked
		const spellings = [spelling ?? []].flat()
		for (const other of spellings) refuseTaken(sandbox, other, number)
		const phone = sandbox.phone(number)
		Object.assign(phone.account, said, business !== undefined && businessOf(business))
		if (usernameKey) phone.account.usernameKey = usernameKey
		if (done !== undefined) phone.account.lidMigration = { done, told, hidesNumbers }
		if (otherDevices !== undefined) phone.account.otherDevices = otherDevices
		if (catalog) phone.account.catalog = catalogFrom(catalog)
		if (passkey !== undefined) phone.hasPasskey(passkey === true ? {} : passkey)
		if (spelling) sandbox.whatsapp.directory.spell(phone.account, spellings)
		phone.incoming.listens = listens ?? phone.incoming.listens
		sandbox.whatsapp.events.emit('change')
		return c.json(phoneJson(phone), 201)
	})
	app.post('/phones/:phone/scan', async (c) => {
		const shown = await body(c, scan)
		const phone = phoneOf(sandbox, c)
		phone.scans('qr' in shown ? shown.qr : await sandbox.qrOf(shown.session))
		return c.json({ linked: !phone.account.passkey })
	})
	app.post('/phones/:phone/link-code', async (c) => {
		const phone = phoneOf(sandbox, c)
		await phone.entersCode((await body(c, code)).code)
		return c.json({ linked: !phone.account.passkey })
	})
	app.post('/phones/:phone/unlink', (c) => {
		phoneOf(sandbox, c).unlinks()
		return c.json({ linked: false })
	})
	app.post('/phones/:phone/reinstall', (c) => {
		phoneOf(sandbox, c).reinstalls()
		return c.json({ linked: false })
	})
	app.post('/phones/:phone/new-account', async (c) => {
		const { refuses } = await body(c, newAccount)
		const { account } = phoneOf(sandbox, c)
		sandbox.whatsapp.directory.succeed(account)
		account.formerLidsRefusedWith = refuses
		sandbox.whatsapp.events.emit('change')
		return c.json({ lid: account.lid })
	})
	app.post('/phones/:phone/typing', async (c) => {
		const { to, state } = await body(c, typing)
		phoneOf(sandbox, c).types(to, state)
		return c.json({ state })
	})
	app.post('/phones/:phone/presence', async (c) => {
		const { state } = await body(c, presence)
		phoneOf(sandbox, c).appears(state)
		return c.json({ state })
	})
	app.post('/phones/:phone/offline', (c) => {
		phoneOf(sandbox, c).goesOffline()
		return c.json({ online: false })
	})
	app.post('/phones/:phone/online', (c) => {
		phoneOf(sandbox, c).comesBack()
		return c.json({ online: true })
	})
	return app
}
