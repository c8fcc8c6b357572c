import { randomUUID } from 'node:crypto'
import { withClient } from '../postgres.ts'
import { withRedis } from './redis.ts'
import type { StoredByBaileys } from './stored-device.ts'

/** The tables of Evolution API 2.3 that say something of an instance, with the columns that matter. */
const tables = `
	CREATE TYPE "InstanceConnectionStatus" AS ENUM ('open', 'close', 'connecting');
	CREATE TABLE "Instance" (
		id text PRIMARY KEY, name varchar(255) UNIQUE NOT NULL,
		"connectionStatus" "InstanceConnectionStatus" NOT NULL DEFAULT 'open',
		"ownerJid" varchar(100), "profileName" varchar(100), integration varchar(100), number varchar(100),
		token varchar(255), "clientName" varchar(100),
		"createdAt" timestamp DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp);
	CREATE TABLE "Session" (
		id text PRIMARY KEY DEFAULT gen_random_uuid(), "sessionId" text UNIQUE NOT NULL REFERENCES "Instance",
		creds text, "createdAt" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);
	CREATE TABLE "Webhook" (
		id text PRIMARY KEY DEFAULT gen_random_uuid(), url varchar(500) NOT NULL, headers jsonb, enabled boolean DEFAULT true,
		events jsonb, "webhookByEvents" boolean DEFAULT false, "webhookBase64" boolean DEFAULT false,
		"createdAt" timestamp DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp, "instanceId" text UNIQUE NOT NULL REFERENCES "Instance");
	CREATE TABLE "Setting" (
		id text PRIMARY KEY DEFAULT gen_random_uuid(), "rejectCall" boolean NOT NULL DEFAULT false, "msgCall" varchar(100),
		"groupsIgnore" boolean NOT NULL DEFAULT false, "alwaysOnline" boolean NOT NULL DEFAULT false,
		"readMessages" boolean NOT NULL DEFAULT false, "readStatus" boolean NOT NULL DEFAULT false,
		"syncFullHistory" boolean NOT NULL DEFAULT false, "wavoipToken" varchar(100), "instanceId" text UNIQUE NOT NULL REFERENCES "Instance");
	CREATE TABLE "Proxy" (
		id text PRIMARY KEY DEFAULT gen_random_uuid(), enabled boolean NOT NULL DEFAULT false, host varchar(100) NOT NULL,
		port varchar(100) NOT NULL, protocol varchar(100) NOT NULL, username varchar(100) NOT NULL, password varchar(100) NOT NULL,
		"instanceId" text UNIQUE NOT NULL REFERENCES "Instance");
	CREATE TABLE "Typebot" (
		id text PRIMARY KEY DEFAULT gen_random_uuid(), enabled boolean NOT NULL DEFAULT true, url varchar(500),
		"instanceId" text NOT NULL REFERENCES "Instance");
`

type Row = Record<string, unknown>

export type NewInstance = {
	name: string
	/** Columns of "Instance". */
	instance?: Row
	/** The text in "Session". */
	creds?: string
	webhook?: Row
	setting?: Row
	proxy?: Row
	typebot?: Row
}

/** Makes the tables in a database, in a schema of its own. */
export const makeTables = (url: string, schema = 'public') =>
	withClient(url, async (client) => {
		await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"; SET search_path TO "${schema}"`)
		await client.query(tables)
	})

/** Adds an instance. @returns its UUID */
export async function addInstance(
	url: string,
	{ name, instance, creds, ...rows }: NewInstance,
	schema = 'public',
): Promise<string> {
	const id = randomUUID()
	await withClient(url, async (client) => {
		const insert = async (table: string, row: Row) => {
			const columns = Object.keys(row).map((column) => `"${column}"`)
			const places = columns.map((_, index) => `$${index + 1}`)
			const statement = `INSERT INTO "${table}" (${columns.join()}) VALUES (${places.join()})`
			await client.query(statement, Object.values(row))
		}
		await client.query(`SET search_path TO "${schema}"`)
		const standard = {
			integration: 'WHATSAPP-BAILEYS',
			connectionStatus: 'open',
			updatedAt: '2026-01-01',
		}
		await insert('Instance', { id, name, ...standard, ...instance })
		if (creds !== undefined) await insert('Session', { sessionId: id, creds })
		const { webhook, setting, proxy, typebot } = rows
		for (const [table, row] of Object.entries({
			Webhook: webhook,
			Setting: setting,
			Proxy: proxy,
			Typebot: typebot,
		}))
			if (row) await insert(table, { ...row, instanceId: id })
	})
	return id
}

/** JSON in JSON, as both caches and the table have it. */
export const twice = (json: string) => JSON.stringify(json)

/** Puts a device into the hash of an instance. */
export const addHash = (
	url: string,
	key: string,
	{ creds, keys }: Pick<StoredByBaileys, 'keys'> & { creds?: string | undefined },
) =>
	withRedis(url, async (client) => {
		const fields = new Map([...keys].map(([name, value]) => [name, twice(value)]))
		if (creds !== undefined) fields.set('creds', twice(creds))
		await client.hSet(key, Object.fromEntries(fields))
	})
