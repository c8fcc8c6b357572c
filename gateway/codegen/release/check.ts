// node gateway/codegen/release/check.ts TAG: ends with 1 if tag, packages and changelog do not agree.
import { problemsOf } from './changelog.ts'

for (const problem of problemsOf(process.argv[2] ?? '')) {
	console.error(problem)
	process.exitCode = 1
}
