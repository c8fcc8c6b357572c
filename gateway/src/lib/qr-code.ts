import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Draws QR codes. Loaded by the first one: most starts of a gateway link no device. */
export const qrCode = (): typeof import('qrcode') => require('qrcode')
