import { test } from 'node:test'
import { ADMIN_KEY } from '../../../support/gateway/gateway.ts'
import { assertAllAnswer } from './support/given.ts'

test('the requests of clients of Evolution API answer as they expect', (t) =>
	assertAllAnswer(t, 'evolution-requests.json', {
		prepare: ({ gateway }) =>
			// Some are about an instance that exists and is not linked.
			gateway.request(
				'POST',
				'/instance/create',
				{ instanceName: 'given-new', integration: 'WHATSAPP-BAILEYS' },
				{ apikey: ADMIN_KEY, 'content-type': 'application/json' },
			),
	}))
