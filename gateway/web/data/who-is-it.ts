import { ask, Problem } from './api.ts'
import type { Me } from './console-state.ts'

const RETRY_MS = 2000

/** Asks who is signed in; null if nobody is. While the gateway is down it asks again, for ever. */
export async function whoIsIt(): Promise<Me | null> {
	try {
		return await ask<Me>('GET', '/me')
	} catch (error) {
		if (error instanceof Problem && error.status === 401) return null
		await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
		return whoIsIt()
	}
}
