import { memoryState } from '../../../gateway/src/storage/memory.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { openStore } from '../../support/state-store.ts'
import { testDriver } from './driver-suite.ts'

const nothing = () => []

testDriver(
	'memory',
	async () =>
		async (initial = nothing) =>
			memoryState(initial()),
	{ keeps: false },
)

testDriver('files', async (t) => {
	const directory = await temporaryDirectory(t)
	return (initial = nothing) => openStore(directory, { initial })
})

testDriver('files that are compacted all the time', async (t) => {
	const directory = await temporaryDirectory(t)
	return (initial = nothing) => openStore(directory, { initial, compactAfter: 200 })
})

const reversed = (text: string) => Buffer.from(text).reverse().toString('base64')
const cipher = {
	encrypt: reversed,
	decrypt: (text: string) => Buffer.from(text, 'base64').reverse().toString(),
}

testDriver('files behind a cipher', async (t) => {
	const directory = await temporaryDirectory(t)
	return (initial = nothing) => openStore(directory, { initial, cipher })
})
