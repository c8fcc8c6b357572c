import type { MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import { createQuota, type TakeBlock } from '../../lib/quota.ts'
import { SECOND_MS } from '../../lib/units.ts'
import { currentRequest, noteSends } from '../forward/request-scope.ts'
import type { AppEnv } from '../api-keys/caller.ts'

const WINDOW_SECONDS = 60

/**
 * Limits the requests of each key per minute, counted from its first. Must run after `requireKey`. The headers are
 * those of draft-ietf-httpapi-ratelimit-headers-10.
 * @param name tells it from other limits
 * @param perMinute 0 for no limit
 * @param take where several gateways share the limit
 */
export function limitRate(
	name: string,
	perMinute: number,
	take?: TakeBlock,
): MiddlewareHandler<AppEnv> {
	const quota = createQuota({ most: perMinute, windowSeconds: WINDOW_SECONDS }, take)
	return async function limitRate(c, next) {
		const request = currentRequest()
		// The gateway that has forwarded it has counted it.
		if (perMinute === 0 || request?.vouched?.caller) return next()
		if (request?.isRerun) {
			for (const [name, value] of request.headers) c.header(name, value)
			return next()
		}
		const { isWithin, left, endsAt } = await quota.use(`${name} ${c.get('caller').key}`)
		const seconds = Math.max(1, Math.ceil((endsAt - Date.now()) / SECOND_MS))
		const headers = [
			['RateLimit-Policy', `"key";q=${perMinute};w=${WINDOW_SECONDS}`],
			['RateLimit', `"key";r=${left};t=${seconds}`],
		] as const
		for (const [name, value] of headers) {
			c.header(name, value)
			request?.headers.set(name, value)
		}
		if (!isWithin) throw rateExceeded(perMinute, seconds)
		await next()
	}
}

/**
 * Applies a limit to requests that send: by POST, at all paths unless some are named, and by GET where that sends.
 */
export function limitSends(
	limit: MiddlewareHandler<AppEnv>,
	{
		sendsByPost,
		sendsByGet,
	}: { sendsByPost?: RegExp | undefined; sendsByGet?: RegExp | undefined },
): MiddlewareHandler<AppEnv> {
	return async function limitSends(c, next) {
		const { method, path } = c.req
		const isSend = method === 'POST' ? (sendsByPost?.test(path) ?? true) : sendsByGet?.test(path)
		if (!isSend) return next()
		noteSends()
		return limit(c, next)
	}
}

function rateExceeded(perMinute: number, retryAfter: number): GatewayError {
	const advice = `This API key may make ${perMinute} such requests per minute. Try again in ${retryAfter} seconds.`
	return new GatewayError('rate_limited', advice, { retryAfter })
}
