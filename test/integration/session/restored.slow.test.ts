import assert from 'node:assert/strict'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryDirectory } from '../../support/directories.ts'
import { gatewayCommand } from '../../support/gateway-command.ts'
import { OVER_FILES } from '../../support/state-url.ts'
import { aDayAfterTheCopy } from './support/restored.ts'

test(
	'a directory that is restored after a day keeps its sessions linked, and every later message is read',
	OVER_FILES,
	async (t) => {
		const backup = join(await temporaryDirectory(t), 'backup')
		await aDayAfterTheCopy(t, {
			place: {},
			copy: (dataDir) => cp(dataDir, backup, { recursive: true }),
			async restore(dataDir) {
				await rm(dataDir, { recursive: true })
				await cp(backup, dataDir, { recursive: true })
				const { code, printed, said } = await gatewayCommand({ DATA_DIR: dataDir }, ['restored'])
				assert.equal(code, 0, said)
				assert.match(printed, /^1 sessions begin their encryption anew/)
				return { dataDir }
			},
		})
	},
)
