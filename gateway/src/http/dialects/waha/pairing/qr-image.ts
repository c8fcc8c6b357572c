import type { Context } from 'hono'
import { qrCode } from '../../../../lib/qr-code.ts'

/** A QR code as PNG, or in base64 within JSON for a client that accepts exactly that. */
export async function qrImage(c: Context, text: string): Promise<Response> {
	const png = await qrCode().toBuffer(text)
	if (c.req.header('accept') === 'application/json')
		return c.json({ mimetype: 'image/png', data: png.toString('base64') })
	return c.body(new Uint8Array(png), 200, { 'content-type': 'image/png' })
}
