import { chatIn, type SharedReader } from './define.ts'

/** A label was made, changed or deleted. */
export const readLabel: SharedReader = ({ index: [, label_id], value, removed }, { state }) => {
	const { name, color, deleted, predefinedId } = value.labelEditAction ?? {}
	if (!label_id) return []
	const label = { name: name ?? '', color: color ?? 0, deleted: removed || (deleted ?? false) }
	const origin = predefinedId ? { predefined_id: predefinedId } : {}
	const changes = state.labels.set(label_id, { ...label, ...origin })
	if (!changes.length) return []
	return [{ event: { type: 'label.edited', data: { label_id, ...label } }, changes }]
}

/** A chat, or a message, got a label or lost it. */
export const readLabelAssignment: SharedReader = (change, deps) => {
	const [kind, label_id, , id] = change.index
	const chat = chatIn(change, 2, deps)
	const message_id = kind === MESSAGE ? (id ?? null) : null
	if (!chat || !label_id) return []
	const assigned = change.value.labelAssociationAction?.labeled ?? false
	const changes = deps.state.labels.assign(label_id, chat, message_id, assigned)
	if (!changes.length) return []
	const name = deps.state.labels.all().get(label_id)?.name ?? null
	const data = { label_id, name, assigned, chat, message_id }
	return [{ event: { type: 'label.assigned', data }, changes }]
}

const MESSAGE = 'label_message'
