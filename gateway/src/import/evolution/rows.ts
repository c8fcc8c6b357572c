import { z } from 'zod'

const text = z.string().nullish()
const flag = z.boolean().nullish()

const webhookRow = z.looseObject({
	url: text,
	headers: z.unknown(),
	enabled: flag,
	events: z.unknown(),
	webhookByEvents: flag,
	webhookBase64: flag,
})

const settingRow = z.looseObject({
	rejectCall: flag,
	msgCall: text,
	groupsIgnore: flag,
	alwaysOnline: flag,
	readMessages: flag,
	readStatus: flag,
	syncFullHistory: flag,
	wavoipToken: text,
})

const proxyRow = z.looseObject({
	enabled: flag,
	host: text,
	port: z.coerce.string().nullish(),
	protocol: text,
	username: text,
	password: text,
})

/** An instance with what the tables say of it. */
export const rowSchema = z.object({
	id: z.string(),
	name: z.string(),
	integration: text,
	token: text,
	ownerJid: text,
	connectionStatus: text,
	/** As it is stored; undefined if the database has none. */
	creds: z.unknown(),
	webhook: webhookRow.optional(),
	setting: settingRow.optional(),
	proxy: proxyRow.optional(),
	/** Tables in which something else is switched on for it. */
	features: z.array(z.string()),
})

export type InstanceRow = z.output<typeof rowSchema>
export type WebhookRow = z.output<typeof webhookRow>
export type SettingRow = z.output<typeof settingRow>
export type ProxyRow = z.output<typeof proxyRow>
