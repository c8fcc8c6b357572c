import assert from 'node:assert/strict'
import {
	placeCipherFor,
	type PlaceCipher,
} from '../../../../gateway/src/storage/json/encryption.ts'
import { postgresStorage } from '../../../../gateway/src/storage/postgres/index.ts'
import { atEnd } from '../../../support/directories.ts'
import { openPgbouncer } from '../../../support/pgbouncer.ts'
import { testDocuments } from '../../../unit/storage/document-suite.ts'
import { testDriver } from '../../../unit/storage/driver-suite.ts'
import { testModel } from '../../../unit/storage/model-suite.ts'
import { withServer } from './support/with-server.ts'

const nothing = () => []

const ways: [name: string, cipher: PlaceCipher | undefined][] = [
	['rows', undefined],
	['encrypted rows', placeCipherFor('correct horse battery staple')],
]

withServer('PostgreSQL', (server) => {
	testDriver('rows through PgBouncer', async (t) => {
		const through = await openPgbouncer(t, server())
		const url = through(await server().database())
		const storage = await postgresStorage(url, { onLost: assert.fail })
		atEnd(t, () => storage.close())
		return (initial = nothing) => storage.state('sessions/main/state', initial)
	})

	for (const [name, cipher] of ways) {
		const open = (url: string) => postgresStorage(url, { onLost: assert.fail, cipher })

		testDriver(name, async (t) => {
			const storage = await open(await server().database())
			atEnd(t, () => storage.close())
			return (initial = nothing) => storage.state('sessions/main/state', initial)
		})

		testDocuments(name, async () => {
			const url = await server().database()
			return () => open(url)
		})

		const seeds = cipher ? [1] : [2]
		testModel(name, seeds, async (t) => {
			const storage = await open(await server().database())
			atEnd(t, () => storage.close())
			return { open: () => storage.state('sessions/main/state', nothing) }
		})
	}
})
