import { openJournal } from '../../../gateway/src/storage/json/journal.ts'
import { memoryState } from '../../../gateway/src/storage/memory.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { testDriver } from './driver-suite.ts'

const nothing = () => []

testDriver(
	'memory',
	async () =>
		async (initial = nothing) =>
			memoryState(initial()),
	{ keeps: false },
)

testDriver('journal', async (t) => {
	const directory = await temporaryDirectory(t)
	return (initial = nothing) => openJournal(directory, { initial })
})

testDriver('journal that compacts all the time', async (t) => {
	const directory = await temporaryDirectory(t)
	return (initial = nothing) => openJournal(directory, { initial, compactAfter: 200 })
})

const reversed = (text: string) => Buffer.from(text).reverse().toString('base64')
const cipher = {
	encrypt: reversed,
	decrypt: (text: string) => Buffer.from(text, 'base64').reverse().toString(),
}

testDriver('journal behind a cipher', async (t) => {
	const directory = await temporaryDirectory(t)
	return (initial = nothing) => openJournal(directory, { initial, cipher })
})
