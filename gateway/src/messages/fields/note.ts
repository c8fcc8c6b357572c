import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'

/** What is said with a payment. */
export const noteField = z
	.string()
	.max(4_096)
	.optional()
	.meta({
		title: 'Note',
		description: 'Note on the payment',
		examples: ['Payment for invoice #123'],
	})

/** It is a message in the message. */
export const noteMessage = (note: string | undefined): proto.IMessage | undefined =>
	note ? { extendedTextMessage: { text: note } } : undefined

/** Reads it. */
export const readNote = (message: proto.IMessage | null | undefined): string | undefined =>
	message?.extendedTextMessage?.text || message?.conversation || undefined
