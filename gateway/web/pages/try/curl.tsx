import type { MessageForm } from '../../../codegen/web/forms.ts'
import { Copy } from '../../parts/copy.tsx'
import { fieldsOf, type Values } from './body.ts'

type CurlProps = { path: string; form: MessageForm; values: Values; to: string }

/** The same request as a command. */
export function Curl(props: CurlProps) {
	const command = commandOf(props)
	return (
		<details>
			<summary>As curl</summary>
			<div class="stack">
				<pre data-copy tabIndex={0}>
					{command}
				</pre>
				<Copy text={command} />
			</div>
		</details>
	)
}

function commandOf({ path, form, values, to }: CurlProps): string {
	const given = Object.entries<unknown>({ to, ...fieldsOf(form.fields, values) })
	const head = [`curl -X POST ${location.origin}/api/v1${path}`, '-H "X-API-Key: $KEY"']
	if (given.some(([, value]) => value instanceof File))
		return [...head, ...given.map(([name, value]) => `-F ${quoted(partOf(name, value))}`)].join(
			' \\\n  ',
		)
	const json = JSON.stringify(Object.fromEntries(given), null, 2)
	return [...head, "-H 'Content-Type: application/json'", `-d ${quoted(json)}`].join(' \\\n  ')
}

const partOf = (name: string, value: unknown) =>
	value instanceof File
		? `${name}=@${value.name}`
		: `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`

/** For a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
