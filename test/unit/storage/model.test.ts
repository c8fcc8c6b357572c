import { temporaryDirectory } from '../../support/directories.ts'
import { openStore } from '../../support/state-store.ts'
import { testModel } from './model-suite.ts'

testModel('files that are compacted all the time', [1, 2, 3, 4], async (t) => {
	const directory = await temporaryDirectory(t)
	return {
		open: (random) =>
			openStore(directory, { initial: () => [], compactAfter: 400 + random(4_000) }),
		finish: (store) => store.rewrite(),
	}
})
