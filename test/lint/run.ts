// npm run lint: n8n's linter and its package scanner, and typescript-eslint for everything else.
import { installLocked } from '../support/install.ts'
import { packNodes } from '../support/pack.ts'
import { LINT } from '../support/paths.ts'

await installLocked(LINT, 'the linters', console.log)
const { directory } = await packNodes()
// Not imported above, because the line before may have installed what it needs.
const { lintRepository, scanPackage, scanSource } = await import('./checks.js')

const checks: [string, () => Promise<string>][] = [
	['eslint with the rules of n8n and typescript-eslint', lintRepository],
	['community package scanner, on the source', scanSource],
	['community package scanner, on the packed package', () => scanPackage(directory)],
]

for (const [name, check] of checks) {
	const findings = await check()
	console.log(`${findings ? 'FAIL' : 'ok  '} ${name}`)
	if (!findings) continue
	console.log(findings)
	process.exitCode = 1
}
