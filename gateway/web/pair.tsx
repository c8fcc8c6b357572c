import { render } from 'preact'
import './style.css'
import { PairingPage } from './pair/index.tsx'

render(<PairingPage token={takeToken()} />, document.getElementById('app')!)

/** The token of the address, which is then no longer there: nobody reads it over a shoulder or in the history. */
function takeToken(): string {
	const token = location.hash.slice(1)
	history.replaceState(null, '', location.pathname)
	return token
}
