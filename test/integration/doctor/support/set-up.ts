import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { cipherOf, placeCipherOf } from '../../../../gateway/src/cli/storage.ts'
import { dialectProblems } from '../../../../gateway/src/cli/doctor.ts'
import { whatsAppServer } from '../../../../gateway/src/cli/whatsapp-server.ts'
import { beforeStart } from '../../../../gateway/src/doctor/before-start.ts'
import type { Machine } from '../../../../gateway/src/doctor/check.ts'
import { runCheck } from '../../../../gateway/src/doctor/run-checks.ts'
import { checks } from '../../../../gateway/src/doctor/checks/index.ts'
import { atEnd, temporaryDirectory } from '../../../support/directories.ts'
import { openGateway } from '../../../support/gateway/gateway.ts'

/** How a gateway is to be started, and what the machine is like. */
export type SetUp = { env?: NodeJS.ProcessEnv; argv?: string[]; machine?: Partial<Machine> }

/** A directory for state that is as it should be, unless the settings name another. */
export async function contextOf(t: TestContext, { env, argv = [], machine }: SetUp) {
	const DATA_DIR = env?.DATA_DIR ?? join(await temporaryDirectory(t), 'data')
	const context = beforeStart({
		env: { PORT: '0', ...env, DATA_DIR },
		argv,
		problemsOf: dialectProblems,
		whatsapp: whatsAppServer,
		cipher: cipherOf,
		placeCipher: placeCipherOf,
	})
	return { ...context, machine: { ...context.machine, ...machine } }
}

/** What one check finds. */
export async function findingsOf(t: TestContext, name: string, setUp: SetUp) {
	const check = checks.find((check) => check.name === name)!
	return runCheck(check, await contextOf(t, setUp))
}

async function portOf(t: TestContext, server: Server): Promise<number> {
	await once(server.listen(0, '127.0.0.1'), 'listening')
	atEnd(t, () => server.close())
	return (server.address() as AddressInfo).port
}

/** A program that is no web server and holds a port. */
export const busyPort = (t: TestContext) =>
	portOf(
		t,
		createServer((socket) => socket.destroy()),
	)

/** A web server of somebody else. */
export async function webServer(t: TestContext, serve: RequestListener) {
	return `127.0.0.1:${await portOf(t, createHttpServer({ keepAliveTimeout: 1 }, serve))}`
}

/** A gateway that listens, as the command does. */
export async function listeningGateway(t: TestContext) {
	const gateway = await openGateway(t)
	const server = gateway.server()
	atEnd(t, () => server.closeAllConnections())
	return { gateway, port: await portOf(t, server as unknown as Server) }
}

/** A DATA_DIR whose session `main` has webhooks with these URLs, and which no gateway uses any more. */
export async function stateWithWebhooks(t: TestContext, urls: string[], stateKey?: string) {
	const allow = ['127.0.0.1', 'localhost']
	const gateway = await openGateway(t, { allow, ...(stateKey && { stateKey }) })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	for (const url of urls) {
		const { status, text } = await gateway.request('POST', '/api/v1/sessions/main/webhooks', {
			url,
		})
		if (status !== 201) throw new Error(text)
	}
	await gateway.stop()
	return gateway.dataDir
}
