import { ask } from '../data/api.ts'
import * as parts from '../parts/pairing-code.tsx'

const request = (phone: string) => ask<parts.Pairing>('POST', '/api/code', { phone_number: phone })

export const PairingCode = () => <parts.PairingCode request={request} />
