import { GatewayError } from '../../../errors.ts'
import type { SessionState } from '../../state/index.ts'
import type { Label } from '../../state/labels.ts'

/** @throws GatewayError label_not_found, also if it was deleted */
export function findLabel(
	{ labels }: Pick<SessionState, 'labels'>,
	id: string,
	field = 'label_id',
): Label {
	const known = labels.all().get(id)
	if (known && !known.deleted) return known
	const advice = `The account has no label \`${id.slice(0, 60)}\`. List the labels with GET …/labels.`
	throw new GatewayError('label_not_found', advice, { field })
}
