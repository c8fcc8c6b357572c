import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import {
	placeCipherFor,
	type PlaceCipher,
} from '../../../../gateway/src/storage/json/encryption.ts'
import { postgresStorage } from '../../../../gateway/src/storage/postgres/index.ts'
import { atEnd } from '../../../support/directories.ts'
import { startPostgres, type Postgres } from '../../../support/postgres.ts'
import { testDocuments } from '../../../unit/storage/document-suite.ts'
import { testDriver } from '../../../unit/storage/driver-suite.ts'
import { testModel } from '../../../unit/storage/model-suite.ts'

const nothing = () => []

describe('PostgreSQL', () => {
	let directory: string
	let server: Postgres
	before(async () => {
		directory = await mkdtemp(join(tmpdir(), 'gateway-'))
		server = await startPostgres(directory)
	})
	after(async () => {
		await server.stop()
		await rm(directory, { recursive: true })
	})

	const ways: [name: string, cipher: PlaceCipher | undefined][] = [
		['rows', undefined],
		['encrypted rows', placeCipherFor('correct horse battery staple')],
	]
	for (const [name, cipher] of ways) {
		const open = (url: string) => postgresStorage(url, { onLost: assert.fail, cipher })

		testDriver(name, async (t) => {
			const storage = await open(await server.database())
			atEnd(t, () => storage.close())
			return (initial = nothing) => storage.state('sessions/main/state', initial)
		})

		testDocuments(name, async () => {
			const url = await server.database()
			return () => open(url)
		})

		testModel(name, async (t) => {
			const storage = await open(await server.database())
			atEnd(t, () => storage.close())
			return { open: () => storage.state('sessions/main/state', nothing) }
		})
	}

})
