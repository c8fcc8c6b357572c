import { chatModificationToAppPatch } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import type { SessionDeps } from '../../session-deps.ts'
import type { Label } from '../../state/labels.ts'
import { businessOnly } from '../business/business-only.ts'
import { changeShared } from '../change-shared.ts'
import { labelSummary, type LabelSummary } from './list.ts'
import { findLabel } from './find-label.ts'

/** WhatsApp has so many labels at most. */
const MOST_LABELS = 20
const COLORS = 20

export type LabelFields = { name?: string | undefined; color?: number | undefined }

/**
 * Makes a label. Without a color it gets the next one that is free.
 * @throws GatewayError not_business, name_taken, whatsapp_limit_reached, and those of `changeAppState`
 */
export async function createLabel(
	deps: SessionDeps,
	{ name, color }: LabelFields & { name: string },
): Promise<LabelSummary> {
	businessOnly(deps, 'Labels')
	const all = [...deps.state.labels.all()]
	const present = all.filter(([, { deleted }]) => !deleted)
	refuseTaken(deps, name)
	if (present.length >= MOST_LABELS) {
		const advice = `WhatsApp has ${MOST_LABELS} labels at most. Delete another one first.`
		throw new GatewayError('whatsapp_limit_reached', advice)
	}
	// Ids of deleted labels are not used again: devices would take it for the old one.
	const id = String(Math.max(0, ...all.map(([known]) => Number(known) || 0)) + 1)
	const used = new Set(present.map(([, label]) => label.color))
	const free = Array.from({ length: COLORS }, (_, n) => n).find((n) => !used.has(n)) ?? 0
	await store(deps, id, { name, color: color ?? free, deleted: false })
	return labelSummary(deps.state, id)
}

/** Changes the name or the color of a label. */
export async function editLabel(
	deps: SessionDeps,
	id: string,
	{ name, color }: LabelFields,
): Promise<LabelSummary> {
	businessOnly(deps, 'Labels')
	const known = findLabel(deps.state, id)
	if (name !== undefined) refuseTaken(deps, name, id)
	await store(deps, id, { ...known, name: name ?? known.name, color: color ?? known.color })
	return labelSummary(deps.state, id)
}

/** Deletes a label; what had it has it no longer. */
export async function deleteLabel(deps: SessionDeps, id: string): Promise<void> {
	businessOnly(deps, 'Labels')
	await store(deps, id, { ...findLabel(deps.state, id), deleted: true })
}

/** Every field is said each time: what is left out is cleared. */
function store(deps: SessionDeps, id: string, { predefined_id, ...label }: Label): Promise<void> {
	const predefinedId = predefined_id === undefined ? {} : { predefinedId: predefined_id }
	const edit = { addLabel: { id, ...label, ...predefinedId } }
	return changeShared(deps, [chatModificationToAppPatch(edit, '')])
}

function refuseTaken({ state }: SessionDeps, name: string, except?: string): void {
	const isTaken = [...state.labels.all()].some(
		([id, label]) =>
			id !== except && !label.deleted && label.name.toLowerCase() === name.toLowerCase(),
	)
	if (!isTaken) return
	const advice = 'Another label has this name. Choose another one, or change that label.'
	throw new GatewayError('name_taken', advice, { field: 'name' })
}
