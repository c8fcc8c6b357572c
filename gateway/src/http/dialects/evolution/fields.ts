import { z } from '@hono/zod-openapi'

/** A field whose error is one text; that it is missing is said in the usual way. */
const saying = (text: string) => ({
	error: ({ input }: { input?: unknown }) => (input === undefined ? 'is required' : text),
})

export const numberField = z
	.string(saying('Invalid format'))
	.min(1, 'Invalid format')
	.meta({
		description: 'Phone number with country code, or the id of a person, a group or a channel',
		examples: ['5531987654321'],
	})

const milliseconds = 'Enter a value in milliseconds'

/** A number, which forms and many workflows write as a text. */
export const wholeNumber = (text?: string) => {
	const words = text ? saying(text) : undefined
	return z.union(
		[
			z.number(words).int().min(0),
			z
				.string()
				.regex(/^\d{1,9}$/)
				.transform(Number),
		],
		words,
	)
}

/** True or false, which forms write as a text. */
export const flag = z.union(
	[z.boolean(), z.enum(['true', 'false', '']).transform((text) => text === 'true')],
	saying('must be true or false'),
)

export const numericTexts = '"mentioned" must be an array of numeric strings'

const mentioned = z.array(z.string().regex(/^\d/, numericTexts), saying(numericTexts))

/** What names a message. */
export const keySchema = z.looseObject({
	id: z.string().min(1),
	fromMe: flag,
	remoteJid: z.string().min(1),
	participant: z.string().optional(),
})

/** The id that a message shall have, as version 2.4 takes it. */
export const messageIdField = z
	.string()
	.regex(/^[\w-]{1,64}$/, 'must have 1 to 64 letters, digits, - or _')
	.optional()
	.meta({ description: 'Id that the message shall have; each is used once' })

/** What every send takes besides the fields of its type. */
export const commonFields = {
	messageId: messageIdField,
	number: numberField,
	delay: wholeNumber(milliseconds).optional().meta({
		description:
			'Milliseconds for which the chat shows before that the account is typing or recording; a minute at most',
	}),
	quoted: z
		.looseObject({
			key: z.looseObject({
				id: z.string().min(1),
				remoteJid: z.string().optional(),
				fromMe: flag.optional(),
				participant: z.string().optional(),
			}),
			message: z.looseObject({}).optional(),
		})
		.optional()
		.meta({ description: 'The message to reply to, whole or its key alone' }),
	mentionsEveryOne: flag.optional(),
	everyOne: flag.optional(),
	mentioned: mentioned.optional(),
}

export type CommonFields = z.output<z.ZodObject<typeof commonFields>>
