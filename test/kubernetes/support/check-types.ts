import { join } from 'node:path'
import ts from 'typescript'
import { KUBERNETES } from '../../support/paths.ts'

/** Where the types of a version of Kubernetes' API are. */
const PLACES: Record<string, string> = {
	'apps/v1': 'apps/v1',
	v1: 'core/v1',
	'networking.k8s.io/v1': 'networking/v1',
	'policy/v1': 'policy/v1',
}

/** What TypeScript says of an object as a literal of its kind: unknown fields, wrong types, values that are not allowed. */
export function typeErrorsOf(manifest: { apiVersion: string; kind: string }): string[] {
	const { apiVersion, kind } = manifest
	const place = join(KUBERNETES, 'node_modules/kubernetes-types', PLACES[apiVersion] ?? apiVersion)
	const file = join(KUBERNETES, 'manifest.ts')
	const text = `import type { ${kind} } from '${place}'\nexport const it: ${kind} = ${JSON.stringify(manifest)}\n`
	const options = { strict: true, noEmit: true, types: [], skipLibCheck: true }
	const host = ts.createCompilerHost(options)
	const { fileExists, readFile, getSourceFile } = host
	host.fileExists = (path) => path === file || fileExists(path)
	host.readFile = (path) => (path === file ? text : readFile(path))
	host.getSourceFile = (path, ...rest) =>
		path === file
			? ts.createSourceFile(path, text, ts.ScriptTarget.ESNext)
			: getSourceFile(path, ...rest)
	const program = ts.createProgram([file], options, host)
	return ts
		.getPreEmitDiagnostics(program)
		.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
