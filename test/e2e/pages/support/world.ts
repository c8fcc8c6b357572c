import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { atEnd, linkedGateway, type TestGateway } from '../../../support/gateway/gateway.ts'
import type { Sandbox } from '../../../../gateway/src/sandbox/sandbox.ts'

type Options = Parameters<typeof linkedGateway>[1]

/** A gateway that listens, with the session `main` linked to Owner, a person Ada, and the simulated WhatsApp. */
export async function openWorld(t: TestContext, options: Options = {}) {
	const world = await linkedGateway(t, { ...options, console: 'on' })
	const url = await listen(t, world.gateway, world.sandbox)
	return { ...world, url }
}

/** Serves a gateway at a free port, with the control API of its sandbox. @returns its address */
export async function listen(
	t: TestContext,
	gateway: TestGateway,
	sandbox?: Sandbox,
): Promise<string> {
	const server: Server = gateway.server(sandbox?.control)
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	atEnd(t, () => {
		server.closeAllConnections()
		server.close()
	})
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
