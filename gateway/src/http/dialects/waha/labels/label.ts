import { z } from '@hono/zod-openapi'
import { labelColors, type LabelSummary } from '../../../../session/actions/labels/list.ts'
import { unprocessable } from '../errors.ts'

export const labelSchema = z
	.object({
		id: z.string(),
		name: z.string(),
		color: z.number().int().meta({ description: "Its number in WhatsApp's list of colors" }),
		colorHex: z.string().nullable(),
	})
	.openapi('WahaLabel')

export const wahaLabel = ({
	label_id: id,
	name,
	color,
	color_hex: colorHex,
}: LabelSummary): z.output<typeof labelSchema> => ({ id, name, color, colorHex })

export const labelBody = z.object({
	name: z.string().trim().min(1).max(100),
	color: z.number().int().nullish().meta({ description: 'Its number; either this or colorHex' }),
	colorHex: z
		.string()
		.nullish()
		.meta({ examples: ['#ff9485'] }),
})

/** The number of a color. @throws WahaError unless it is given in exactly one way, and WhatsApp has it */
export function colorOf({ color, colorHex }: z.output<typeof labelBody>): number {
	const hasNumber = typeof color === 'number'
	if (hasNumber && colorHex) throw unprocessable('Use either color or colorHex, not both')
	if (!hasNumber && !colorHex) throw unprocessable('Either color or colorHex is required')
	const found = hasNumber ? color : labelColors.indexOf(colorHex!.toLowerCase())
	if (labelColors[found]) return found
	throw unprocessable(`Color not found. Available colors: ${labelColors.join(', ')}`)
}
