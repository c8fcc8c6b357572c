import type { proto } from '@whiskeysockets/baileys'
import { fileOf, headerFile } from './files.ts'
import { money, some, type Readers } from './readers.ts'

/** The note of a payment is a message of its own. */
const noteIn = (message: proto.IMessage | null | undefined) =>
	some(message?.extendedTextMessage?.text) ?? some(message?.conversation)

const payment = (what: string, note: string | undefined, amount?: string) => ({
	kind: 'payment' as const,
	text: note ?? what,
	...(amount && { amount }),
})

/** What shops send, and payments. */
export const businessReaders: Readers = {
	productMessage: ({ product, catalog, body }) => {
		const price = money(
			product?.salePriceAmount1000 || product?.priceAmount1000,
			product?.currencyCode,
		)
		const image = product?.productImage ?? catalog?.catalogImage
		return {
			kind: 'product',
			text: some(product?.title) ?? some(catalog?.title) ?? some(body) ?? 'Product',
			...(some(product?.description ?? catalog?.description) && {
				description: (product?.description ?? catalog?.description)!,
			}),
			...(price && { price }),
			...headerFile({ imageMessage: image }),
		}
	},
	orderMessage: ({ orderTitle, message, itemCount, totalAmount1000, totalCurrencyCode }) => {
		const total = money(totalAmount1000, totalCurrencyCode)
		return {
			kind: 'order',
			text: some(orderTitle) ?? 'Order',
			items: itemCount ?? 0,
			...(total && { total }),
			...(some(message) && { note: message! }),
		}
	},
	invoiceMessage: (said) =>
		said.attachmentMediaKey?.length
			? {
					kind: 'document',
					file: { ...fileOf({ mimetype: said.attachmentMimetype }), name: 'Invoice' },
					...(some(said.note) && { text: said.note! }),
				}
			: payment('Invoice', some(said.note)),
	requestPaymentMessage: (said) =>
		payment(
			'Asks for a payment',
			noteIn(said.noteMessage),
			money(said.amount1000, said.currencyCodeIso4217),
		),
	sendPaymentMessage: (said) => payment('Sent a payment', noteIn(said.noteMessage)),
	declinePaymentRequestMessage: () => payment('Declined a payment', undefined),
	cancelPaymentRequestMessage: () => payment('Canceled a request for a payment', undefined),
	paymentInviteMessage: () => ({
		kind: 'invitation',
		to: 'payment',
		text: 'Invitation to payments',
	}),
}
