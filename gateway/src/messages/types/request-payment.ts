import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { expiryField } from '../fields/expiry.ts'
import { amount1000, currencyCode, spoken } from '../fields/money.ts'
import { noteField, noteMessage, readNote } from '../fields/note.ts'
import { numberOf } from '../protobuf-numbers.ts'
import { optional } from '../fields/optional.ts'

export const requestPayment = defineMessage({
	type: 'request-payment',
	title: 'Request Payment',
	description: `A request for a payment. ${unverified} ${unquotable}`,
	schema: z.object({
		currency_code: currencyCode,
		amount1000: amount1000('Amount'),
		note: noteField,
		expiry_timestamp: optional(expiryField),
	}),
	toContent(input, { chat }) {
		const { currency_code: currencyCode, amount1000 } = input
		return {
			requestPaymentMessage: {
				currencyCodeIso4217: currencyCode,
				amount1000,
				// The newer form of the same.
				amount: { value: amount1000, offset: 1_000, currencyCode },
				requestFrom: chat,
				noteMessage: noteMessage(input.note),
				expiryTimestamp: input.expiry_timestamp,
			},
		}
	},
	fromContent({ requestPaymentMessage: request }) {
		if (!request) return undefined
		return {
			currency_code: request.currencyCodeIso4217 || request.amount?.currencyCode || undefined,
			amount1000: numberOf(request.amount1000),
			note: readNote(request.noteMessage),
			expiry_timestamp: numberOf(request.expiryTimestamp),
		}
	},
	textOf: ({ note, amount1000, currency_code: currency }) =>
		[spoken(amount1000, currency), note].filter(Boolean).join('\n') || undefined,
})
