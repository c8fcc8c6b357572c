import { z } from '@hono/zod-openapi'
import { defineReceived } from '../define.ts'

export const stickerPack = defineReceived({
	type: 'sticker-pack',
	title: 'Sticker Pack',
	description: 'A set of stickers to install.',
	schema: z.object({
		name: z.string(),
		publisher: z.string().optional(),
		description: z.string().optional(),
		caption: z.string().optional(),
		pack_id: z.string().optional(),
		stickers: z.array(
			z.object({
				filename: z.string().optional(),
				emojis: z.array(z.string()),
				label: z.string().optional(),
				animated: z.boolean().optional(),
			}),
		),
	}),
	fromContent({ stickerPackMessage: pack }) {
		if (!pack) return undefined
		return {
			name: pack.name ?? '',
			publisher: pack.publisher || undefined,
			description: pack.packDescription || undefined,
			caption: pack.caption || undefined,
			pack_id: pack.stickerPackId || undefined,
			stickers: (pack.stickers ?? []).map((sticker) => ({
				filename: sticker.fileName || undefined,
				emojis: sticker.emojis ?? [],
				label: sticker.accessibilityLabel || undefined,
				animated: sticker.isAnimated || undefined,
			})),
		}
	},
	textOf: ({ name, caption }) => caption ?? (name || undefined),
})
