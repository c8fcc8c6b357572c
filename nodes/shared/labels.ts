import type { INodeProperties } from 'n8n-workflow'

/** What the panel calls the fields of a request, by their paths without the numbers of items. */
export type Labels = Record<string, string>

type Group = { values: INodeProperties[] }

/** The labels of an operation's fields, of those in collections and groups as well. */
export function labelsOf(fields: INodeProperties[], path = ''): Labels {
	return Object.assign({}, ...fields.map((field) => labelsIn(field, path)))
}

function labelsIn(
	{ type, name, displayName, options = [] }: INodeProperties,
	path: string,
): Labels {
	if (type === 'collection') return labelsOf(options as INodeProperties[], path)
	const file = /^(.*)_from$/.exec(name)?.[1]
	const own = `${path}${file ?? name}`
	const label = file ? displayName.replace(/ From$/, '') : displayName
	if (type !== 'fixedCollection') return { [own]: label }
	const values = (options as unknown as Group[]).flatMap((group) => group.values)
	return { [own]: label, ...labelsOf(values, `${own}.`) }
}

/** `sections.0.rows.1.row_id` as the panel has it: *Sections* 1, *Rows* 2, *ID*; undefined if it has no such field. */
function labelled(field: string, labels: Labels): string | undefined {
	const words: string[] = []
	let path = ''
	for (const step of field.split('.')) {
		if (/^\d+$/.test(step)) {
			words.push(`${words.pop() ?? ''} ${Number(step) + 1}`)
			continue
		}
		path = path ? `${path}.${step}` : step
		const label = labels[path]
		if (label === undefined) return words.length ? words.join(', ') : undefined
		words.push(label)
	}
	return words.join(', ')
}

/** A text of the gateway in the words of the panel: its fields stand in back quotes. */
export const inWordsOfPanel = (text: string, labels: Labels): string =>
	text.replace(/`([\w.]+)`/g, (quoted, field: string) => labelled(field, labels) ?? quoted)
