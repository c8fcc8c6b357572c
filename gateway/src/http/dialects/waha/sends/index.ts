import type { Endpoint, Services } from '../../dialect.ts'
import { unsupported } from '../unsupported.ts'
import { buttons } from './buttons.ts'
import { contents } from './contents.ts'
import { files } from './files.ts'
import { seen } from './seen.ts'
import { texts } from './texts.ts'
import { toMessages } from './to-messages.ts'
import { typing } from './typing.ts'

/** What `POST /api/send…` and its neighbours do, with the session in the body. */
export const sends = (services: Services): Endpoint[] => [
	...texts(services),
	...files(services),
	...contents(services),
	buttons(services),
	...toMessages(services),
	...typing(services),
	seen(services),
	...unsupported('send', [['post', '/api/send/buttons/reply']]),
]
