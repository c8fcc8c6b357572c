import { generateMessageIDV2, type BinaryNode } from '@whiskeysockets/baileys'
import { element } from '../../ask/element.ts'

/** @param prev the id of the description that this one replaces */
export const descriptionNode = (text: string | null, prev?: string | undefined): BinaryNode =>
	element(
		'description',
		{ ...(text ? { id: generateMessageIDV2() } : { delete: 'true' }), ...(prev && { prev }) },
		text ? [element('body', {}, Buffer.from(text))] : undefined,
	)
