import type { MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { AppEnv } from '../api-keys/caller.ts'

const WINDOW_SECONDS = 60

/**
 * Lets so many requests of each key through in a minute, counted from its first. The headers are those of
 * draft-ietf-httpapi-ratelimit-headers-10.
 * @param perMinute 0 for any number
 */
export function limitRate(perMinute: number): MiddlewareHandler<AppEnv> {
	const windows = new Map<string, { count: number; endsAt: number }>()
	return async function limitRate(c, next) {
		if (perMinute === 0) return next()
		const { key } = c.get('caller')
		const now = Date.now()
		let window = windows.get(key)
		if (!window || window.endsAt <= now) {
			window = { count: 0, endsAt: now + WINDOW_SECONDS * 1000 }
			windows.set(key, window)
		}
		window.count++
		const seconds = Math.ceil((window.endsAt - now) / 1000)
		c.header('RateLimit-Policy', `"key";q=${perMinute};w=${WINDOW_SECONDS}`)
		c.header('RateLimit', `"key";r=${Math.max(0, perMinute - window.count)};t=${seconds}`)
		if (window.count > perMinute) throw tooMany(perMinute, seconds)
		await next()
	}
}

/**
 * The same for requests that change something; who only asks is not counted.
 * @param also addresses where asking changes something
 */
export function onlyPosts(
	limit: MiddlewareHandler<AppEnv>,
	also?: RegExp,
): MiddlewareHandler<AppEnv> {
	return async function onlyPosts(c, next) {
		return c.req.method === 'POST' || also?.test(c.req.path) ? limit(c, next) : next()
	}
}

function tooMany(perMinute: number, retryAfter: number): GatewayError {
	const advice = `This API key may make ${perMinute} such requests per minute. Try again in ${retryAfter} seconds.`
	return new GatewayError('rate_limited', advice, { retryAfter })
}
