import { test } from 'node:test'
import { run } from '../support/command.ts'
import { ROOT } from '../support/paths.ts'

// Here, and not before the tests, because they take one core for a minute.
for (const script of ['format:check', 'lint'])
	test(`npm run ${script} finds nothing`, async () => {
		await run('npm', ['run', script], { cwd: ROOT })
	})
