import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow'

/** A group of operations, and everything that they show. */
export interface Resource {
	name: string
	value: string
	description: string
	operations: INodePropertyOptions[]
	fields: INodeProperties[]
}

/** Those with the same value become one. */
export function merged(resources: Resource[]): Resource[] {
	const byValue = new Map<string, Resource>()
	for (const resource of resources) {
		const known = byValue.get(resource.value)
		byValue.set(resource.value, known ? both(known, resource) : resource)
	}
	return [...byValue.values()]
}

const both = (first: Resource, second: Resource): Resource => ({
	...first,
	operations: [...first.operations, ...second.operations],
	fields: [...first.fields, ...second.fields],
})

/** The two choices at the top of the node, and all fields. */
export function properties(resources: Resource[], first: string): INodeProperties[] {
	const choice: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value, description }) => ({ name, value, description })),
		default: first,
	}
	return [choice, ...resources.map(operationChoice), ...resources.flatMap(({ fields }) => fields)]
}

function operationChoice({ value, operations }: Resource): INodeProperties {
	const first = operations[0]?.value ?? ''
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: [...operations].sort((a, b) => a.name.localeCompare(b.name)),
		default: first,
	}
}
