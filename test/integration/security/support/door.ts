import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { createHttpServer } from '../../../../gateway/src/http/server.ts'
import { atEnd, type TestGateway } from '../../../support/gateway/gateway.ts'

/** Serves a gateway at a real socket, as `main.ts` does; returns its port. */
export async function openDoor(t: TestContext, { app }: TestGateway): Promise<number> {
	const server = createHttpServer(app)
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => {
		server.closeAllConnections()
		server.close()
	})
	return (server.address() as AddressInfo).port
}
